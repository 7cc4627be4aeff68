//! The structured event: one flat JSON object per finding that is logged.
//!
//! Field names, slugs and the order are public API. Names follow OpenTelemetry where it has one; ours begin with
//! `auth.`. What does not hold or is not known is absent.

use crate::diagnosis::taxonomy::Verdict;
use crate::diagnosis::{Finding, Report};
use crate::observation::Observation;
use crate::output::clean::clean;
pub use seen::Seen;
pub use sent::Sent;
use serde::Serialize;
use std::net::IpAddr;
use time::UtcDateTime;
use time::macros::format_description;

pub(in crate::output) mod names;
mod seen;
mod sent;

/// The environment of what was exchanged with a stand-in for Bitbucket.
pub const SANDBOX: &str = "SANDBOX";
/// Characters of a path in the log.
pub const PATH_LIMIT: usize = 1024;
/// Characters of any other value from the wire.
pub const VALUE_LIMIT: usize = 256;

/// What the shell knows and the exchange does not show.
#[derive(Clone, Debug)]
pub struct Context {
    /// When the answer came, by the local clock.
    pub timestamp: UtcDateTime,
    /// The event's id, the same as in the field.
    pub id: String,
    pub client: Option<IpAddr>,
    /// `--show-user-ids`: log them whole.
    pub show_user_ids: bool,
    /// Where this is no report about Bitbucket itself: [`SANDBOX`].
    pub environment: Option<&'static str>,
}

/// How loud an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Level {
    Info,
    Warn,
}

/// Another finding that fits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Alternative {
    pub mistake: &'static str,
    pub certainty: &'static str,
}

/// One finding as logged. Serializes to the flat JSON object of the documentation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// RFC 3339, UTC, milliseconds.
    pub timestamp: String,
    pub level: Level,
    pub event: &'static str,
    #[serde(
        rename = "deployment.environment.name",
        skip_serializing_if = "Option::is_none"
    )]
    pub environment: Option<&'static str>,
    #[serde(rename = "auth.mistake")]
    pub mistake: &'static str,
    #[serde(rename = "auth.certainty")]
    pub certainty: &'static str,
    #[serde(rename = "auth.fix")]
    pub fix: String,
    #[serde(rename = "auth.because")]
    pub because: Vec<&'static str>,
    #[serde(rename = "auth.alternatives")]
    pub alternatives: Vec<Alternative>,
    #[serde(rename = "auth.missing_scopes", skip_serializing_if = "Vec::is_empty")]
    pub missing_scopes: Vec<&'static str>,
    /// What the server said that the credential may do.
    #[serde(rename = "auth.granted_scopes", skip_serializing_if = "Vec::is_empty")]
    pub granted_scopes: Vec<&'static str>,
    #[serde(rename = "auth.scheme", skip_serializing_if = "Option::is_none")]
    pub scheme: Option<&'static str>,
    /// Masked, unless the context says otherwise.
    #[serde(rename = "auth.user_id", skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    #[serde(rename = "auth.user_id.kind", skip_serializing_if = "Option::is_none")]
    pub user_id_kind: Option<&'static str>,
    #[serde(rename = "auth.secret.kind", skip_serializing_if = "Option::is_none")]
    pub secret_kind: Option<&'static str>,
    #[serde(rename = "auth.secret.length", skip_serializing_if = "Option::is_none")]
    pub secret_length: Option<usize>,
    #[serde(
        rename = "auth.secret.checksum",
        skip_serializing_if = "Option::is_none"
    )]
    pub secret_checksum: Option<&'static str>,
    #[serde(rename = "auth.fingerprint", skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    #[serde(
        rename = "auth.credential_type",
        skip_serializing_if = "Option::is_none"
    )]
    pub credential_type: Option<String>,
    #[serde(rename = "auth.token_id", skip_serializing_if = "Option::is_none")]
    pub token_id: Option<String>,
    /// How many identical ones this event stands for, when more than one.
    #[serde(rename = "auth.count", skip_serializing_if = "is_single")]
    pub count: u64,
    /// Absent, as path and status are, where there was no request.
    #[serde(
        rename = "http.request.method",
        skip_serializing_if = "Option::is_none"
    )]
    pub method: Option<String>,
    /// Without the query.
    #[serde(rename = "url.path", skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    #[serde(
        rename = "http.response.status_code",
        skip_serializing_if = "Option::is_none"
    )]
    pub status: Option<u16>,
    #[serde(rename = "server.address", skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    #[serde(rename = "client.address", skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    #[serde(
        rename = "user_agent.original",
        skip_serializing_if = "Option::is_none"
    )]
    pub user_agent: Option<String>,
    pub id: String,
    /// A page of the vendor, which the field names and people see; programs have the field.
    #[serde(skip)]
    pub doc: Option<&'static str>,
}

impl Event {
    /// `None` for an empty report.
    pub fn new(report: &Report, seen: &Observation, context: &Context) -> Option<Self> {
        let (first, others) = report.findings.split_first()?;
        let Seen {
            sent,
            credential_type,
            token_id,
            granted_scopes,
            method,
            path,
            status,
            server,
            user_agent,
        } = Seen::of(seen, context.show_user_ids);
        Some(Self {
            timestamp: rfc3339(context.timestamp),
            level: level(first),
            event: "auth_diagnosis",
            environment: context.environment,
            mistake: first.mistake,
            certainty: first.certainty.as_str(),
            fix: first.fix.clone().into_owned(),
            because: report.because.clone(),
            alternatives: others.iter().map(alternative).collect(),
            missing_scopes: first.missing.clone(),
            granted_scopes,
            scheme: sent.scheme,
            user_id: sent.user_id,
            user_id_kind: sent.user_id_kind,
            secret_kind: sent.secret_kind,
            secret_length: sent.secret_length,
            secret_checksum: sent.secret_checksum,
            fingerprint: sent.fingerprint,
            credential_type,
            token_id,
            count: 1,
            method,
            path,
            status,
            server,
            client: context
                .client
                .map(|address| address.to_canonical().to_string()),
            user_agent,
            id: value(&context.id),
            doc: first.doc,
        })
    }
}

/// `401`, or `SANDBOX 401`: what stands first in the readable form; `---` where there was no answer.
pub fn mark(environment: Option<&str>, status: Option<u16>) -> String {
    let status = status.map_or_else(|| "---".to_owned(), |status| status.to_string());
    match environment {
        Some(name) => format!("{name} {status}"),
        None => status,
    }
}

fn level(finding: &Finding) -> Level {
    match finding.verdict {
        Verdict::Mistake | Verdict::NotCredentials => Level::Warn,
        Verdict::Note => Level::Info,
    }
}

fn alternative(finding: &Finding) -> Alternative {
    Alternative {
        mistake: finding.mistake,
        certainty: finding.certainty.as_str(),
    }
}

/// Any text from the wire, printable and capped.
fn value(text: &str) -> String {
    clean(text, VALUE_LIMIT)
}

/// Milliseconds, UTC.
pub fn rfc3339(at: UtcDateTime) -> String {
    let format =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    at.format(format).expect("a date has all of these parts")
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands skip conditions a reference"
)]
pub(super) fn is_single(count: &u64) -> bool {
    *count <= 1
}

#[cfg(test)]
mod tests;

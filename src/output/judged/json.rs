//! One object for each exchange: its number and findings first, then what they rest on.

use super::Judged;
use crate::diagnosis::Finding;
use crate::diagnosis::taxonomy::Verdict;
use crate::observation::Observation;
use crate::output::clean::clean;
use crate::output::event::{self, PATH_LIMIT, rfc3339};
use serde::Serialize;

#[derive(Serialize)]
struct Object<'a> {
    entry: usize,
    findings: Vec<Found<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    because: &'a [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    line: u64,
    date: String,
    clock: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    assumed: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tell_more: Option<&'static str>,
    #[serde(flatten)]
    seen: Option<Seen>,
}

#[derive(Serialize)]
struct Found<'a> {
    mistake: &'static str,
    certainty: &'static str,
    verdict: &'static str,
    reason: &'a str,
    fix: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    doc: Option<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    missing_scopes: &'a [&'static str],
}

/// Names as in the event.
#[derive(Serialize)]
struct Seen {
    #[serde(
        rename = "http.request.method",
        skip_serializing_if = "Option::is_none"
    )]
    method: Option<String>,
    #[serde(rename = "server.address", skip_serializing_if = "Option::is_none")]
    server: Option<String>,
    #[serde(rename = "url.path", skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(
        rename = "http.response.status_code",
        skip_serializing_if = "Option::is_none"
    )]
    status: Option<u16>,
    #[serde(rename = "auth.scheme", skip_serializing_if = "Option::is_none")]
    scheme: Option<&'static str>,
    #[serde(rename = "auth.user_id", skip_serializing_if = "Option::is_none")]
    user_id: Option<String>,
    #[serde(rename = "auth.user_id.kind", skip_serializing_if = "Option::is_none")]
    user_id_kind: Option<&'static str>,
    #[serde(rename = "auth.secret.kind", skip_serializing_if = "Option::is_none")]
    secret_kind: Option<&'static str>,
    #[serde(rename = "auth.secret.length", skip_serializing_if = "Option::is_none")]
    secret_length: Option<usize>,
    #[serde(
        rename = "auth.secret.checksum",
        skip_serializing_if = "Option::is_none"
    )]
    secret_checksum: Option<&'static str>,
}

/// Without a line end.
pub fn object(judged: &Judged<'_>) -> String {
    let object = Object {
        entry: judged.entry,
        findings: judged.report.findings.iter().map(Found::of).collect(),
        because: &judged.report.because,
        file: judged.file.map(|name| clean(name, PATH_LIMIT)),
        line: judged.line,
        date: rfc3339(judged.clock.date),
        clock: judged.source.as_str(),
        assumed: judged.assumption(),
        tell_more: judged.tell_more(),
        seen: judged.seen.map(Seen::of),
    };
    serde_json::to_string(&object).expect("text and numbers become JSON")
}

impl<'a> Found<'a> {
    fn of(finding: &'a Finding) -> Self {
        Self {
            mistake: finding.mistake,
            certainty: finding.certainty.as_str(),
            verdict: verdict(finding.verdict),
            reason: &finding.reason,
            fix: &finding.fix,
            doc: finding.doc,
            missing_scopes: &finding.missing,
        }
    }
}

/// As the taxonomy writes it.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Mistake => "mistake",
        Verdict::NotCredentials => "not-credentials",
        Verdict::Note => "note",
    }
}

impl Seen {
    fn of(seen: &Observation) -> Self {
        let event::Seen {
            sent,
            method,
            server,
            path,
            status,
            ..
        } = event::Seen::of(seen, false);
        Self {
            method,
            server,
            path,
            status,
            scheme: sent.scheme,
            user_id: sent.user_id,
            user_id_kind: sent.user_id_kind,
            secret_kind: sent.secret_kind,
            secret_length: sent.secret_length,
            secret_checksum: sent.secret_checksum,
        }
    }
}

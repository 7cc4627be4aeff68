//! The `x-auth-diagnosis` field: an RFC 9651 List of Tokens with parameters.
//!
//! Built from our own words, counts and scope names alone; no byte of client or origin is echoed (H-I1).

use crate::bitbucket::Surface;
use crate::diagnosis::{Finding, Report};
use crate::observation::Exchange;
use http::{HeaderName, HeaderValue};
use sfv::{KeyRef, ListSerializer, StringRef, TokenRef, key_ref};
use std::iter::once_with;

/// The response field that carries the diagnosis.
pub const X_AUTH_DIAGNOSIS: HeaderName = HeaderName::from_static("x-auth-diagnosis");

/// Members of the list at most.
const MEMBERS: usize = 3;
/// Bytes of the value at most.
const BYTES: usize = 1024;

const CERTAINTY: &KeyRef = key_ref("certainty");
const FIX: &KeyRef = key_ref("fix");
const DOC: &KeyRef = key_ref("doc");
const ID: &KeyRef = key_ref("id");
const MISSING: &KeyRef = key_ref("missing");

/// Whether the response may carry the field: 400 of the token endpoint, 401, 402, 403, 404, 410, 429 and a redirect
/// to a login page; never 1xx, 2xx, 304, another 400 or 5xx.
pub fn is_sent_on(exchange: &Exchange) -> bool {
    match exchange.response.status.as_u16() {
        400 => exchange.request.surface == Surface::TokenEndpoint,
        401 | 402 | 403 | 404 | 410 | 429 => true,
        301 | 302 | 303 | 307 | 308 => exchange.response.to_login_page,
        _ => false,
    }
}

/// Renders at most 3 members and 1,024 bytes; `None` for an empty report.
///
/// Too long a value loses its third member, then its second, then `doc`; then `fix` is shortened. A list of scopes
/// that leaves no room even so is left out.
pub fn render(report: &Report, event_id: &str) -> Option<HeaderValue> {
    let (first, others) = report.findings.split_first()?;
    let others = &others[..others.len().min(MEMBERS - 1)];
    let whole = Member {
        first,
        doc: first.doc,
        fix: &first.fix,
        missing: &first.missing,
        event_id,
    };
    let bare = Member { doc: None, ..whole };
    let unlisted = Member {
        missing: &[],
        ..bare
    };
    let fewer = (0..=others.len())
        .rev()
        .map(|count| serialize(&whole, &others[..count]));
    let lengths = (0..first.fix.len()).rev();
    let shorter = lengths.filter_map(|length| first.fix.get(..length));
    let value = fewer
        .chain(once_with(|| serialize(&bare, &[])))
        .chain(shorter.map(|fix| serialize(&Member { fix, ..bare }, &[])))
        .chain(once_with(|| serialize(&unlisted, &[])))
        .find(|value| value.len() <= BYTES)?;
    HeaderValue::try_from(value).ok()
}

/// The first member with what is shown of it.
#[derive(Clone, Copy)]
struct Member<'a> {
    first: &'a Finding,
    doc: Option<&'a str>,
    fix: &'a str,
    missing: &'a [&'static str],
    event_id: &'a str,
}

fn serialize(member: &Member<'_>, others: &[Finding]) -> String {
    let mut value = String::with_capacity(BYTES);
    let mut list = ListSerializer::with_buffer(&mut value);
    let first = list.bare_item(token(member.first.mistake));
    let mut first = first
        .parameter(CERTAINTY, token(member.first.certainty.as_str()))
        .parameter(FIX, string(member.fix));
    if let Some(doc) = member.doc {
        first = first.parameter(DOC, string(doc));
    }
    first = first.parameter(ID, string(member.event_id));
    if !member.missing.is_empty() {
        let _ = first.parameter(MISSING, string(&member.missing.join(" ")));
    }
    for other in others {
        let certainty = token(other.certainty.as_str());
        let _ = list
            .bare_item(token(other.mistake))
            .parameter(CERTAINTY, certainty);
    }
    value
}

fn token(text: &str) -> &TokenRef {
    TokenRef::from_str(text).expect("slugs and certainties are RFC 9651 tokens (meta-tested)")
}

/// Our own texts are ASCII (meta-tested); anything else would be left empty rather than break the field.
fn string(text: &str) -> &StringRef {
    StringRef::from_str(text).unwrap_or(StringRef::constant(""))
}

#[cfg(test)]
mod tests;

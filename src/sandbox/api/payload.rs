//! The body of a call, as far as it can be wrong.

use super::{Request, refusal};
use crate::sandbox::answer::Answer;
use http::Method;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

/// Whether the body is the JSON that this operation takes. None at all is taken for an empty object.
///
/// # Errors
/// 400.
pub(super) fn check(request: &Request) -> Result<(), Answer> {
    let takes_one = [Method::POST, Method::PUT].contains(&request.operation.method);
    if !takes_one || request.body.is_empty() || is_form(request) {
        return Ok(());
    }
    match serde_json::from_slice(request.body) {
        Ok(Value::Object(_) | Value::Array(_)) => Ok(()),
        _ => Err(refusal::bad_request("Bad request")),
    }
}

/// What was sent about the thing, to be seen in the answer.
pub(super) fn members(request: &Request) -> Map<String, Value> {
    match serde_json::from_slice(request.body) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

/// Files come as forms, and lists of commits may name theirs in one.
fn is_form(request: &Request) -> bool {
    let forms = [
        "/src",
        "/downloads",
        "/commits",
        "/commits/{revision}",
        "/issues/import",
        "/attachments",
    ];
    let path = request.operation.path;
    let takes_one = path.starts_with("/snippets") || forms.iter().any(|end| path.ends_with(end));
    let kind = request.call.headers.get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    takes_one
        && (kind.starts_with("multipart/") || kind.starts_with("application/x-www-form-urlencoded"))
}

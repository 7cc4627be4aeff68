//! The body of a call, as far as it can be wrong.

use super::{Request, refusal};
use crate::sandbox::answer::Answer;
use http::header::CONTENT_TYPE;
use http::{Method, StatusCode};
use serde_json::{Map, Value};

/// Far above what any of these calls needs.
const LARGEST_JSON: usize = 1024 * 1024;

/// Whether the body is the JSON that this operation takes. None at all is taken for an empty object.
///
/// # Errors
/// 400, or 413 for one that is too large.
pub(super) fn check(request: &Request) -> Result<(), Answer> {
    let takes_one = [Method::POST, Method::PUT].contains(&request.operation.method);
    if !takes_one || request.body.is_empty() || is_form(request) {
        return Ok(());
    }
    if request.body.len() > LARGEST_JSON {
        return Err(Answer::error(
            StatusCode::PAYLOAD_TOO_LARGE,
            "Request body is too large",
        ));
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

//! `POST bitbucket.org/site/oauth2/access_token`: tokens for consumers (A12 to A14, B27, I5, I8).

mod client;
mod grant;
mod tokens;

use super::Bitbucket;
use super::answer::Answer;
use super::call::Call;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE};
use http::{Method, StatusCode};
use serde_json::json;
use time::UtcDateTime;
use time::macros::utc_datetime;

/// CHANGE-3052 (C, C3, 0.8): refresh tokens rotate, access tokens are JWTs, `scopes` became `scope`.
const CHANGE_3052: UtcDateTime = utc_datetime!(2026-05-04 0:00);

/// Whether a call is for the token endpoint.
pub fn is_asked(call: &Call) -> bool {
    call.path.trim_end_matches('/') == "/site/oauth2/access_token"
}

/// Gives out tokens, or says what is wrong as RFC 6749 5.2 has it.
pub fn answer(call: &Call, body: &[u8], bitbucket: &Bitbucket) -> Answer {
    if call.method != Method::POST {
        return Answer::empty(StatusCode::METHOD_NOT_ALLOWED).with(ALLOW, "POST");
    }
    // I8: what is no form has no parameters, and nothing says so.
    let form = match is_form(call) {
        true => String::from_utf8_lossy(body),
        false => "".into(),
    };
    match grant::grant(call, &form, bitbucket) {
        Ok(answer) => answer,
        Err(refusal) => refusal.answer(),
    }
}

fn is_form(call: &Call) -> bool {
    let kind = call.headers.get(CONTENT_TYPE);
    kind.and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

/// `error` and `error_description`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Refusal {
    error: &'static str,
    description: String,
}

impl Refusal {
    fn new(error: &'static str, description: impl Into<String>) -> Self {
        Self {
            error,
            description: description.into(),
        }
    }

    /// Always 400: that some of them are 401 is not established (B27).
    fn answer(&self) -> Answer {
        let body = json!({"error": self.error, "error_description": self.description});
        Answer::json(StatusCode::BAD_REQUEST, &body).with(CACHE_CONTROL, "no-store")
    }
}

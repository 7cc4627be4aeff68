//! The tokens of an answer: made, put into the store, and written down.

use super::CHANGE_3052;
use crate::sandbox::Bitbucket;
use crate::sandbox::answer::Answer;
use crate::sandbox::store::oauth::{self, Grant};
use http::StatusCode;
use http::header::CACHE_CONTROL;
use serde_json::json;

/// A new access token, which works from now on (RFC 6749 5.1); `state` names the grant.
pub(super) fn give(
    bitbucket: &Bitbucket,
    grant: &Grant,
    state: &str,
    refresh: Option<String>,
) -> Answer {
    let now = bitbucket.clock.now();
    let lifetime = bitbucket.reading.oauth_lifetime();
    let is_new = now >= CHANGE_3052;
    let token = match is_new {
        true => oauth::access_token(grant, now, lifetime),
        false => oauth::opaque_access_token(grant, now, lifetime),
    };
    let token = bitbucket.store.add(token);
    // C3.
    let scopes = if is_new { "scope" } else { "scopes" };
    let mut body = json!({
        "access_token": token.secret,
        "token_type": "bearer",
        "expires_in": lifetime.whole_seconds(),
        scopes: grant.scopes.join(" "),
        "state": state,
    });
    if let Some(refresh) = refresh {
        body["refresh_token"] = json!(refresh);
    }
    Answer::json(StatusCode::OK, &body).with(CACHE_CONTROL, "no-store")
}

/// The secret of a new refresh token.
pub(super) fn refresh(bitbucket: &Bitbucket, grant: &Grant) -> String {
    let token = oauth::refresh_token(grant, bitbucket.clock.now());
    bitbucket.store.add(token).secret.clone()
}

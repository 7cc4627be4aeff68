//! What every answer of the REST API says beside its body (B1 to B7).

use crate::sandbox::answer::Answer;
use crate::sandbox::judge::Identity;
use crate::sandbox::operations::Operation;
use http::header::SERVER;
use http::{HeaderName, StatusCode};

/// Refusals say it as well as successes (B4), but for a 401 (B6).
pub(super) fn complete(
    answer: Answer,
    identity: &Identity,
    operation: Option<&Operation>,
) -> Answer {
    if answer.status == StatusCode::UNAUTHORIZED {
        return match answer.headers.contains_key(SERVER) {
            true => answer,
            false => answer.with(SERVER, "AtlassianEdge"),
        };
    }
    let answer = identity.sign(answer);
    // Always in the classic vocabulary, whatever the credential's own is (B3).
    match (identity, operation) {
        (Identity::Known(_), Some(operation)) if !operation.classic.is_empty() => {
            let accepted = HeaderName::from_static("x-accepted-oauth-scopes");
            answer.with(accepted, &operation.classic.join(", "))
        }
        _ => answer,
    }
}

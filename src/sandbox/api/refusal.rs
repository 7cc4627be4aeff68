//! The refusals of the REST API in the server's own words.

use super::Request;
use crate::sandbox::answer::Answer;
use crate::sandbox::credential::Credential;
use crate::sandbox::judge::Identity;
use crate::sandbox::judge::refusal::NO_ACCESS;
use crate::sandbox::operations::Gone;
use crate::sandbox::reading::Disputed;
use http::StatusCode;
use serde_json::json;
use time::macros::date;

/// B24; version 1.0 ended in 2019 in words of its own (I4).
pub(super) fn nothing_there(path: &str) -> Answer {
    if path.starts_with("/1.0/") {
        return without_number();
    }
    Answer::error(StatusCode::NOT_FOUND, "Resource not found")
}

/// I7, and not one word about the method; as plain text (B33).
pub(super) fn other_method(identity: &Identity) -> Answer {
    match identity {
        Identity::Known(_) => Answer::text(
            StatusCode::FORBIDDEN,
            "This endpoint does not support token-based authentication",
        ),
        Identity::Anonymous => Answer::empty(StatusCode::METHOD_NOT_ALLOWED),
    }
}

/// B21; what ended with the issue tracker has no number that is known (I4).
pub(super) fn gone(request: &Request) -> Answer {
    const TRACKER_ENDED: Gone = Gone::Since(date!(2026 - 08 - 20));
    if request.operation.gone == TRACKER_ENDED {
        return without_number();
    }
    if request.bitbucket.reading.otherwise(Disputed::I4) {
        return nothing_there(&request.call.path);
    }
    let error = json!({
        "message": "CHANGE-2770 - Functionality has been deprecated",
        "detail": "Please read the changelog entry for more details.",
        "data": {"announcement_url": "https://developer.atlassian.com/cloud/bitbucket/changelog#CHANGE-2770"},
    });
    Answer::json(
        StatusCode::GONE,
        &json!({"type": "error", "error": error, "data": error["data"]}),
    )
}

fn without_number() -> Answer {
    let error =
        json!({"message": "Resource removed", "detail": "This API is no longer supported."});
    Answer::json(StatusCode::GONE, &json!({"type": "error", "error": error}))
}

/// B15.
pub(super) fn app_only() -> Answer {
    Answer::error(StatusCode::UNAUTHORIZED, "Authentication must use app JWT")
}

/// B19.
pub(super) fn other_mechanism(request: &Request) -> Answer {
    let status = match request.bitbucket.reading.otherwise(Disputed::B19) {
        true => StatusCode::UNAUTHORIZED,
        false => StatusCode::FORBIDDEN,
    };
    Answer::error(
        status,
        "This API is not accessible by this authentication mechanism",
    )
}

/// B18, each side in the vocabulary of the credential.
pub(super) fn scopes(credential: &Credential, required: &[&str]) -> Answer {
    let error = json!({
        "message": "Your credentials lack one or more required privilege scopes.",
        "detail": {"granted": credential.scopes, "required": required},
    });
    Answer::json(
        StatusCode::FORBIDDEN,
        &json!({"type": "error", "error": error}),
    )
}

/// B23: does not exist and may not be seen look the same.
pub(super) fn hidden_repository() -> Answer {
    Answer::error(StatusCode::NOT_FOUND, NO_ACCESS)
}

/// B19c.
pub(super) fn hidden_workspace() -> Answer {
    Answer::error(
        StatusCode::FORBIDDEN,
        "You do not have access to view this workspace.",
    )
}

/// B19b: known, and not allowed.
pub(super) fn forbidden() -> Answer {
    Answer::error(StatusCode::FORBIDDEN, "Forbidden")
}

/// On git the same refusal has words (B19d); those of REST are not known.
pub(super) fn off_the_list() -> Answer {
    Answer::empty(StatusCode::FORBIDDEN)
}

/// I9. No report has the status; 403 is that of everything else which somebody known may not do.
pub(super) fn restricted_branch() -> Answer {
    Answer::error(StatusCode::FORBIDDEN, "BRANCH_PERMISSION_VIOLATED")
}

/// What was sent cannot be used.
pub(super) fn bad_request(message: &str) -> Answer {
    Answer::error(StatusCode::BAD_REQUEST, message)
}

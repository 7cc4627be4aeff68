//! What the server said, pasted alone: the body of a refusal without its request and status.

use super::Assumed;
use super::heard::{Answer, Heard};
use super::url::Url;
use crate::bitbucket::error_body::{ErrorBody, Words};
use serde_json::Value;

/// More is no message.
const MAX_BYTES: usize = 8 * 1024;

/// The statuses that the words come with; others are of no status of their own.
const STATUSES: &[(Words, u16)] = &[
    (Words::ScopesLacking, 403),
    (Words::MechanismRefused, 403),
    (Words::WorkspaceHidden, 403),
    (Words::IpNotAllowed, 403),
    (Words::TwoStepRequired, 403),
    (Words::SingleSignOnRequired, 403),
    (Words::Forbidden, 403),
    (Words::RepositoryHidden, 404),
    (Words::NotFound, 404),
    (Words::NoApiHere, 404),
    (Words::UserLimit, 402),
    (Words::RateLimit, 429),
    (Words::AppPasswordsEnded, 410),
    (Words::Removed, 410),
    (Words::BranchRestricted, 400),
    (Words::GrantMissing, 400),
    (Words::GrantUnsupported, 400),
    (Words::RefreshTokenInvalid, 400),
];
/// Of the words at the token endpoint.
const AT_TOKEN_ENDPOINT: &[Words] = &[
    Words::GrantMissing,
    Words::GrantUnsupported,
    Words::RefreshTokenInvalid,
    Words::ClientInvalid,
    Words::ClientMissing,
    Words::ClientPublic,
    Words::CallbackMissing,
];

/// The exchange that this text stands for, if it is an error of REST or of the token endpoint and nothing else.
pub fn alone(text: &[u8]) -> Option<Heard> {
    let text = text.trim_ascii();
    let is_message = text.len() <= MAX_BYTES && text.starts_with(b"{") && is_error(text);
    is_message.then(|| heard(1, text))
}

/// `line`: where the words stand.
pub fn heard(line: u64, text: &[u8]) -> Heard {
    let said = ErrorBody::parse(text);
    let named = STATUSES.iter().find(|(words, _)| said.says(*words));
    let endpoint = AT_TOKEN_ENDPOINT.iter().any(|words| said.says(*words));
    let url = if endpoint {
        "https://bitbucket.org/site/oauth2/access_token"
    } else {
        "https://api.bitbucket.org/"
    };
    Heard {
        line,
        url: Url::parse(url).unwrap_or_default(),
        answer: Some(Answer {
            status: named.map_or(401, |(_, status)| *status),
            body: text.to_vec(),
            ..Answer::default()
        }),
        may_hide: true,
        assumed: Some(Assumed::Body),
        ..Heard::default()
    }
}

/// An envelope of REST (B33), or an OAuth error (RFC 6749 5.2).
fn is_error(text: &[u8]) -> bool {
    let Ok(Value::Object(members)) = serde_json::from_slice(text) else {
        return false;
    };
    members.contains_key("error") && !members.contains_key("log")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(text: &str) -> Option<u16> {
        alone(text.as_bytes()).map(|heard| heard.answer.unwrap().status)
    }

    #[test]
    fn an_error_has_the_status_of_its_words() {
        for (message, expected) in [
            (
                "Your credentials lack one or more required privilege scopes.",
                403,
            ),
            ("Resource not found", 404),
            (
                "Token is invalid, expired, or not supported for this endpoint.",
                401,
            ),
            ("Something new", 401),
        ] {
            let text = format!(r#"{{"type": "error", "error": {{"message": "{message}"}}}}"#);
            assert_eq!(status(&text), Some(expected), "{message}");
        }
    }

    #[test]
    fn other_json_is_none() {
        for text in [
            r#"{"log": {"entries": []}, "error": 1}"#,
            r#"{"values": []}"#,
            r#"{"error": "#,
            "[]",
        ] {
            assert_eq!(status(text), None, "{text}");
        }
    }
}

//! The shapes of a refused credential. None says which credential it was (B6).

use crate::sandbox::answer::Answer;
use crate::sandbox::call::Call;
use crate::sandbox::credential::{Credential, State};
use crate::sandbox::reading::{Disputed, Reading};
use http::StatusCode;
use http::header::{SERVER, WWW_AUTHENTICATE};
use time::UtcDateTime;

/// After a pair, or nothing (B9).
pub const BASIC: &str = r#"Basic realm="Bitbucket.org HTTP""#;
/// After a Bearer.
pub const OAUTH: &str = r#"OAuth realm="Bitbucket.org HTTP""#;
/// As it was seen, without quotes.
const CUSTOM: &str = "BitbucketCustom realm=Bitbucket.org HTTP";

/// B23: on git with 401 it is about the credential, with 403 or 404 about access.
pub const NO_ACCESS: &str = "You may not have access to this repository or it no longer exists in this workspace. \
    If you think this repository exists and you have access, make sure you are authenticated.";

/// The 401 that says nothing at all (B7, B11): no body, and the edge's name.
pub fn bare(challenge: &str) -> Answer {
    edge(Answer::empty(StatusCode::UNAUTHORIZED), challenge)
}

/// A pair that REST does not take.
pub fn pair(credential: &Credential, reading: &Reading) -> Answer {
    let challenge = match credential.state {
        State::Unscoped if reading.otherwise(Disputed::B9) => CUSTOM,
        _ => BASIC,
    };
    match credential.kind.is_atlassian_token() && !reading.otherwise(Disputed::B11) {
        true => invalid(challenge),
        false => bare(challenge),
    }
}

/// One message for many causes (B10).
pub fn invalid(challenge: &str) -> Answer {
    const TEXT: &str = "Token is invalid, expired, or not supported for this endpoint.";
    edge(Answer::error(StatusCode::UNAUTHORIZED, TEXT), challenge)
}

/// An app password on REST when its kind has ended (B14, I3).
pub fn ended_app_password(reading: &Reading) -> Answer {
    const TEXT: &str = "App passwords are deprecated and must be replaced with API tokens.";
    match reading.otherwise(Disputed::B14) {
        true => edge(Answer::error(StatusCode::UNAUTHORIZED, TEXT), BASIC),
        false => bare(BASIC),
    }
}

/// An OAuth token past its time; the words changed over the years (B12).
pub fn expired(now: UtcDateTime) -> Answer {
    no_longer(match now.year() {
        ..2021 => "Access token expired. Use your refresh token to obtain a new access token.",
        2021..2023 => "Access token expired.",
        _ => "OAuth2 access token expired. Use your refresh token to obtain a new access token",
    })
}

/// An app password behind Bearer is taken for an OAuth token that is no more (seen in B12's second form).
pub fn app_password_as_bearer() -> Answer {
    no_longer("Access token expired.")
}

fn no_longer(text: &str) -> Answer {
    edge(Answer::error(StatusCode::UNAUTHORIZED, text), OAUTH)
}

/// git shows the lines after `remote:`.
pub fn git(text: &str) -> Answer {
    Answer::text(StatusCode::UNAUTHORIZED, text).with(WWW_AUTHENTICATE, BASIC)
}

/// An app password on git when its kind has ended (B20).
pub fn git_app_password() -> Answer {
    Answer::text(
        StatusCode::GONE,
        "CHANGE-3222 - Functionality has been deprecated\n\
         App passwords are deprecated and must be replaced with API tokens.\n\
         https://developer.atlassian.com/cloud/bitbucket/changelog#CHANGE-3222",
    )
}

/// An account password on git after its end, with the advice of 2022 (B32).
pub fn git_account_password() -> Answer {
    git(
        "Bitbucket Cloud recently stopped supporting account passwords for Git authentication.\n\
         See our community post for more details: https://atlassian.community/t5/x/x/ba-p/1948231\n\
         App passwords are recommended for most use cases and can be created in your Personal settings.",
    )
}

/// An auth failure in disguise: an empty 302 to the login page (B30).
pub fn login(call: &Call) -> Answer {
    Answer::redirect(&format!(
        "https://bitbucket.org/account/signin/?next={}",
        call.path
    ))
}

/// What the website says to a token (A26); the status that B30 measured for one in the query, too.
pub fn no_tokens_here() -> Answer {
    const TEXT: &str = "This endpoint does not support token-based authentication";
    Answer::text(StatusCode::FORBIDDEN, TEXT)
}

fn edge(answer: Answer, challenge: &str) -> Answer {
    answer
        .with(WWW_AUTHENTICATE, challenge)
        .with(SERVER, "envoy")
}

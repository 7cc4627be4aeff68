//! Secrets without a beginning of their own: told apart by length and alphabet (A21, E22, E23).

use super::{SecretKind, atlassian, characters, is_uuid};

pub(super) fn classify(secret: &[u8], user_id: Option<&[u8]>) -> SecretKind {
    let alphanumeric = secret.iter().all(u8::is_ascii_alphanumeric);
    match secret.len() {
        _ if user_id.is_some_and(|key| is_consumer(key, secret)) => SecretKind::ConsumerSecret,
        20 if alphanumeric => SecretKind::OldAppPassword,
        24 if alphanumeric => SecretKind::LegacyApiToken,
        32 | 64 if alphanumeric => SecretKind::Unknown,
        _ if secret.iter().all(u8::is_ascii_hexdigit) => SecretKind::Unknown,
        // Made by a program, like hex.
        _ if is_uuid(secret) => SecretKind::Unknown,
        _ if atlassian::holds_beginning(secret) => SecretKind::Unknown,
        80..=100 if is_base64url(secret) => SecretKind::OAuthToken,
        _ if (8..=64).contains(&characters(secret)) => SecretKind::PasswordShaped,
        _ => SecretKind::Unknown,
    }
}

/// Key and secret of an OAuth consumer: 18 : 32, or both of the longer kind, whose keys are no possible usernames.
fn is_consumer(key: &[u8], secret: &[u8]) -> bool {
    let alphanumeric = key.iter().chain(secret).all(u8::is_ascii_alphanumeric);
    let lengths = match key.len() {
        18 => secret.len() == 32,
        31..=64 => (32..=128).contains(&secret.len()),
        _ => false,
    };
    alphanumeric && lengths
}

fn is_base64url(text: &[u8]) -> bool {
    let end = text.len()
        - text
            .iter()
            .rev()
            .take(2)
            .take_while(|byte| **byte == b'=')
            .count();
    text[..end]
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

//! What of a request's text may be kept.

use crate::credentials::{self, Fault};
use std::fmt::Write;

/// Stands where something was taken out.
const REDACTED: &str = "***";
/// No product or comment has a longer word: it is something encoded.
const LONGEST_WORD: usize = 64;

/// The path, capped, safe to print, with every part that looks like a token taken out.
pub(super) fn path(path: &str, most: usize) -> String {
    let mut kept = String::with_capacity(path.len().min(most));
    for (at, segment) in path[..path.floor_char_boundary(most)]
        .split('/')
        .enumerate()
    {
        if at > 0 {
            kept.push('/');
        }
        if credentials::holds_token(segment.as_bytes()) {
            kept.push_str(REDACTED);
        } else {
            push_encoded(&mut kept, segment);
        }
    }
    kept
}

/// A field value as printable ASCII, capped; each word that looks like a token is taken out.
pub(super) fn words(value: &[u8], most: usize) -> String {
    let mut kept = String::with_capacity(value.len().min(most));
    for (at, word) in value[..value.len().min(most)]
        .split(|byte| *byte == b' ')
        .enumerate()
    {
        if at > 0 {
            kept.push(' ');
        }
        if word.len() > LONGEST_WORD || credentials::holds_token(word) {
            kept.push_str(REDACTED);
        } else {
            kept.extend(word.iter().map(|byte| {
                if byte.is_ascii_graphic() {
                    char::from(*byte)
                } else {
                    '?'
                }
            }));
        }
    }
    kept
}

/// Percent-encodes what is no printable ASCII.
fn push_encoded(kept: &mut String, segment: &str) {
    for byte in segment.bytes() {
        if byte.is_ascii_graphic() {
            kept.push(char::from(byte));
        } else {
            let _ = write!(kept, "%{byte:02X}");
        }
    }
}

/// Where a query carries a credential that the origin once took or still takes (B13, A15, A16).
const QUERY_NAMES: [&str; 4] = ["access_token", "oauth_token", "oauth_signature", "jwt"];

/// The credentials of a query: what stands behind those names.
fn query_credentials(query: &str) -> impl Iterator<Item = &str> {
    query.split(['&', ';']).filter_map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        QUERY_NAMES.contains(&name).then_some(value)
    })
}

/// Whether the query carries a credential.
pub(super) fn query_has_credentials(query: &str) -> bool {
    query_credentials(query).next().is_some()
}

/// What makes a credential in the query none at all.
pub(super) fn query_fault(query: &str) -> Option<Fault> {
    query_credentials(query).find_map(|value| credentials::stand_in_of_query(value.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::mint;

    #[test]
    fn ordinary_paths_stay() {
        for kept in [
            "/2.0/repositories/acme/site/src/0a1b2c3d4e5f60718293a4b5c6d7e8f901234567/",
            "/",
            "",
            "/a//b/%7Bx%7D",
        ] {
            assert_eq!(path(kept, 2048), kept);
        }
        assert_eq!(
            path("/2.0/x\u{1b}[2J/\u{202e}", 2048),
            "/2.0/x%1B[2J/%E2%80%AE"
        );
        assert_eq!(path(&"/é".repeat(2000), 2048).chars().next(), Some('/'));
    }

    #[test]
    fn tokens_are_taken_out() {
        for token in [
            mint::api_token(1),
            mint::access_token(1),
            mint::app_password(1),
            mint::jwt(1),
        ] {
            assert_eq!(path(&format!("/2.0/{token}/x"), 2048), "/2.0/***/x");
            assert_eq!(path(&format!("/2.0/jane:{token}@x"), 2048), "/2.0/***");
            assert_eq!(
                words(format!("tool/1.0 {token} (linux)").as_bytes(), 4096),
                "tool/1.0 *** (linux)"
            );
        }
        let cut = &mint::api_token(2)[..60];
        assert_eq!(path(&format!("/x={cut}"), 2048), "/***");
    }

    #[test]
    fn words_are_printable_and_short() {
        assert_eq!(words(b"curl/7.88.1", 256), "curl/7.88.1");
        assert_eq!(words(b"a\x1b[2J\xff\tb", 256), "a?[2J??b");
        assert_eq!(words(b"a ".repeat(999).as_slice(), 256).len(), 256);
        assert_eq!(words(&[b'a'; 999], 256), "***");
    }

    #[test]
    fn queries() {
        for (query, expected) in [
            ("access_token=x", true),
            ("q=1&access_token=", true),
            ("oauth_consumer_key=k&oauth_signature=s", true),
            ("jwt=x", true),
            ("q=access_token", false),
            ("my_access_token=x", false),
            ("", false),
        ] {
            assert_eq!(query_has_credentials(query), expected, "{query}");
        }
    }

    #[test]
    fn placeholders_in_queries() {
        use crate::credentials::Place::Value;
        for (query, expected) in [
            (
                "access_token=undefined",
                Some(Fault::PlaceholderWord(Value)),
            ),
            (
                "q=1&access_token=$%7BTOKEN%7D",
                Some(Fault::Placeholder(Value)),
            ),
            ("access_token=abcdef", None),
            ("q=undefined", None),
        ] {
            assert_eq!(query_fault(query), expected, "{query}");
        }
    }
}

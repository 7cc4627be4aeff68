//! What a recorder, or a person, put in place of credentials.

use crate::credentials::{Credentials, Fault, Place, Scheme, SecretKind};
use crate::observation::Recorded;

/// Parts of the words that recorders put there.
const STEMS: &[&str] = &[
    "redact", "mask", "hidden", "filter", "sanitiz", "sanitis", "scrub", "omit", "remove", "elide",
    "obfusc", "secure", "private", "snip",
];
/// Words for what they stand for.
const NOTES: &[&str] = &[
    "base64",
    "credential",
    "password",
    "secret",
    "token",
    "value",
];
const BRACKETS: &[(char, char)] = &[('<', '>'), ('[', ']'), ('(', ')'), ('{', '}')];
/// Signs that stand for many.
const MASKS: &[char] = &['*', '•', '#', '█'];
const ELLIPSES: &[&str] = &["...", "…"];

/// Whether the recorder, and not the client, put what stands there.
pub fn by(value: &[u8], parsed: &Credentials) -> Option<Recorded> {
    // A mask inside base64 was sent like that.
    let is_encoded = parsed.scheme == Scheme::Basic
        && parsed.user_id.is_some()
        && !parsed.faults.contains(&Fault::NotEncoded);
    // Its own armour is of hyphens and speaks of what is private.
    if is_encoded || parsed.secret.kind == SecretKind::PrivateKey {
        return None;
    }
    let text = String::from_utf8_lossy(value);
    let text = text.trim().trim_matches(['"', '\'']);
    let rest = match text.split_once(char::is_whitespace) {
        Some((_, rest)) if parsed.scheme != Scheme::Missing => rest.trim(),
        _ => text,
    };
    if between_marks(rest).is_some_and(speaks_of_hiding) {
        return Some(Recorded::Redacted);
    }
    by_fault(rest, parsed).or_else(|| is_crossed_out(rest).then_some(Recorded::Doubtful))
}

fn by_fault(rest: &str, parsed: &Credentials) -> Option<Recorded> {
    // `<%= ... %>` is a template, which no recorder writes.
    let is_bracketed = rest.starts_with('<') && rest.ends_with('>') && !rest.starts_with("<%");
    parsed.faults.iter().find_map(|fault| match fault {
        // A token cut short may have been sent like that.
        Fault::Masked(_) if is_stars(rest) => Some(Recorded::Redacted),
        Fault::Masked(_) => Some(Recorded::Doubtful),
        Fault::MaskWord(_) => Some(Recorded::Doubtful),
        Fault::Placeholder(Place::Value | Place::Secret) if is_bracketed => {
            Some(Recorded::Doubtful)
        }
        _ => None,
    })
}

fn is_stars(rest: &str) -> bool {
    rest.chars().all(|c| c == '*')
}

/// What nobody would have sent: `xxxxxx==`, `amRv...`, `am9obg****`, `[secret]`.
fn is_crossed_out(rest: &str) -> bool {
    let is_cross = |c: char| matches!(c, 'x' | 'X' | '=');
    let crossed = rest.len() >= 5 && rest.starts_with(['x', 'X']) && rest.chars().all(is_cross);
    let is_shortened = ELLIPSES.iter().any(|dots| rest.contains(dots));
    let covered = rest.chars().filter(|c| MASKS.contains(c)).count();
    crossed || is_shortened || covered >= 3 || is_note(rest) || speaks_of_hiding(rest)
}

/// What a person writes in place of a value: `[secret]`.
fn is_note(rest: &str) -> bool {
    let inner = rest
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|inner| {
        let lower = inner.to_ascii_lowercase();
        inner.len() <= 24 && NOTES.iter().any(|word| lower.contains(word))
    })
}

/// The words inside brackets, asterisks or hyphens.
fn between_marks(text: &str) -> Option<&str> {
    let bracketed = |(open, close): &(char, char)| text.strip_prefix(*open)?.strip_suffix(*close);
    let ornaments = ['*', '-', '_', '#'];
    let inner = text.trim_matches(ornaments);
    let is_ornamented = inner.len() + 4 <= text.len();
    BRACKETS
        .iter()
        .find_map(bracketed)
        .or(is_ornamented.then_some(inner))
}

fn speaks_of_hiding(words: &str) -> bool {
    let lower = words.to_ascii_lowercase();
    let is_phrase = lower.len() <= 48
        && lower
            .chars()
            .all(|c| c.is_ascii_lowercase() || " -_:.".contains(c));
    is_phrase && STEMS.iter().any(|stem| lower.contains(stem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::mint;
    use crate::secret::FingerprintKey;

    fn recorded(value: &str) -> Option<Recorded> {
        let parsed = Credentials::parse(value.as_bytes(), &FingerprintKey::new([7; 32]));
        by(value.as_bytes(), &parsed)
    }

    #[test]
    fn marks_of_recorders() {
        for value in [
            "<redacted>",
            "Basic <redacted>",
            "Bearer [MASKED]",
            "[Filtered]",
            "Basic [PRIVATE DATA]",
            "Basic **REDACTED**",
            "Basic <REDACTED BASIC AUTH>",
            "Basic {redacted}",
            "--redacted--",
            "Basic [sanitized]",
            "\"Basic ***\"",
            "Basic ********",
            "***",
        ] {
            assert_eq!(recorded(value), Some(Recorded::Redacted), "{value}");
        }
    }

    #[test]
    fn what_people_cross_out() {
        for value in [
            "Basic xxxxx",
            "Basic XXXXXXXXXXXX=",
            "Basic …",
            "Basic amRv...",
            "Basic [...]",
            "Basic am9obg******",
            "Bearer ****abcd",
            "Bearer ATATT3xFfGF0...",
            "Basic ####",
            "Bearer [secret]",
            "Bearer <token>",
            "Basic sanitized",
        ] {
            assert_eq!(recorded(value), Some(Recorded::Doubtful), "{value}");
        }
    }

    #[test]
    fn what_may_have_been_sent() {
        let key = mint::private_key(1);
        let label = key.lines().next().unwrap();
        let token = mint::api_token(1);
        for value in [
            "Bearer $TOKEN",
            &format!("Bearer {label}"),
            "Basic ${AUTH}",
            "Bearer null",
            "Bearer {{token}}",
            "Basic am9objoqKioq",
            "Basic jane:hidden-2-secrets",
            &format!("Bearer {token}"),
            &format!("Bearer [{token}]"),
            &token,
        ] {
            assert_eq!(recorded(value), None, "{value}");
        }
    }
}

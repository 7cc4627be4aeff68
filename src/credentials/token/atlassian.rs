//! Atlassian's own tokens: type, body, CRC-32 (A1-A4).

use super::{Checksum, Claims, SecretKind, SecretShape, characters, position};
use std::ops::Range;

/// One kind of token: its four characters of type and the beginning of the generation whose checksum is known.
struct Family {
    kind: SecretKind,
    kind_mark: &'static [u8],
    beginning: &'static [u8],
}

const FAMILIES: [Family; 3] = [
    Family {
        kind: SecretKind::ApiToken,
        kind_mark: b"ATAT",
        beginning: b"ATATT3xFfGF0",
    },
    Family {
        kind: SecretKind::AccessToken,
        kind_mark: b"ATCT",
        beginning: b"ATCTT3xFfGN0",
    },
    Family {
        kind: SecretKind::AppPassword,
        kind_mark: b"ATBB",
        beginning: b"ATBB",
    },
];

/// How the known beginnings look in base64: a token that was encoded once too often.
const ENCODED_BEGINNINGS: [&[u8]; 3] = [b"QVRBVFQz", b"QVRDVFQz", b"QVRCQ"];
/// The same where one or two more characters come before, as a user-id and a colon do.
const ENCODED_INSIDE: [&[u8]; 6] = [
    b"FUQVRUM3",
    b"BVEFUVDN",
    b"FUQ1RUM3",
    b"BVENUVDN",
    b"FUQk",
    b"BVEJC",
];

/// Those of all of these.
const FIRST_LETTERS: [u8; 4] = *b"ABFQ";

/// Shorter text after a mark of four characters may be somebody's word.
const SHORTEST_NEW_GENERATION: usize = 24;
const SHORTEST_APP_PASSWORD: usize = 12;
/// No token seen or documented is longer.
const LONGEST: usize = 1024;
pub(super) const APP_PASSWORD_LENGTH: usize = 36;
const CHECKSUM_LENGTH: usize = 8;

pub(super) fn classify(secret: &[u8]) -> Option<SecretShape> {
    FAMILIES.iter().find_map(|family| family.classify(secret))
}

impl Family {
    fn classify(&self, secret: &[u8]) -> Option<SecretShape> {
        if !secret.starts_with(self.kind_mark) {
            return None;
        }
        let checksum = if checksum_fits(secret) {
            Checksum::Fits
        } else {
            self.failing(secret)?
        };
        Some(SecretShape {
            kind: self.kind,
            checksum,
            structured: is_structured(secret, self.kind != SecretKind::AppPassword),
            length: Some(characters(secret)),
            claims: Claims::default(),
        })
    }

    /// What a checksum that does not fit means; `None` when this may not be a token at all.
    fn failing(&self, secret: &[u8]) -> Option<Checksum> {
        let token_like = secret.iter().all(|byte| is_token_byte(*byte));
        if self.kind == SecretKind::AppPassword {
            let long_enough = secret.len() >= SHORTEST_APP_PASSWORD;
            return (token_like && long_enough).then_some(Checksum::Fails);
        }
        let cut_in_beginning =
            secret.len() > self.kind_mark.len() && self.beginning.starts_with(secret);
        if secret.starts_with(self.beginning) || cut_in_beginning {
            return Some(Checksum::Fails);
        }
        (token_like && secret.len() >= SHORTEST_NEW_GENERATION).then_some(Checksum::Absent)
    }
}

/// CRC-32/ISO-HDLC over all but the last eight characters, which are its upper-case hex (A3).
fn checksum_fits(token: &[u8]) -> bool {
    let body = token.split_last_chunk::<CHECKSUM_LENGTH>();
    body.is_some_and(|(body, digits)| checksum(digits) == Some(crc32fast::hash(body)))
}

fn checksum(digits: &[u8; CHECKSUM_LENGTH]) -> Option<u32> {
    digits.iter().try_fold(0u32, |sum, digit| match digit {
        b'0'..=b'9' => Some(sum << 4 | u32::from(digit - b'0')),
        b'A'..=b'F' => Some(sum << 4 | u32::from(digit - b'A' + 10)),
        _ => None,
    })
}

/// Whole base64url, padded as every published long token is, between the type and eight hex digits (A2).
fn is_structured(token: &[u8], padded: bool) -> bool {
    let body = token
        .get(4..)
        .and_then(|rest| rest.split_last_chunk::<CHECKSUM_LENGTH>());
    let Some((body, digits)) = body else {
        return false;
    };
    let unpadded = body.len() - body.iter().rev().take_while(|byte| **byte == b'=').count();
    checksum(digits).is_some()
        && body.len() % 4 == 0
        && (1..=2).contains(&(body.len() - unpadded)) == padded
        && body[..unpadded]
            .iter()
            .all(|byte| *byte != b'=' && is_token_byte(*byte))
}

pub(super) fn begins_with_mark(text: &[u8]) -> bool {
    FAMILIES
        .iter()
        .any(|family| text.starts_with(family.kind_mark))
}

/// A known beginning anywhere, in clear or base64: the text is no password, whatever else it is.
pub(super) fn holds_beginning(text: &[u8]) -> bool {
    let begins = |at: usize| {
        let rest = &text[at..];
        let in_clear = FAMILIES.iter().map(|family| family.beginning);
        let mut marks = in_clear.chain(ENCODED_BEGINNINGS).chain(ENCODED_INSIDE);
        marks.any(|mark| rest.starts_with(mark))
    };
    // Nearly every word of a request is asked this: one pass, and most letters begin no mark.
    let mut places = 0..text.len();
    places.any(|at| FIRST_LETTERS.contains(&text[at]) && begins(at))
}

/// The first checksum-valid token inside longer text; each kind is tried once, so that this stays linear.
pub(super) fn embedded(text: &[u8]) -> Option<Range<usize>> {
    FAMILIES.iter().find_map(|family| {
        let start = position(text, family.beginning)?;
        let end = start + token_length(&text[start..], family)?;
        (end - start < text.len() && checksum_fits(&text[start..end])).then_some(start..end)
    })
}

fn token_length(text: &[u8], family: &Family) -> Option<usize> {
    let length = if family.kind == SecretKind::AppPassword {
        APP_PASSWORD_LENGTH
    } else {
        let text = &text[..text.len().min(LONGEST)];
        let body = text.iter().position(|byte| *byte == b'=')?;
        let padding = text[body..]
            .iter()
            .take_while(|byte| **byte == b'=')
            .count();
        body + padding + CHECKSUM_LENGTH
    };
    (length <= text.len()).then_some(length)
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_found_wherever_it_stands() {
        let in_clear = FAMILIES.iter().map(|family| family.beginning);
        for mark in in_clear.chain(ENCODED_BEGINNINGS).chain(ENCODED_INSIDE) {
            for before in ["", "x", "ABFQ"] {
                let text = [before.as_bytes(), mark, b"x"].concat();
                assert!(holds_beginning(&text), "{}", text.escape_ascii());
                let cut = &text[..text.len() - 2];
                assert!(!holds_beginning(cut), "{}", cut.escape_ascii());
            }
        }
    }
}

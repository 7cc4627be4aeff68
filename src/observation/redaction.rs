//! What of a request's text may be kept.

use crate::credentials;
use crate::secret::Secret;
use std::fmt::Write;

/// Stands where something was taken out.
const REDACTED: &str = "***";
/// No product or comment has a longer word: it is something encoded.
const LONGEST_WORD: usize = 64;

/// The path, capped, safe to print, with every part that is a secret, or looks like a token, taken out.
pub(super) fn path(path: &str, most: usize, secrets: &[Secret]) -> String {
    let mut kept = String::with_capacity(path.len().min(most));
    for (at, segment) in path.split('/').enumerate() {
        if at > 0 {
            kept.push('/');
        }
        if kept.len() >= most {
            break;
        }
        if credentials::gives_away(segment.as_bytes(), secrets) {
            kept.push_str(REDACTED);
        } else {
            push_encoded(&mut kept, segment);
        }
    }
    kept.truncate(most);
    kept
}

/// A field value as printable ASCII, capped; each word that is a secret, or looks like a token, is taken out.
pub(super) fn words(value: &[u8], most: usize, secrets: &[Secret]) -> String {
    let mut kept = String::with_capacity(value.len().min(most));
    for (at, word) in value.split(|byte| *byte == b' ').enumerate() {
        if at > 0 {
            kept.push(' ');
        }
        if kept.len() >= most {
            break;
        }
        if word.len() > LONGEST_WORD || credentials::gives_away(word, secrets) {
            kept.push_str(REDACTED);
        } else {
            kept.extend(word.iter().map(printable));
        }
    }
    kept.truncate(most);
    kept
}

fn printable(byte: &u8) -> char {
    if byte.is_ascii_graphic() {
        char::from(*byte)
    } else {
        '?'
    }
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

#[cfg(test)]
mod tests;

//! What hides an intact token: escapes, base64 once too often, more text around it.

use super::fault::{Fault, Place};
use super::text::Text;
use super::token::{self, SecretShape};

/// Takes the disguise off; what comes out is noted only when its checksum proves it right.
pub(super) fn lift<'a>(mut text: Text<'a>, place: Place, faults: &mut Vec<Fault>) -> Text<'a> {
    let is_intact = |text: &[u8]| SecretShape::classify(text, None).is_intact();
    if is_intact(&text) {
        return text;
    }
    if let Some(plain) = unescaped(&text).filter(|plain| is_intact(plain)) {
        faults.push(Fault::Escaped(place));
        return plain;
    }
    if let Some(decoded) = token::decoded_once_more(&text) {
        faults.push(Fault::DoubleEncoded);
        return Text::Owned(decoded);
    }
    if let Some(range) = token::embedded(&text) {
        faults.push(Fault::TextAroundToken(place));
        text.narrow(range);
    }
    text
}

/// Percent-decodes, and takes the backslash off `\=` (A6, E13); `None` when there is nothing to undo.
pub(super) fn unescaped(text: &[u8]) -> Option<Text<'static>> {
    if !text.iter().any(|byte| matches!(byte, b'%' | b'\\')) {
        return None;
    }
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        let (byte, after) = match (first, after) {
            (b'%', [high, low, after @ ..]) => match octet(*high, *low) {
                Some(byte) => (byte, after),
                None => (b'%', &rest[1..]),
            },
            (b'\\', [b'=', after @ ..]) => (b'=', after),
            _ => (*first, after),
        };
        plain.push(byte);
        rest = after;
    }
    Some(Text::owned(plain))
}

fn octet(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

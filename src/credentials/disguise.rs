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
    let once = unescaped(&text);
    // `%253D`: what was escaped already was escaped again.
    let twice = once.as_deref().and_then(unescaped);
    let mut plain = [once, twice].into_iter().flatten();
    if let Some(plain) = plain.find(|plain| is_intact(plain)) {
        faults.push(Fault::Escaped(place));
        return plain;
    }
    if let Some((decoded, end)) = token::decoded_once_more(&text) {
        faults.push(Fault::DoubleEncoded);
        let mut token = Text::Owned(decoded);
        if end < token.len() {
            faults.push(Fault::TrailingNewline(place));
            token.narrow(0..end);
        }
        return token;
    }
    if let Some(range) = token::embedded(&text) {
        let quoted = [&text[..range.start], &text[range.end..]]
            .into_iter()
            .all(are_quotes);
        faults.push(if quoted {
            Fault::Quoted(place)
        } else {
            Fault::TextAroundToken(place)
        });
        text.narrow(range);
    }
    text
}

/// Nothing but quotes, those of word processors among them.
fn are_quotes(text: &[u8]) -> bool {
    const MARKS: &str = "\"'`\u{2018}\u{2019}\u{201a}\u{201c}\u{201d}\u{201e}\u{ab}\u{bb}";
    std::str::from_utf8(text).is_ok_and(|text| text.chars().all(|c| MARKS.contains(c)))
}

/// Undoes the escapes of URLs, properties files, JSON and HTML (A6, E13); `None` when there is nothing to undo.
pub(super) fn unescaped(text: &[u8]) -> Option<Text<'static>> {
    if !text.iter().any(|byte| matches!(byte, b'%' | b'\\' | b'&')) {
        return None;
    }
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.first() {
        let (byte, length) = escape(rest).unwrap_or((*first, 1));
        plain.push(byte);
        rest = &rest[length..];
    }
    Some(Text::owned(plain))
}

/// The character that an escape at the start of `text` stands for, and the length of the escape.
fn escape(text: &[u8]) -> Option<(u8, usize)> {
    match text {
        [b'%', high, low, ..] => Some((octet(*high, *low)?, 3)),
        [b'\\', b'u', b'0', b'0', high, low, ..] => Some((octet(*high, *low)?, 6)),
        [b'\\', mark, ..] if ESCAPED_MARKS.contains(mark) => Some((*mark, 2)),
        [b'&', ..] => ENTITIES
            .iter()
            .find(|(entity, _)| text.starts_with(entity))
            .map(|(entity, byte)| (*byte, entity.len())),
        _ => None,
    }
}

/// What shells, properties files and JSON put a backslash before, of what user-ids, tokens and base64 consist of.
const ESCAPED_MARKS: &[u8] = b"=@:/+_-";
/// HTML's names and numbers for the same.
const ENTITIES: [(&[u8], u8); 7] = [
    (b"&amp;", b'&'),
    (b"&equals;", b'='),
    (b"&#61;", b'='),
    (b"&#x3d;", b'='),
    (b"&#x3D;", b'='),
    (b"&#64;", b'@'),
    (b"&commat;", b'@'),
];

fn octet(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

//! What hides an intact token: escapes, base64 once too often, more text around it.

use super::escape::{self, Escape};
use super::fault::{Fault, Place};
use super::text::Text;
use super::token::{self, SecretShape};
use std::ops::Range;

/// Takes the disguise off; what comes out is noted only when its checksum proves it right.
pub(super) fn lift<'a>(text: Text<'a>, place: Place, faults: &mut Vec<Fault>) -> Text<'a> {
    uncover(text, place, faults, |token| token.start == 0)
}

/// The same for the secret of a pair, which people make of a whole pair in base64.
pub(super) fn lift_half<'a>(text: Text<'a>, place: Place, faults: &mut Vec<Fault>) -> Text<'a> {
    uncover(text, place, faults, |_| true)
}

fn uncover<'a>(
    mut text: Text<'a>,
    place: Place,
    faults: &mut Vec<Fault>,
    is_right: fn(&Range<usize>) -> bool,
) -> Text<'a> {
    let is_intact = |text: &[u8]| SecretShape::classify(text, None).is_intact();
    if is_intact(&text) {
        return text;
    }
    let once = unescaped(&text);
    // `%253D`: what was escaped already was escaped again.
    let twice = once.as_deref().and_then(unescaped);
    let mut plain = [once, twice].into_iter().flatten().collect::<Vec<_>>();
    if let Some(whole) = plain.iter().position(|plain| is_intact(plain)) {
        faults.push(Fault::Escaped(place));
        return plain.swap_remove(whole);
    }
    if let Some(token) = decoded(&text, place, faults, is_right) {
        return token;
    }
    if let Some(range) = token::embedded(&text) {
        faults.push(around(&text, &range, place));
        text.narrow(range);
        return text;
    }
    // A clone address holds the token escaped.
    for mut plain in plain {
        if let Some(range) = token::embedded(&plain) {
            faults.extend([Fault::Escaped(place), around(&plain, &range, place)]);
            plain.narrow(range);
            return plain;
        }
    }
    text
}

/// The token that this is the base64 of, if it stands where `is_right`.
fn decoded(
    text: &[u8],
    place: Place,
    faults: &mut Vec<Fault>,
    is_right: fn(&Range<usize>) -> bool,
) -> Option<Text<'static>> {
    let (decoded, token) = token::decoded_once_more(text).filter(|(_, token)| is_right(token))?;
    faults.push(Fault::DoubleEncoded);
    if token.end < decoded.len() {
        faults.push(Fault::TrailingNewline(place));
    }
    let mut decoded = Text::Owned(decoded);
    decoded.narrow(token);
    Some(decoded)
}

/// What stands around the token: quotes, or more.
fn around(text: &[u8], token: &Range<usize>, place: Place) -> Fault {
    let mut sides = [&text[..token.start], &text[token.end..]].into_iter();
    if sides.all(are_quotes) {
        Fault::Quoted(place)
    } else {
        Fault::TextAroundToken(place)
    }
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
    Some(Text::owned(escape::undone(text, any)))
}

fn any(text: &[u8]) -> Option<Escape> {
    match text {
        [b'\\', b'u', b'0', b'0', high, low, ..] => Some((escape::octet(*high, *low)?, 6)),
        [b'\\', mark, ..] if ESCAPED_MARKS.contains(mark) => Some((*mark, 2)),
        _ => escape::percent(text).or_else(|| escape::entity(text, &ENTITIES)),
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

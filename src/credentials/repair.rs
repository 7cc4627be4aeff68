//! Frees a value or a half from what does not belong to it, and notes what that was.

use super::fault::{Fault, Place};
use super::text::Text;
use super::token::{self, SecretShape};
use super::user_id::{self, UserIdKind};
use std::ops::Range;

const QUOTES: &[u8] = b"\"'`";

/// The whole field value: what surrounds it, and characters that nobody sees.
pub(super) fn value<'a>(value: &'a [u8], faults: &mut Vec<Fault>) -> Text<'a> {
    let mut text = Text::Borrowed(value);
    // Blanks around a field value are no part of it (RFC 9110 5.5).
    let inner = trimmed(&text, is_blank);
    text.narrow(inner);
    if !text.iter().all(|byte| is_plain(*byte) || *byte == b'\t') {
        text = visible(text, Place::Value, faults);
    }
    unquote(&mut text, Place::Value, faults);
    text
}

/// The user-id or the secret.
pub(super) fn half<'a>(half: &'a [u8], place: Place, faults: &mut Vec<Fault>) -> Text<'a> {
    let mut text = Text::Borrowed(half);
    tidy(&mut text, place, faults);
    if !text.iter().all(|byte| is_plain(*byte)) {
        text = visible(text, place, faults);
        tidy(&mut text, place, faults);
    }
    text
}

/// Takes off what surrounds a half: a line end behind the quotes, quotes, a line end within them.
fn tidy(text: &mut Text<'_>, place: Place, faults: &mut Vec<Fault>) {
    end_line(text, place, faults);
    unquote(text, place, faults);
    end_line(text, place, faults);
}

/// Notes a fault that may be there twice.
fn note(fault: Fault, faults: &mut Vec<Fault>) {
    if !faults.contains(&fault) {
        faults.push(fault);
    }
}

/// Takes line ends off the end (E8).
fn end_line(text: &mut Text<'_>, place: Place, faults: &mut Vec<Fault>) {
    let kept = text.len()
        - text
            .iter()
            .rev()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
    if kept < text.len() {
        note(Fault::TrailingNewline(place), faults);
        text.narrow(0..kept);
    }
}

/// Takes blanks, quotes and angle brackets off both ends (E17).
///
/// A quote on one side only, and angle brackets, may belong to a password or a template: they go when a token or an
/// email address is left.
pub(super) fn unquote(text: &mut Text<'_>, place: Place, faults: &mut Vec<Fault>) {
    let mut inner = trimmed(text, is_blank);
    while let Some(narrower) = without_quotes(&text[inner.clone()]) {
        inner = inner.start + narrower.start..inner.start + narrower.end;
    }
    let edge = |byte: u8| is_blank(byte) || QUOTES.contains(&byte) || matches!(byte, b'<' | b'>');
    let bare = trimmed(text, edge);
    if bare.len() < inner.len() && is_unmistakable(&text[bare.clone()]) {
        inner = bare;
    }
    if inner.len() < text.len() {
        note(Fault::Quoted(place), faults);
        text.narrow(inner);
    }
}

fn without_quotes(text: &[u8]) -> Option<Range<usize>> {
    let (first, last) = (text.first()?, text.last()?);
    let quoted = text.len() >= 2 && first == last && QUOTES.contains(first);
    quoted.then(|| {
        let inner = trimmed(&text[1..text.len() - 1], is_blank);
        inner.start + 1..inner.end + 1
    })
}

fn is_unmistakable(text: &[u8]) -> bool {
    user_id::is_email(text)
        || UserIdKind::of(text).is_literal()
        || is_token(text)
        || token::decoded_once_more(text).is_some()
}

pub(super) fn is_token(text: &[u8]) -> bool {
    SecretShape::classify(text, None).kind.is_token()
}

/// Drops characters that nobody sees; a no-break blank becomes a blank (E17, E38).
fn visible<'a>(text: Text<'a>, place: Place, faults: &mut Vec<Fault>) -> Text<'a> {
    let mut kept = Vec::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        for character in chunk.valid().chars().filter(|c| !is_invisible(*c)) {
            match character {
                '\u{a0}' => kept.push(b' '),
                _ => kept.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        // Latin-1, in which 0xA0 is the no-break blank.
        let latin = chunk.invalid().iter();
        kept.extend(latin.map(|byte| if *byte == 0xa0 { b' ' } else { *byte }));
    }
    if kept != *text {
        faults.push(Fault::Invisible(place));
    }
    if !kept.is_ascii() {
        faults.push(Fault::NonAscii(place));
    }
    Text::owned(kept)
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

pub(super) fn trimmed(text: &[u8], drop: impl Fn(u8) -> bool) -> Range<usize> {
    let start = text.iter().take_while(|byte| drop(**byte)).count();
    let tail = text[start..]
        .iter()
        .rev()
        .take_while(|byte| drop(**byte))
        .count();
    start..text.len() - tail
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn is_plain(byte: u8) -> bool {
    byte == b' ' || byte.is_ascii_graphic()
}

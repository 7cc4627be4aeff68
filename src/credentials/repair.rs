//! Frees a value or a half from what does not belong to it, and notes what that was.

use super::fault::{Fault, Place};
use super::text::Text;
use super::token::{self, SecretShape};
use super::user_id::{self, UserIdKind};
use std::ops::Range;

const QUOTES: &[u8] = b"\"'`";
/// Under no other is the value text that tools break into lines.
const SCHEME_OF_LINES: &[u8] = b"Basic ";

/// The whole field value: what surrounds it, and characters that nobody sees.
pub(super) fn value<'a>(value: &'a [u8], faults: &mut Vec<Fault>) -> Text<'a> {
    let mut text = Text::Borrowed(value);
    // Blanks around a field value are no part of it (RFC 9110 5.5).
    let inner = trimmed(&text, is_blank);
    text.narrow(inner);
    end_line(&mut text, Place::Value, faults);
    join_lines(&mut text);
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

/// A value that goes on in further lines, as base64 does that was broken into some (E7): a line end counts as the
/// blank that a reader of the head makes of it (RFC 9112 5.2).
fn join_lines(text: &mut Text<'_>) {
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let start = text.get(..SCHEME_OF_LINES.len());
    let is_basic = start.is_some_and(|start| start.eq_ignore_ascii_case(SCHEME_OF_LINES));
    if is_basic && text.iter().any(is_end) {
        let joined = text
            .iter()
            .map(|byte| if is_end(byte) { b' ' } else { *byte });
        *text = Text::owned(joined.collect());
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
    // As Python prints bytes.
    let start = usize::from(text.starts_with(b"b'") || text.starts_with(b"b\"")) + 1;
    let (first, last) = (text.get(start - 1)?, text.last()?);
    let quoted = text.len() > start && first == last && QUOTES.contains(first);
    quoted.then(|| {
        let inner = trimmed(&text[start..text.len() - 1], is_blank);
        inner.start + start..inner.end + start
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

/// Stands for a no-break blank until its place is known; a control character never stays.
const NO_BREAK: u8 = 0;

/// Drops characters that nobody sees; a no-break blank becomes a blank, and goes at the ends (E17, E38).
fn visible<'a>(text: Text<'a>, place: Place, faults: &mut Vec<Fault>) -> Text<'a> {
    let mut kept = Vec::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        for character in chunk.valid().chars().filter(|c| !is_invisible(*c)) {
            match character {
                '\u{a0}' => kept.push(NO_BREAK),
                _ => kept.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        // Latin-1, in which 0xA0 is the no-break blank.
        let latin = chunk.invalid().iter();
        kept.extend(latin.map(|byte| if *byte == 0xa0 { NO_BREAK } else { *byte }));
    }
    if kept != *text {
        faults.push(Fault::Invisible(place));
    }
    let inner = trimmed(&kept, |byte| byte == NO_BREAK);
    for byte in kept.iter_mut().filter(|byte| **byte == NO_BREAK) {
        *byte = b' ';
    }
    let mut kept = Text::owned(kept);
    kept.narrow(inner);
    if !kept.is_ascii() {
        faults.push(Fault::NonAscii(place));
    }
    kept
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

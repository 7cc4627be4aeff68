//! Lines of any input: capped, without line ends, colours and what a terminal would have overwritten.

use super::{MAX_FIELD, container};
use std::borrow::Cow;
use std::io::{self, BufRead, Read};

const ESCAPE: u8 = 0x1b;
/// Jenkins hides notes of its own in a line: this mark, base64, and the mark that ends hiding.
const HIDDEN_NOTE: &[u8] = b"\x1b[8mha:";

pub struct Lines<R> {
    input: R,
    line: Vec<u8>,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R) -> Self {
        Self {
            input,
            line: Vec::new(),
            number: 0,
        }
    }

    /// The next line and its number, from 1. Of a line beyond the cap its beginning.
    pub fn next(&mut self) -> io::Result<Option<(u64, Cow<'_, [u8]>)>> {
        self.line.clear();
        let mut capped = (&mut self.input).take(MAX_FIELD as u64);
        if capped.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        if self.line.len() == MAX_FIELD && !self.line.ends_with(b"\n") {
            self.input.skip_until(b'\n')?;
        }
        self.number += 1;
        if let Some(line) = container::unwrapped(&self.line) {
            self.line = line;
        }
        let line = shown(trimmed(&self.line));
        let line = if line.contains(&ESCAPE) {
            Cow::Owned(without_escapes(line))
        } else {
            Cow::Borrowed(line)
        };
        Ok(Some((self.number, line)))
    }
}

fn trimmed(line: &[u8]) -> &[u8] {
    let ends = line.iter().rev();
    let end = ends
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    &line[..line.len() - end]
}

/// What a terminal shows: a progress meter returns to the first column and writes over itself.
fn shown(line: &[u8]) -> &[u8] {
    line.rsplit(|byte| *byte == b'\r').next().unwrap_or(line)
}

fn without_escapes(line: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.iter().position(|byte| *byte == ESCAPE) {
        plain.extend_from_slice(&rest[..at]);
        rest = after_escape(&rest[at..]);
    }
    plain.extend_from_slice(rest);
    plain
}

/// Behind the escape sequence with which it begins (ECMA-48 5.3, 5.4, 5.6, 8.3.89).
fn after_escape(text: &[u8]) -> &[u8] {
    if let Some(note) = text.strip_prefix(HIDDEN_NOTE) {
        let end = note.iter().position(|byte| *byte == ESCAPE);
        return end.map_or(&[], |end| &note[end..]);
    }
    let end = |body: &[u8], is_end: fn(u8) -> bool| {
        let length = body.iter().position(|byte| is_end(*byte));
        length.map_or(body.len(), |length| length + 1)
    };
    match text {
        [_, b'[', body @ ..] => &body[end(body, |byte| (0x40..=0x7e).contains(&byte))..],
        [_, b']' | b'_' | b'P' | b'^' | b'X', body @ ..] => {
            &body[end(body, |byte| matches!(byte, 7 | b'\\'))..]
        }
        [_, b'(' | b')', _, rest @ ..] | [_, _, rest @ ..] => rest,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<String> {
        let mut lines = Lines::new(text);
        let mut all = Vec::new();
        while let Some((_, line)) = lines.next().unwrap() {
            all.push(String::from_utf8(line.into_owned()).unwrap());
        }
        all
    }

    #[test]
    fn line_ends_colours_and_meters_go() {
        assert_eq!(lines(b"a\r\nb\n\nc"), ["a", "b", "", "c"]);
        assert_eq!(
            lines(b"\x1b[1;31m> GET\x1b[0m /\x1b(B\x1b]0;title\x07\n"),
            ["> GET /"]
        );
        assert_eq!(
            lines(b"  0 --:--:-- 0\r100 --:--:-- 1\r\n"),
            ["100 --:--:-- 1"]
        );
        assert_eq!(
            lines(b"\x1b[8mha:////4AAB\x1b[0m> Host: a\n"),
            ["> Host: a"]
        );
        assert_eq!(
            lines(b"\x1b_bk;t=1764002412345\x07> Host: a\n"),
            ["> Host: a"]
        );
        assert_eq!(lines(b"a\x1b"), ["a"]);
    }

    #[test]
    fn a_long_line_is_cut_and_the_next_one_is_whole() {
        let text = [vec![b'x'; 3 * MAX_FIELD], b"\nnext\n".to_vec()].concat();
        let lines = lines(&text);
        assert_eq!((lines[0].len(), lines[1].as_str()), (MAX_FIELD, "next"));
    }
}

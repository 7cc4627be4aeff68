//! curl --trace-ascii: sections of lines with offsets, cut after 64 columns; and --trace, with every byte in
//! hexadecimal.
//!
//! The offsets tell a cut from a line end: after a cut the next line begins where this one ends. In hexadecimal the
//! line ends are bytes like all others.

use super::MAX_FIELD;
use super::line::Line;

mod hex;

/// What a section holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Request,
    Answer,
    Body,
    /// Bytes of TLS, and what is sent.
    Other,
}

/// The section that is open, and its last line as far as it is known.
#[derive(Default)]
pub struct Dump {
    section: Option<Section>,
    text: Option<Vec<u8>>,
    /// Its line ends are written out.
    is_hex: bool,
    /// Where the text would go on.
    next: u64,
}

impl Dump {
    /// Takes a line that belongs to a dump; false for any other one, before which the last line is complete.
    pub fn take(&mut self, line: &[u8], each: &mut dyn FnMut(Line<'_>)) -> bool {
        if let Some(section) = heading(line) {
            self.flush(each);
            self.section = Some(section);
            return true;
        }
        let Some((offset, text)) = self.section.and_then(|_| numbered(line)) else {
            self.flush(each);
            self.section = None;
            return false;
        };
        let bytes = hex::bytes(text);
        if self.text.is_none() || offset != self.next || bytes.is_some() != self.is_hex {
            self.flush(each);
        }
        self.is_hex = bytes.is_some();
        let bytes = bytes.as_deref().unwrap_or(text);
        self.next = offset + bytes.len() as u64;
        let kept = self.text.get_or_insert_default();
        let room = MAX_FIELD.saturating_sub(kept.len());
        kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
        if self.is_hex {
            self.whole_lines(each);
        }
        true
    }

    /// Those of which the end was read; what follows may begin another one.
    fn whole_lines(&mut self, each: &mut dyn FnMut(Line<'_>)) {
        let text = self.text.take().unwrap_or_default();
        let mut rest = text.as_slice();
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let line = &rest[..end];
            self.line(line.strip_suffix(b"\r").unwrap_or(line), each);
            rest = &rest[end + 1..];
        }
        self.text = (!rest.is_empty()).then(|| rest.to_vec());
    }

    /// The last line, once nothing can follow it.
    pub fn flush(&mut self, each: &mut dyn FnMut(Line<'_>)) {
        let Some(text) = self.text.take() else {
            return;
        };
        let is_dotted = !self.is_hex && self.section == Some(Section::Body);
        let body = text.strip_suffix(b".").filter(|_| is_dotted);
        self.line(body.unwrap_or(&text), each);
    }

    fn line(&self, text: &[u8], each: &mut dyn FnMut(Line<'_>)) {
        match self.section {
            Some(Section::Request) => each(Line::Request(text)),
            Some(Section::Answer) => each(Line::Answer(text)),
            Some(Section::Body) => each(Line::Body(text)),
            Some(Section::Other) | None => {}
        }
    }
}

/// `=> Send header, 324 bytes (0x144)`; the sizes of git's trace have ten digits and no dump below them.
fn heading(line: &[u8]) -> Option<Section> {
    let (section, rest) = [
        (&b"=> Send header, "[..], Section::Request),
        (b"<= Recv header, ", Section::Answer),
        (b"<= Recv data, ", Section::Body),
        (b"=> Send data, ", Section::Other),
        (b"=> Send SSL data, ", Section::Other),
        (b"<= Recv SSL data, ", Section::Other),
    ]
    .into_iter()
    .find_map(|(mark, section)| Some((section, line.strip_prefix(mark)?)))?;
    rest.ends_with(b")").then_some(section)
}

/// `0031: Authorization: Basic ...`
fn numbered(line: &[u8]) -> Option<(u64, &[u8])> {
    let colon = line.iter().take(12).position(|byte| *byte == b':')?;
    let digits = std::str::from_utf8(&line[..colon]).ok()?;
    (digits.len() >= 4).then_some(())?;
    let offset = u64::from_str_radix(digits, 16).ok()?;
    let text = &line[colon + 1..];
    Some((offset, text.strip_prefix(b" ").unwrap_or(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requests(dump: &str) -> Vec<String> {
        let mut lines = Vec::new();
        let mut each = |line: Line<'_>| match line {
            Line::Request(text) => lines.push(String::from_utf8(text.to_vec()).unwrap()),
            other => panic!("{other:?}"),
        };
        let mut state = Dump::default();
        for line in dump.lines() {
            assert!(state.take(line.as_bytes(), &mut each), "{line}");
        }
        state.flush(&mut each);
        lines
    }

    #[test]
    fn a_cut_line_is_joined_and_a_broken_one_is_not() {
        let long = "x".repeat(64);
        let dump = format!(
            "=> Send header, 1 bytes (0x1)\n0000: GET / HTTP/1.1\n0010: {long}\n0050: y\n0053: \n"
        );
        assert_eq!(requests(&dump), ["GET / HTTP/1.1", &format!("{long}y"), ""]);
        // A line end stands between these: two bytes more.
        let dump = format!("=> Send header, 1 bytes (0x1)\n0000: {long}\n0042: y\n");
        assert_eq!(requests(&dump), [long.as_str(), "y"]);
    }

    #[test]
    fn numbers_outside_a_section_are_text() {
        assert!(!Dump::default().take(b"0000: GET / HTTP/1.1", &mut |_| panic!("no line")));
    }
}

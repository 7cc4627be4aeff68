//! wget -d: heads between lines of their own, without marks.

use super::date;
use super::line::Line;
use time::UtcDateTime;

/// Which head is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Request,
    Response,
    /// `proxy responded with: [HTTP/1.1 407 ...`, up to a line of its own with the bracket.
    Proxy,
    /// `Skipping 20 bytes of body: [...`
    Body,
}

#[derive(Default)]
pub struct Wget {
    section: Option<Section>,
}

impl Wget {
    /// Takes a line of a head or body; false for any other.
    pub fn take(&mut self, line: &[u8], each: &mut dyn FnMut(Line<'_>)) -> bool {
        let opened = match line {
            b"---request begin---" => Some(Section::Request),
            b"---response begin---" => Some(Section::Response),
            _ => None,
        };
        if opened.is_some() {
            self.section = opened;
            return true;
        }
        if let Some(start) = line.strip_prefix(b"proxy responded with: [") {
            self.section = Some(Section::Proxy);
            each(Line::Answer(start));
            return true;
        }
        if let Some(body) = skipped_body(line) {
            let (body, ends) = ending(body);
            self.section = (!ends).then_some(Section::Body);
            each(Line::Body(body));
            return true;
        }
        let Some(section) = self.section else {
            return false;
        };
        if matches!(line, b"---request end---" | b"---response end---") {
            self.section = None;
            return true;
        }
        match section {
            Section::Request => each(Line::Request(line)),
            Section::Response => each(Line::Answer(line)),
            Section::Proxy if line == b"]" => self.section = None,
            Section::Proxy => each(Line::Answer(line)),
            Section::Body => {
                let (body, ends) = ending(line);
                self.section = (!ends).then_some(Section::Body);
                each(Line::Body(body));
            }
        }
        true
    }
}

fn skipped_body(line: &[u8]) -> Option<&[u8]> {
    let rest = line.strip_prefix(b"Skipping ")?;
    let mark = b" bytes of body: [";
    let at = rest
        .windows(mark.len())
        .take(24)
        .position(|part| part == mark)?;
    Some(&rest[at + mark.len()..])
}

/// Without `] done.`, and whether that was there.
fn ending(line: &[u8]) -> (&[u8], bool) {
    match line.strip_suffix(b"] done.") {
        Some(body) => (body, true),
        None => (line, false),
    }
}

/// Date and address of `--2026-11-24 21:13:53--  https://api.bitbucket.org/2.0/user`. The time is the machine's own;
/// it counts as UTC.
pub fn announced(line: &[u8]) -> Option<(UtcDateTime, &str)> {
    let rest = line.strip_prefix(b"--")?;
    let (date, length) = date::timestamp(rest)?;
    let address = std::str::from_utf8(rest[length..].strip_prefix(b"--")?).ok()?;
    Some((date, address.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::utc_datetime;

    #[test]
    fn heads_and_bodies_are_taken() {
        let mut lines = Vec::new();
        let mut wget = Wget::default();
        for line in [
            "---request begin---",
            "GET / HTTP/1.1",
            "",
            "---request end---",
            "Skipping 20 bytes of body: [Invalid",
            "] done.",
        ] {
            assert!(
                wget.take(line.as_bytes(), &mut |line| lines.push(format!("{line:?}"))),
                "{line}"
            );
        }
        assert!(!wget.take(b"Reusing fd 3.", &mut |_| ()));
        assert_eq!(lines.len(), 4, "{lines:?}");
    }

    #[test]
    fn the_first_line_has_date_and_address() {
        let line = b"--2026-11-24 21:13:53--  https://a.example/x";
        assert_eq!(
            announced(line),
            Some((utc_datetime!(2026-11-24 21:13:53), "https://a.example/x"))
        );
    }
}

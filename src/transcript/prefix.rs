//! What others put before the lines of a tool: logs, containers, mails, web pages.

use super::date;
use super::line::{is_marked, is_request_line};
use entity::unescaped;
use form::{
    bamboo, blanks, bracketed, container, level, meter, place, process, syslog, time_alone,
};
use std::borrow::Cow;
use time::UtcDateTime;

mod entity;
mod form;

/// More prefixes before one line are not looked for.
const MOST: usize = 6;

/// Takes prefixes off, and remembers what the lines before had.
#[derive(Default)]
pub struct Prefixes {
    /// The date of the last timestamp that had one.
    pub date: Option<UtcDateTime>,
    /// `&gt; GET`: copied from a web page.
    escaped: bool,
    /// `> > GET`: answered in a mail, so many times.
    quotes: usize,
    /// Blanks before every line: a block of code.
    indent: usize,
}

impl Prefixes {
    /// The line as its tool wrote it.
    pub fn strip<'a>(&mut self, line: &'a [u8]) -> Cow<'a, [u8]> {
        if !self.is_escaped(line) {
            return Cow::Borrowed(&line[self.length(line)..]);
        }
        let mut plain = unescaped(line);
        plain.drain(..self.length(&plain));
        Cow::Owned(plain)
    }

    /// Whether entities stand for characters in this line, as a mark that is written with one shows.
    fn is_escaped(&mut self, line: &[u8]) -> bool {
        const MARKS: [&[u8]; 5] = [b"&gt;", b"&lt;", b"=&gt;", b"&lt;=", b"send: b&#"];
        if !line.contains(&b'&') {
            return false;
        }
        if !self.escaped {
            let rest = &line[self.length(line)..];
            let rest = rest.strip_prefix(b"> ").unwrap_or(rest);
            self.escaped = MARKS.iter().any(|mark| rest.starts_with(mark));
        }
        self.escaped
    }

    /// Bytes of all prefixes.
    fn length(&mut self, line: &[u8]) -> usize {
        let (mut at, mut quotes) = (0, 0);
        for _ in 0..MOST {
            let rest = &line[at..];
            let length = if is_marked(rest) || rest.starts_with(b">") {
                let length = self.quote(rest, quotes);
                quotes += usize::from(length > 0);
                length
            } else {
                self.prefix(rest)
            };
            if length == 0 {
                break;
            }
            at += length;
        }
        at
    }

    /// Bytes of all prefixes that are no quotes.
    fn outer(&mut self, line: &[u8]) -> usize {
        let mut at = 0;
        for _ in 0..MOST {
            if is_marked(&line[at..]) {
                break;
            }
            at += self.prefix(&line[at..]);
        }
        at
    }

    fn prefix(&mut self, line: &[u8]) -> usize {
        let indent = self.indentation(line);
        if indent > 0 {
            return indent;
        }
        if let Some((date, length)) = bracketed(line, date::timestamp) {
            self.date = Some(date);
            return length;
        }
        let forms: [fn(&[u8]) -> usize; 8] = [
            time_alone, syslog, process, bamboo, container, level, place, meter,
        ];
        forms
            .into_iter()
            .map(|form| form(line))
            .find(|length| *length > 0)
            .unwrap_or(0)
    }

    /// Blanks before a line with a mark; later so many before any line.
    fn indentation(&mut self, line: &[u8]) -> usize {
        let count = blanks(line, 1).unwrap_or(0);
        if count > 0 {
            let rest = &line[count..];
            let tool = &rest[self.outer(rest)..];
            if is_marked(tool) || is_request_line(tool) {
                self.indent = count;
            }
        }
        count.min(self.indent)
    }

    /// The `> ` of a mail before a line that has a mark of its own; later in the same mail before any line. `before`:
    /// those that this line had already.
    fn quote(&mut self, line: &[u8], before: usize) -> usize {
        let Some(rest) = line.strip_prefix(b">") else {
            return 0;
        };
        let blank = usize::from(rest.first() == Some(&b' '));
        let rest = &rest[blank..];
        // `> GET` is curl's, `>GET` is none.
        let marked = is_marked(&rest[self.outer(rest)..]) || blank == 0 && is_request_line(rest);
        if marked {
            self.quotes = self.quotes.max(before + 1);
        }
        if marked || before < self.quotes {
            1 + blank
        } else {
            0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::utc_datetime;

    fn stripped(lines: &[&str]) -> String {
        let mut prefixes = Prefixes::default();
        let mut last = String::new();
        for line in lines {
            last = String::from_utf8(prefixes.strip(line.as_bytes()).into_owned()).unwrap();
        }
        last
    }

    #[test]
    fn prefixes_go() {
        for line in [
            "> GET / HTTP/1.1",
            "16:40:12.345678 > GET / HTTP/1.1",
            "[2026-11-24T16:40:12.345Z] > GET / HTTP/1.1",
            "2026-11-24T16:40:12.3456789Z > GET / HTTP/1.1",
            "2026-11-24 16:40:12,345 DEBUG > GET / HTTP/1.1",
            "[16:40:12] > GET / HTTP/1.1",
            "Nov 24 16:40:12 host runner[12]: > GET / HTTP/1.1",
            "web-1  | > GET / HTTP/1.1",
            "web_1 | 2026-11-24T16:40:12Z stderr F > GET / HTTP/1.1",
            "[Pipeline] > GET / HTTP/1.1",
            "##[debug]> GET / HTTP/1.1",
            "> > GET / HTTP/1.1",
            "    > GET / HTTP/1.1",
            "[16:40:12]W:\t [Step 1/2] > GET / HTTP/1.1",
            "build\t24-Nov-2026 16:40:12\t> GET / HTTP/1.1",
            "2026-11-24T16:40:12+0000 host runner[12]: > GET / HTTP/1.1",
            "&gt; GET / HTTP/1.1",
            "> &gt; GET / HTTP/1.1",
            "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0> GET / HTTP/1.1",
        ] {
            assert_eq!(stripped(&[line]), "> GET / HTTP/1.1", "{line}");
        }
        let git = "21:13:53.532167 http.c:872              => Send header: Host: a";
        assert_eq!(stripped(&[git]), "=> Send header: Host: a");
    }

    #[test]
    fn a_quoted_answer_and_empty_lines_within_quotes() {
        assert_eq!(stripped(&["> > GET / HTTP/1.1", "> >"]), ">");
        assert_eq!(
            stripped(&["> > GET / HTTP/1.1", "> < HTTP/1.1 401 Unauthorized"]),
            "< HTTP/1.1 401 Unauthorized"
        );
        assert_eq!(stripped(&["> * Connected to a"]), "* Connected to a");
        assert_eq!(stripped(&["> GET / HTTP/1.1", "> "]), "> ");
    }

    #[test]
    fn what_is_no_prefix_stays() {
        for line in [
            "Host: a",
            "[1, 2]",
            "{\"a\": \"b | c\"}",
            "< Date: x",
            "Authorization: Basic A&gt;",
            "date: Tue, 24 Nov 2026 16:40:12 GMT",
        ] {
            assert_eq!(stripped(&[line]), line);
        }
    }

    #[test]
    fn the_date_is_remembered() {
        let mut prefixes = Prefixes::default();
        prefixes.strip(b"[2026-11-24T16:40:12.345Z] + curl -v");
        prefixes.strip(b"16:41:00 x");
        assert_eq!(prefixes.date, Some(utc_datetime!(2026-11-24 16:40:12)));
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..80), text in "[>< &\\[\\]0-9:|A-Z;gtl-]{0,60}") {
            let mut prefixes = Prefixes::default();
            prefixes.strip(&bytes);
            prefixes.strip(text.as_bytes());
        }
    }
}

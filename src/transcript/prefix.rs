//! What others put before the lines of a tool: logs, containers, mails, web pages.

use super::date;
use super::line::is_marked;
use std::borrow::Cow;
use time::UtcDateTime;

/// More prefixes before one line are not looked for.
const MOST: usize = 6;

/// Takes prefixes off, and remembers what the lines before had.
#[derive(Default)]
pub struct Prefixes {
    /// The date of the last timestamp that had one.
    pub date: Option<UtcDateTime>,
    /// `&gt; GET`: copied from a web page.
    escaped: bool,
    /// `> > GET`: answered in a mail.
    quoted: bool,
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
                let length = self.quote(rest, quotes == 0);
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
        if let Some((date, length)) = bracketed(line, date::timestamp) {
            self.date = Some(date);
            return length;
        }
        let forms: [fn(&[u8]) -> usize; 6] = [time_alone, syslog, container, level, place, meter];
        forms
            .into_iter()
            .map(|form| form(line))
            .find(|length| *length > 0)
            .unwrap_or(0)
    }

    /// The `> ` of a mail before a line that has a mark of its own; later in the same mail before any line.
    fn quote(&mut self, line: &[u8], is_first: bool) -> usize {
        let Some(rest) = line.strip_prefix(b">") else {
            return 0;
        };
        let blank = usize::from(rest.first() == Some(&b' '));
        let rest = &rest[blank..];
        let marked = is_marked(&rest[self.outer(rest)..]);
        let is_quote = marked || self.quoted && is_first;
        self.quoted |= is_quote;
        if is_quote { 1 + blank } else { 0 }
    }
}

/// A timestamp, perhaps in brackets, and the blanks behind it.
fn bracketed<T>(line: &[u8], parse: fn(&[u8]) -> Option<(T, usize)>) -> Option<(T, usize)> {
    let open = usize::from(line.first() == Some(&b'['));
    let (value, length) = parse(&line[open..])?;
    let mut at = open + length;
    if open == 1 {
        (line.get(at) == Some(&b']')).then_some(())?;
        at += 1;
    }
    Some((value, at + blanks(&line[at..], 1)?))
}

/// At least `least` blanks; or the end.
fn blanks(text: &[u8], least: usize) -> Option<usize> {
    let count = text
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    (count >= least || text.is_empty()).then_some(count)
}

/// `16:40:12.345 `, of `--trace-time`, git and Jenkins.
fn time_alone(line: &[u8]) -> usize {
    bracketed(line, date::time_of_day).map_or(0, |(_, length)| length)
}

/// `Nov 24 16:40:12 host process[1]: `
fn syslog(line: &[u8]) -> usize {
    let has_time = line
        .get(7..)
        .is_some_and(|rest| date::time_of_day(rest).is_some());
    let is_month = line
        .get(..3)
        .is_some_and(|month| month[0].is_ascii_uppercase());
    if !(has_time && is_month && line.get(3) == Some(&b' ')) {
        return 0;
    }
    let colon = line
        .windows(2)
        .take(120)
        .skip(16)
        .position(|pair| pair == b": ");
    colon.map_or(0, |colon| colon + 18)
}

/// `web-1  | `, and the stream in logs of containers.
fn container(line: &[u8]) -> usize {
    for stream in [b"stdout F ", b"stderr F ", b"stdout P ", b"stderr P "] {
        if line.starts_with(stream) {
            return stream.len();
        }
    }
    let in_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_./".contains(byte);
    let name = line.iter().take(80).take_while(in_name).count();
    let gap = blanks(&line[name..], 1).unwrap_or(0);
    let bar = name + gap;
    match (name > 0 && gap > 0, line.get(bar), line.get(bar + 1)) {
        (true, Some(b'|'), Some(b' ')) => bar + 2,
        (true, Some(b'|'), None) => bar + 1,
        _ => 0,
    }
}

/// `[Pipeline] `, `[INFO] `, `DEBUG: `, `##[debug]`: one word in front.
fn level(line: &[u8]) -> usize {
    const LEVELS: [&[u8]; 6] = [b"TRACE", b"DEBUG", b"INFO", b"WARN", b"WARNING", b"ERROR"];
    if let Some(rest) = line.strip_prefix(b"##[") {
        return rest
            .iter()
            .take(20)
            .position(|byte| *byte == b']')
            .map_or(0, |end| end + 4);
    }
    if let Some(rest) = line.strip_prefix(b"[") {
        let in_label = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./: ".contains(byte);
        let end = rest
            .iter()
            .take(48)
            .take_while(|byte| in_label(byte))
            .count();
        let ends = end > 0 && rest[end..].starts_with(b"] ");
        return if ends { end + 3 } else { 0 };
    }
    let word = line
        .iter()
        .take_while(|byte| byte.is_ascii_uppercase())
        .count();
    let colon = usize::from(line.get(word) == Some(&b':'));
    let gap = blanks(&line[word + colon..], 1).unwrap_or(0);
    if LEVELS.contains(&&line[..word]) && gap > 0 {
        word + colon + gap
    } else {
        0
    }
}

/// `http.c:872              `, where git says it.
fn place(line: &[u8]) -> usize {
    let word = line
        .iter()
        .take(40)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b".-_:".contains(byte))
        .count();
    let file = &line[..word];
    let is_place = file.windows(3).any(|part| part == b".c:");
    if is_place {
        word + blanks(&line[word..], 1).unwrap_or(0)
    } else {
        0
    }
}

/// curl's progress meter, which does not end its line.
fn meter(line: &[u8]) -> usize {
    const UNKNOWN: &[u8] = b"--:--:--";
    let Some(at) = line
        .windows(UNKNOWN.len())
        .rposition(|part| part == UNKNOWN)
    else {
        return 0;
    };
    let speed = |byte: &&u8| byte.is_ascii_digit() || b" .kMG".contains(byte);
    let after = at + UNKNOWN.len();
    after + line[after..].iter().take_while(speed).count()
}

/// The few entities that a page makes of a transcript.
fn unescaped(line: &[u8]) -> Vec<u8> {
    const ENTITIES: [(&[u8], u8); 8] = [
        (b"&gt;", b'>'),
        (b"&lt;", b'<'),
        (b"&amp;", b'&'),
        (b"&quot;", b'"'),
        (b"&#34;", b'"'),
        (b"&#39;", b'\''),
        (b"&#x27;", b'\''),
        (b"&nbsp;", b' '),
    ];
    let mut plain = Vec::with_capacity(line.len());
    let mut rest = line;
    while let Some(first) = rest.first() {
        let entity = ENTITIES
            .iter()
            .find(|(entity, _)| *first == b'&' && rest.starts_with(entity));
        let (byte, length) = entity.map_or((*first, 1), |(entity, byte)| (*byte, entity.len()));
        plain.push(byte);
        rest = &rest[length..];
    }
    plain
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

//! Python's `http.client` with its debug level: `send: b'...'`, `reply: '...'`, `header: ...`.

use super::line::{Line, is_request_line};

/// Whether a head is open: nothing says when it ends.
#[derive(Default)]
pub struct HttpClient {
    in_answer: bool,
}

impl HttpClient {
    /// Takes a line of it; false for any other, before which an open head ends.
    pub fn take(&mut self, line: &[u8], each: &mut dyn FnMut(Line<'_>)) -> bool {
        if let Some(sent) = line.strip_prefix(b"send: ").and_then(unquoted) {
            self.end(each);
            let mut lines = sent.split(|byte| *byte == b'\n').map(without_cr).peekable();
            // Bodies are sent by themselves, or in the form of what was asked for.
            if lines.peek().is_some_and(|first| is_request_line(first)) {
                let head = lines.take_while(|line| !line.is_empty());
                head.for_each(|line| each(Line::Request(line)));
                each(Line::Request(b""));
            }
            return true;
        }
        if let Some(reply) = line.strip_prefix(b"reply: ").and_then(unquoted) {
            self.end(each);
            self.in_answer = true;
            each(Line::Answer(reply.trim_ascii_end()));
            return true;
        }
        if let Some(field) = line.strip_prefix(b"header: ").filter(|_| self.in_answer) {
            each(Line::Answer(field));
            return true;
        }
        self.end(each);
        false
    }

    pub fn end(&mut self, each: &mut dyn FnMut(Line<'_>)) {
        if std::mem::take(&mut self.in_answer) {
            each(Line::Answer(b""));
        }
    }
}

fn without_cr(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// What `repr` made of bytes or a string; a value that was cut has no quote at its end.
fn unquoted(literal: &[u8]) -> Option<Vec<u8>> {
    let literal = literal.strip_prefix(b"b").unwrap_or(literal);
    let quote = *literal
        .first()
        .filter(|quote| matches!(quote, b'\'' | b'"'))?;
    let inner = &literal[1..];
    let inner = inner.strip_suffix(&[quote]).unwrap_or(inner);
    let mut plain = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((first, after)) = rest.split_first() {
        let (byte, after) = if *first == b'\\' {
            escape(after)
        } else {
            (*first, after)
        };
        plain.push(byte);
        rest = after;
    }
    Some(plain)
}

/// The byte that stands behind a backslash, and what follows it.
fn escape(rest: &[u8]) -> (u8, &[u8]) {
    match rest {
        [b'r', rest @ ..] => (b'\r', rest),
        [b'n', rest @ ..] => (b'\n', rest),
        [b't', rest @ ..] => (b'\t', rest),
        [b'x', high, low, rest @ ..] => {
            let digit = |byte: &u8| char::from(*byte).to_digit(16);
            let byte = digit(high)
                .zip(digit(low))
                .map(|(high, low)| high << 4 | low);
            let byte = byte.and_then(|byte| u8::try_from(byte).ok());
            (byte.unwrap_or(b'?'), rest)
        }
        [byte, rest @ ..] => (*byte, rest),
        [] => (b'\\', rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repr_wrote_is_undone() {
        let plain = |literal: &str| {
            unquoted(literal.as_bytes()).map(|text| String::from_utf8(text).unwrap())
        };
        assert_eq!(
            plain(r#"b'a\r\n\t\\\'"\x41'"#).as_deref(),
            Some("a\r\n\t\\'\"A")
        );
        assert_eq!(plain(r#"b"it's""#).as_deref(), Some("it's"));
        assert_eq!(plain("'cut \\").as_deref(), Some("cut \\"));
        assert_eq!(plain("<io.BytesIO object>"), None);
    }

    #[test]
    fn a_head_ends_where_something_else_begins() {
        let mut lines = Vec::new();
        let mut client = HttpClient::default();
        for line in [
            r"send: b'GET / HTTP/1.1\r\nHost: a\r\n\r\n'",
            r"reply: 'HTTP/1.1 401 Unauthorized\r\n'",
            "header: Date: x",
        ] {
            assert!(client.take(line.as_bytes(), &mut |line| {
                lines.push(format!("{line:?}"));
            }));
        }
        assert!(!client.take(b"Invalid credentials", &mut |line| {
            lines.push(format!("{line:?}"));
        }));
        assert_eq!(lines.len(), 6, "{lines:?}");
        assert_eq!(lines[5], format!("{:?}", Line::Answer(b"")));
    }
}

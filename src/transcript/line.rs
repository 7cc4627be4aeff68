//! A line of a transcript, told apart by the mark that its tool put before it.

/// One line, understood. An empty line of a head ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// Of a request's head.
    Request(&'a [u8]),
    /// Of an answer's head.
    Answer(&'a [u8]),
    /// Of an answer's body.
    Body(&'a [u8]),
    /// The tool's own words.
    Note(&'a [u8]),
    /// Without any mark.
    Bare(&'a [u8]),
}

/// The marks that begin a line of some tool.
const MARKS: &[&[u8]] = &[
    b"> ",
    b"< ",
    b"* ",
    b"=> ",
    b"<= ",
    b"== ",
    b"{ [",
    b"} [",
    b"send: b'",
    b"send: b\"",
    b"send: '",
    b"reply: '",
    b"reply: b'",
    b"header: ",
    b"---re",
    b"proxy responded with: [",
    b"HTTP/1.",
    b"HTTP/2 ",
    b"HTTP/3 ",
];

/// Whether some tool's mark begins this line.
pub fn is_marked(line: &[u8]) -> bool {
    matches!(line, b">" | b"<" | b"*") || MARKS.iter().any(|mark| line.starts_with(mark))
}

/// `GET /2.0/user HTTP/1.1`
pub fn is_request_line(line: &[u8]) -> bool {
    request_line(line).is_some()
}

/// Method and target; a target may hold blanks, as a broken client sends them.
pub fn request_line(line: &[u8]) -> Option<(&str, &str)> {
    let line = std::str::from_utf8(line).ok()?.trim_end();
    let (rest, version) = line.rsplit_once(' ')?;
    let (method, target) = rest.split_once(' ')?;
    let is_version = version.starts_with("HTTP/") && version.len() <= 8;
    let is_method = !method.is_empty()
        && method.len() <= 20
        && method.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_version && is_method && !target.is_empty()).then_some((method, target))
}

/// The status of `HTTP/1.1 401 Unauthorized`, and the reason.
pub fn status_line(line: &[u8]) -> Option<(u16, &[u8])> {
    let rest = line.strip_prefix(b"HTTP/")?;
    let blank = rest.iter().position(|byte| *byte == b' ')?;
    let is_version = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    (blank > 0 && blank <= 3 && rest[..blank].iter().all(is_version)).then_some(())?;
    let rest = rest[blank..].trim_ascii_start();
    let digits = rest.get(..3)?;
    let ends = !rest.get(3).is_some_and(u8::is_ascii_digit);
    let status = std::str::from_utf8(digits).ok()?.parse().ok()?;
    (ends && (100..1000).contains(&status)).then(|| (status, rest[3..].trim_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn start_lines() {
        assert_eq!(
            request_line(b"GET /2.0/user HTTP/1.1"),
            Some(("GET", "/2.0/user"))
        );
        assert_eq!(request_line(b"GET /a b HTTP/2 "), Some(("GET", "/a b")));
        assert_eq!(request_line(b"get / HTTP/1.1"), None);
        assert_eq!(request_line(b"GET /"), None);
        assert_eq!(
            status_line(b"HTTP/1.1 401 Unauthorized"),
            Some((401, &b"Unauthorized"[..]))
        );
        assert_eq!(status_line(b"HTTP/2 401 "), Some((401, &b""[..])));
        assert_eq!(status_line(b"HTTP/2 401"), Some((401, &b""[..])));
        for bad in [
            "HTTP/ 401",
            "HTTP/1.1 40",
            "HTTP/1.1 4011",
            "HTTP/1.1",
            "HTTPS 401",
            "HTTP/1.1 099",
        ] {
            assert_eq!(status_line(bad.as_bytes()), None, "{bad}");
        }
    }
}

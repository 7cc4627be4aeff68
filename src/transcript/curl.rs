//! curl -v, programs on libcurl, and git's trace of it: a mark before each line.

use super::line::Line;

/// By its mark; `None` without one.
pub fn line(line: &[u8]) -> Option<Line<'_>> {
    match line {
        b">" => return Some(Line::Request(b"")),
        b"<" => return Some(Line::Answer(b"")),
        b"*" => return Some(Line::Note(b"")),
        _ => {}
    }
    let after = |mark: &str| line.strip_prefix(mark.as_bytes());
    if let Some(rest) = after("> ") {
        return Some(Line::Request(rest));
    }
    if let Some(rest) = after("< ") {
        return Some(Line::Answer(rest));
    }
    if let Some(rest) = after("* ").or(after("== Info: ")) {
        return Some(Line::Note(rest));
    }
    // `{ [5 bytes data]`: how much went by.
    if after("{ [")
        .or(after("} ["))
        .is_some_and(|rest| rest.ends_with(b"]"))
    {
        return Some(Line::Note(b""));
    }
    git(line)
}

/// `GIT_TRACE_CURL`: marks are whole words, and a line end at the end of the data is shown as a dot.
fn git(line: &[u8]) -> Option<Line<'_>> {
    let after = |mark: &str| {
        let rest = line.strip_prefix(mark.as_bytes())?;
        Some(rest.strip_prefix(b" ").unwrap_or(rest))
    };
    if let Some(rest) = after("=> Send header:") {
        return Some(Line::Request(rest));
    }
    if let Some(rest) = after("<= Recv header:") {
        return Some(Line::Answer(rest));
    }
    if let Some(rest) = after("<= Recv data:") {
        return Some(Line::Body(rest.strip_suffix(b".").unwrap_or(rest)));
    }
    // Sizes, and what is sent.
    let other = line.starts_with(b"=> Send ") || line.starts_with(b"<= Recv ");
    other.then_some(Line::Note(b""))
}

/// `Server auth using Basic with user 'jane'`: the scheme and the user-id.
pub fn server_auth(note: &[u8]) -> Option<(&str, &[u8])> {
    let rest = note.strip_prefix(b"Server auth using ")?;
    let blank = rest.iter().position(|byte| *byte == b' ')?;
    let scheme = std::str::from_utf8(&rest[..blank]).ok()?;
    let user = rest[blank..]
        .strip_prefix(b" with user '")?
        .strip_suffix(b"'")?;
    Some((scheme, user))
}

/// The address in `Issue another request to this URL: 'https://...'`, which holds `user:secret`.
pub fn next_url(note: &[u8]) -> Option<&str> {
    let rest = note.strip_prefix(b"Issue another request to this URL: '")?;
    std::str::from_utf8(rest.strip_suffix(b"'")?).ok()
}

/// Host and port of `Connected to api.bitbucket.org (1.2.3.4) port 443`, or of curl 8's
/// `Established connection to api.bitbucket.org (1.2.3.4 port 443) from ...`.
pub fn connected_to(note: &[u8]) -> Option<(&str, &str)> {
    let note = std::str::from_utf8(note).ok()?;
    let rest = note
        .strip_prefix("Connected to ")
        .or_else(|| note.strip_prefix("Established connection to "))?;
    let (host, rest) = rest.split_once(" (")?;
    let (_, rest) = rest.split_once(" port ")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit());
    Some((host, &rest[..digits.unwrap_or(rest.len())]))
}

/// A body has no line end of its own, so that curl's last words stand in its line.
pub fn body_alone(line: &[u8]) -> &[u8] {
    const LAST_WORDS: [&[u8]; 2] = [b"* Connection #", b"* Closing connection"];
    let begins = |at: &usize| {
        LAST_WORDS
            .iter()
            .any(|words| line[*at..].starts_with(words))
    };
    let mut stars = (0..line.len()).filter(|at| line[*at] == b'*');
    stars.find(begins).map_or(line, |at| &line[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        assert_eq!(line(b"> Host: a"), Some(Line::Request(b"Host: a")));
        assert_eq!(line(b"< "), Some(Line::Answer(b"")));
        assert_eq!(
            line(b"*  SSL certificate verify ok."),
            Some(Line::Note(b" SSL certificate verify ok."))
        );
        assert_eq!(line(b"{ [5 bytes data]"), Some(Line::Note(b"")));
        assert_eq!(
            line(b"=> Send header: Host: a"),
            Some(Line::Request(b"Host: a"))
        );
        assert_eq!(line(b"<= Recv header:"), Some(Line::Answer(b"")));
        assert_eq!(
            line(b"<= Recv header, 0000000027 bytes (0x0000001b)"),
            Some(Line::Note(b""))
        );
        assert_eq!(
            line(b"<= Recv data: Invalid credentials."),
            Some(Line::Body(b"Invalid credentials"))
        );
        assert_eq!(line(b"Invalid credentials"), None);
    }

    #[test]
    fn chatter() {
        assert_eq!(
            server_auth(b"Server auth using Basic with user 'jane'"),
            Some(("Basic", &b"jane"[..]))
        );
        assert_eq!(
            next_url(b"Issue another request to this URL: 'https://a/'"),
            Some("https://a/")
        );
        assert_eq!(
            connected_to(b"Connected to a (127.0.0.1) port 80 (#0)"),
            Some(("a", "80"))
        );
        assert_eq!(
            connected_to(
                b"Established connection to a (127.0.0.1 port 443) from 127.0.0.1 port 5 "
            ),
            Some(("a", "443"))
        );
        assert_eq!(connected_to(b"Connected to a"), None);
    }

    #[test]
    fn the_last_words_are_no_body() {
        let line = b"{\"a\": \"*\"}* Connection #0 to host a left intact";
        assert_eq!(body_alone(line), b"{\"a\": \"*\"}");
        assert_eq!(body_alone(b"2 * 3"), b"2 * 3");
    }
}

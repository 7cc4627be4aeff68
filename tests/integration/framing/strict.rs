//! A parser that shares no code with the program and takes nothing that two readers could read in two ways (RFC 9112).

mod body;
mod head;

pub use head::Fields;

/// A message without doubt about where it begins and ends.
#[derive(Debug)]
pub struct Message {
    /// Request line or status line.
    pub start: String,
    pub fields: Fields,
    pub body: Vec<u8>,
}

/// The messages of one connection.
#[derive(Debug)]
pub struct Read {
    pub whole: Vec<Message>,
    /// The first line of a message whose end did not come.
    pub cut: Option<String>,
}

/// Why bytes are not clearly HTTP, with those bytes.
pub type Doubt = String;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Request,
    Answer,
    AnswerToHead,
}

/// All that an origin got on one connection.
pub fn requests(bytes: &[u8]) -> Result<Read, Doubt> {
    read(bytes, |_| Kind::Request)
}

/// All that a client got on one connection for requests of these methods.
pub fn answers(bytes: &[u8], methods: &[&str]) -> Result<Read, Doubt> {
    read(bytes, |count| match methods.get(count) {
        Some(&"HEAD") => Kind::AnswerToHead,
        _ => Kind::Answer,
    })
}

fn read(mut bytes: &[u8], kind: impl Fn(usize) -> Kind) -> Result<Read, Doubt> {
    let mut whole = Vec::new();
    while !bytes.is_empty() {
        let found = message(bytes, kind(whole.len()));
        let found = found.map_err(|doubt| format!("{doubt}: {}", bytes.escape_ascii()))?;
        let Some((message, rest)) = found else {
            let line = bytes.split(|&byte| byte == b'\r').next().unwrap();
            let cut = Some(String::from_utf8_lossy(line).into_owned());
            return Ok(Read { whole, cut });
        };
        // Interim answers belong to the one that follows.
        if !message.start.starts_with("HTTP/1.1 1") {
            whole.push(message);
        }
        bytes = rest;
    }
    Ok(Read { whole, cut: None })
}

type Found<'a> = Option<(Message, &'a [u8])>;

fn message(bytes: &[u8], kind: Kind) -> Result<Found<'_>, Doubt> {
    let Some((lines, rest)) = head::lines(bytes)? else {
        return Ok(None);
    };
    let (start, lines) = lines.split_first().unwrap();
    let start = match kind {
        Kind::Request => head::request_line(start)?,
        _ => head::status_line(start)?,
    };
    let fields = Fields::parse(lines)?;
    if kind == Kind::Request && start.ends_with("1.1") && fields.all("host").len() != 1 {
        return Err("not one Host".to_owned());
    }
    let framing = body::Framing::of(&start, &fields, kind)?;
    let body = framing.read(rest)?;
    Ok(body.map(|(body, rest)| {
        let message = Message {
            start,
            fields,
            body,
        };
        (message, rest)
    }))
}

#[test]
fn the_judge_takes_what_is_clear_and_nothing_else() {
    let whole = |bytes: &[u8]| requests(bytes).map(|read| (read.whole.len(), read.cut.is_some()));
    let host = "Host: a\r\n";
    let request = |rest: &str| whole(format!("POST /a HTTP/1.1\r\n{host}{rest}").as_bytes());
    assert_eq!(request("\r\n"), Ok((1, false)));
    assert_eq!(request("Content-Length: 2\r\n\r\nab"), Ok((1, false)));
    assert_eq!(request("Content-Length: 3\r\n\r\nab"), Ok((0, true)));
    let chunked = "Transfer-Encoding: chunked\r\n\r\n";
    assert_eq!(
        request(&format!("{chunked}1\r\na\r\n0\r\n\r\n")),
        Ok((1, false))
    );
    assert_eq!(request(&format!("{chunked}1\r\na\r\n")), Ok((0, true)));
    for doubtful in [
        "Content-Length: 1\r\nContent-Length: 1\r\n\r\na",
        "Content-Length: +1\r\n\r\na",
        "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "A: b\n\r\n",
        "A: b\r\n c\r\n\r\n",
        "A : b\r\n\r\n",
        "A: b\rc\r\n\r\n",
        "A: b\0c\r\n\r\n",
        "Host: a\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n+1\r\na\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1\r\nab0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 1\r\n\r\n",
    ] {
        assert!(request(doubtful).is_err(), "{doubtful:?}");
    }
}

//! Where a body ends, if that can be said in one way only.

use super::head::{self, Fields};
use super::{Doubt, Kind};

pub enum Framing {
    None,
    Length(usize),
    Chunked,
    UntilClose,
}

type Body<'a> = Option<(Vec<u8>, &'a [u8])>;

impl Framing {
    pub fn of(start: &str, fields: &Fields, kind: Kind) -> Result<Self, Doubt> {
        let (lengths, codings) = (
            fields.all("content-length"),
            fields.all("transfer-encoding"),
        );
        let is_request = kind == Kind::Request;
        let framing = match (&lengths[..], &codings[..]) {
            ([], []) if is_request => Self::None,
            ([], []) => Self::UntilClose,
            ([length], []) => Self::Length(number(length, 10)?),
            ([], [coding])
                if coding.eq_ignore_ascii_case(b"chunked") && !start.ends_with("1.0") =>
            {
                Self::Chunked
            }
            _ => return Err("not one clear framing".to_owned()),
        };
        let status = start.split(' ').nth(1).unwrap_or_default();
        let never = ["1", "204", "304"]
            .iter()
            .any(|code| status.starts_with(code));
        match !is_request && never || kind == Kind::AnswerToHead {
            true => Ok(Self::None),
            false => Ok(framing),
        }
    }

    /// The body, and what stands behind it; `None` when its end has not come.
    pub fn read(self, bytes: &[u8]) -> Result<Body<'_>, Doubt> {
        Ok(match self {
            Self::None => Some((Vec::new(), bytes)),
            Self::UntilClose => Some((bytes.to_vec(), b"")),
            Self::Length(length) if bytes.len() < length => None,
            Self::Length(length) => Some((bytes[..length].to_vec(), &bytes[length..])),
            Self::Chunked => return chunks(bytes),
        })
    }
}

fn chunks(mut bytes: &[u8]) -> Result<Body<'_>, Doubt> {
    let mut body = Vec::new();
    loop {
        let Some((line, rest)) = head::line(bytes)? else {
            return Ok(None);
        };
        let size = number(line.split(|&byte| byte == b';').next().unwrap(), 16)?;
        if size == 0 {
            return trailers(rest).map(|found| found.map(|rest| (body, rest)));
        }
        if rest.len() < size + 2 {
            return Ok(None);
        }
        body.extend(&rest[..size]);
        bytes = &rest[size + 2..];
        if &rest[size..size + 2] != b"\r\n" {
            return Err("a chunk without its end".to_owned());
        }
    }
}

/// Fields that frame or lead a message stand in no trailer (RFC 9110 6.5.1).
fn trailers(bytes: &[u8]) -> Result<Option<&[u8]>, Doubt> {
    if let Some(rest) = bytes.strip_prefix(b"\r\n") {
        return Ok(Some(rest));
    }
    let Some((lines, rest)) = head::lines(bytes)? else {
        return Ok(None);
    };
    let fields = Fields::parse(&lines)?;
    let barred = [
        "content-length",
        "transfer-encoding",
        "host",
        "authorization",
    ];
    match barred.iter().any(|name| fields.has(name)) {
        true => Err("a trailer that is none".to_owned()),
        false => Ok(Some(rest)),
    }
}

fn number(digits: &[u8], radix: u32) -> Result<usize, Doubt> {
    let clear = !digits.is_empty() && digits.iter().all(|&digit| (digit as char).is_digit(radix));
    let digits = String::from_utf8_lossy(digits);
    let number = usize::from_str_radix(&digits, radix).ok();
    number
        .filter(|_| clear)
        .ok_or_else(|| format!("{digits:?} is no number"))
}

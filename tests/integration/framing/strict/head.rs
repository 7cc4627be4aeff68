//! Start lines and fields, by the letter of the grammar.

use super::Doubt;

/// Names in lower case, and values without the blanks around them.
#[derive(Debug)]
pub struct Fields(Vec<(String, Vec<u8>)>);

impl Fields {
    pub fn parse(lines: &[&[u8]]) -> Result<Self, Doubt> {
        let fields: Result<_, _> = lines.iter().map(|line| field(line)).collect();
        fields.map(Self)
    }

    pub fn all(&self, name: &str) -> Vec<&[u8]> {
        let named = self.0.iter().filter(|(key, _)| key == name);
        named.map(|(_, value)| value.as_slice()).collect()
    }

    pub fn has(&self, name: &str) -> bool {
        !self.all(name).is_empty()
    }
}

/// What was looked for, and the bytes behind it; `None` when it has not all come.
pub type Split<'a, T> = Result<Option<(T, &'a [u8])>, Doubt>;

/// The lines of a head, and what stands behind its empty line; `None` when that has not come.
pub fn lines(bytes: &[u8]) -> Split<'_, Vec<&[u8]>> {
    let mut lines = Vec::new();
    let mut rest = bytes;
    loop {
        let Some((line, behind)) = line(rest)? else {
            return Ok(None);
        };
        rest = behind;
        match line.is_empty() {
            true if lines.is_empty() => return Err("an empty line before a message".to_owned()),
            true => return Ok(Some((lines, rest))),
            false => lines.push(line),
        }
    }
}

/// Up to CRLF; `None` when that has not come.
pub fn line(bytes: &[u8]) -> Split<'_, &[u8]> {
    let Some(at) = bytes.iter().position(|byte| b"\r\n\0".contains(byte)) else {
        return Ok(None);
    };
    match bytes[at..] {
        [b'\r', b'\n', ..] => Ok(Some((&bytes[..at], &bytes[at + 2..]))),
        [b'\r'] => Ok(None),
        _ => Err("a bare CR, LF or NUL".to_owned()),
    }
}

pub fn request_line(line: &[u8]) -> Result<String, Doubt> {
    let parts: Vec<&[u8]> = line.split(|&byte| byte == b' ').collect();
    match parts[..] {
        [method, target, b"HTTP/1.1" | b"HTTP/1.0"]
            if is_token(method)
                && !target.is_empty()
                && target.iter().all(u8::is_ascii_graphic) =>
        {
            Ok(String::from_utf8(line.to_vec()).unwrap())
        }
        _ => Err("a malformed request line".to_owned()),
    }
}

pub fn status_line(line: &[u8]) -> Result<String, Doubt> {
    let code = line.strip_prefix(b"HTTP/1.1 ").unwrap_or_default();
    let clear = code.len() >= 4 && code[..3].iter().all(u8::is_ascii_digit) && code[3] == b' ';
    match clear && is_text(line) {
        true => Ok(String::from_utf8_lossy(line).into_owned()),
        false => Err("a malformed status line".to_owned()),
    }
}

fn field(line: &[u8]) -> Result<(String, Vec<u8>), Doubt> {
    let colon = line.iter().position(|&byte| byte == b':');
    let (name, value) = line.split_at(colon.ok_or("a line without a colon")?);
    if !is_token(name) || !is_text(value) {
        return Err("a malformed field".to_owned());
    }
    let name = String::from_utf8(name.to_ascii_lowercase()).unwrap();
    Ok((name, value[1..].trim_ascii().to_vec()))
}

fn is_token(bytes: &[u8]) -> bool {
    let tchar = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    !bytes.is_empty() && bytes.iter().all(tchar)
}

fn is_text(bytes: &[u8]) -> bool {
    let text = |byte: &u8| matches!(byte, b'\t' | b' '..=b'~' | 0x80..);
    bytes.iter().all(text)
}

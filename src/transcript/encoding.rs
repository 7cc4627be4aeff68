//! UTF-16, as PowerShell's `>` writes it, becomes UTF-8; a byte order mark goes.

use std::io::{self, Read};

const CHUNK: usize = 16 * 1024;

/// How the input spells its characters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// Or anything else that contains ASCII: passed on as it is.
    Utf8,
    Utf16 {
        big_endian: bool,
    },
}

/// UTF-8 of any input.
pub struct Utf8<R> {
    input: R,
    encoding: Option<Encoding>,
    /// A terminal would ask for its end once more.
    is_ended: bool,
    raw: Vec<u8>,
    /// Decoded, from `at` on not yet handed out.
    ready: Vec<u8>,
    at: usize,
    /// The first half of a surrogate pair.
    pending: Option<u16>,
}

impl<R: Read> Utf8<R> {
    pub fn new(input: R) -> Self {
        Self {
            input,
            encoding: None,
            is_ended: false,
            raw: Vec::new(),
            ready: Vec::new(),
            at: 0,
            pending: None,
        }
    }

    /// Decodes a further chunk; false at the end.
    fn advance(&mut self) -> io::Result<bool> {
        self.ready.clear();
        self.at = 0;
        let wanted = self.raw.len() + CHUNK;
        if !self.is_ended {
            let mut limited = (&mut self.input).take(CHUNK as u64);
            limited.read_to_end(&mut self.raw)?;
        }
        let is_last = self.raw.len() < wanted;
        self.is_ended = is_last;
        if self.raw.is_empty() {
            return Ok(false);
        }
        let encoding = match self.encoding {
            Some(encoding) => encoding,
            None => self.begin(),
        };
        match encoding {
            Encoding::Utf8 => std::mem::swap(&mut self.raw, &mut self.ready),
            Encoding::Utf16 { big_endian } => self.decode(big_endian, is_last),
        }
        Ok(!self.ready.is_empty() || !is_last)
    }

    /// Tells the encoding by the mark, or by the zeros between the letters of ASCII, and drops the mark.
    fn begin(&mut self) -> Encoding {
        let (encoding, mark) = match self.raw.as_slice() {
            [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
            [0xff, 0xfe, ..] => (Encoding::Utf16 { big_endian: false }, 2),
            [0xfe, 0xff, ..] => (Encoding::Utf16 { big_endian: true }, 2),
            [first, 0, _, 0, ..] if *first != 0 => (Encoding::Utf16 { big_endian: false }, 0),
            [0, first, 0, _, ..] if *first != 0 => (Encoding::Utf16 { big_endian: true }, 0),
            _ => (Encoding::Utf8, 0),
        };
        self.raw.drain(..mark);
        self.encoding = Some(encoding);
        encoding
    }

    fn decode(&mut self, big_endian: bool, is_last: bool) {
        let pairs = self.raw.chunks_exact(2).map(|pair| {
            let unit = [pair[0], pair[1]];
            if big_endian {
                u16::from_be_bytes(unit)
            } else {
                u16::from_le_bytes(unit)
            }
        });
        let units: Vec<u16> = self.pending.take().into_iter().chain(pairs).collect();
        let split = match units.last() {
            Some(last) if !is_last && (0xd800..0xdc00).contains(last) => units.len() - 1,
            _ => units.len(),
        };
        self.pending = units.get(split).copied();
        let text = char::decode_utf16(units[..split].iter().copied());
        let text: String = text.map(|unit| unit.unwrap_or('\u{fffd}')).collect();
        self.ready = text.into_bytes();
        let odd = self.raw.len() % 2;
        self.raw.drain(..self.raw.len() - odd);
        if is_last {
            self.raw.clear();
        }
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() {
            if self.encoding == Some(Encoding::Utf8) && !self.is_ended {
                let length = self.input.read(buffer)?;
                self.is_ended = length == 0 && !buffer.is_empty();
                return Ok(length);
            }
            if !self.advance()? {
                return Ok(0);
            }
        }
        let rest = &self.ready[self.at..];
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.at += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        let mut text = Vec::new();
        Utf8::new(bytes).read_to_end(&mut text).unwrap();
        String::from_utf8_lossy(&text).into_owned()
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "> GET /2.0/user HTTP/1.1\r\nGrüße 😀\n".repeat(2000);
        assert_eq!(read(text.as_bytes()), text);
        assert_eq!(read(format!("\u{feff}{text}").as_bytes()), text);
        assert_eq!(read(&utf16(&text, u16::to_le_bytes)), text);
        assert_eq!(read(&utf16(&text, u16::to_be_bytes)), text);
        assert_eq!(
            read(&utf16(&format!("\u{feff}{text}"), u16::to_le_bytes)),
            text
        );
        assert_eq!(
            read(&utf16(&format!("\u{feff}{text}"), u16::to_be_bytes)),
            text
        );
    }

    /// On a terminal every read after Ctrl-D waits for another one.
    #[test]
    fn the_end_is_read_once() {
        struct Terminal(Vec<&'static [u8]>);
        impl Read for Terminal {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let typed = self.0.pop().expect("nothing is read behind the end");
                buffer[..typed.len()].copy_from_slice(typed);
                Ok(typed.len())
            }
        }
        for typed in [vec![&b""[..]], vec![&b""[..], b"b\n", b"a\n"]] {
            let mut input = Utf8::new(Terminal(typed));
            let mut read = Vec::new();
            input.read_to_end(&mut read).unwrap();
            assert_eq!(input.read_to_end(&mut read).unwrap(), 0);
        }
    }

    #[test]
    fn short_and_broken_ones_end() {
        for bytes in [
            &b""[..],
            b"\xff",
            b"\xff\xfe",
            b"\xff\xfea",
            b"\xff\xfe\x3d\xd8",
            b"\xef\xbb\xbf",
            b"a",
        ] {
            read(bytes);
        }
        assert_eq!(read(b"\xff\xfe\x3d\xd8"), "\u{fffd}");
        assert_eq!(read(b"a"), "a");
    }
}

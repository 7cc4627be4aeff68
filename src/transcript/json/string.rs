//! Strings: scanned in runs, unescaped, capped.

use super::super::ReadError;
use super::Json;
use std::io::Read;

/// Stands for half of a surrogate pair.
const REPLACEMENT: char = '\u{fffd}';

impl<R: Read> Json<R> {
    /// The first `most` bytes of a string; the rest is passed over.
    pub(super) fn string(&mut self, text: &mut Vec<u8>, most: usize) -> Result<(), ReadError> {
        self.at += 1;
        while text.len() < most {
            let stop = self.run(text, most)?;
            self.at += 1;
            if stop == b'"' {
                return Ok(());
            }
            let character = self.escape()?;
            if character.is_ascii() {
                // The run may have filled it.
                text.extend((text.len() < most).then_some(character as u8));
                continue;
            }
            let mut bytes = [0; 4];
            let bytes = character.encode_utf8(&mut bytes).as_bytes();
            if text.len() + bytes.len() > most {
                break;
            }
            text.extend_from_slice(bytes);
        }
        self.skip_rest()
    }

    pub(super) fn skip_string(&mut self) -> Result<(), ReadError> {
        self.at += 1;
        self.skip_rest()
    }

    fn skip_rest(&mut self) -> Result<(), ReadError> {
        loop {
            let stop = self.run(&mut Vec::new(), 0)?;
            self.at += 1;
            if stop == b'"' {
                return Ok(());
            }
            self.next()?;
        }
    }

    /// Bytes up to a quote or a backslash, which is returned and not taken.
    fn run(&mut self, text: &mut Vec<u8>, most: usize) -> Result<u8, ReadError> {
        loop {
            if self.peek()?.is_none() {
                return Err(self.fault("a string does not end"));
            }
            let rest = &self.chunk[self.at..self.end];
            let stop = memchr::memchr2(b'"', b'\\', rest);
            let run = &rest[..stop.unwrap_or(rest.len())];
            text.extend_from_slice(&run[..run.len().min(most.saturating_sub(text.len()))]);
            self.at += run.len();
            if stop.is_some() {
                return Ok(self.chunk[self.at]);
            }
        }
    }

    fn escape(&mut self) -> Result<char, ReadError> {
        Ok(match self.next()? {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            plain @ (b'"' | b'\\' | b'/') => char::from(plain),
            _ => return Err(self.fault("an escape that JSON does not have")),
        })
    }

    /// `\uXXXX`, or two of them for a character beyond the first 65,536.
    fn unicode(&mut self) -> Result<char, ReadError> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(REPLACEMENT));
        }
        if self.peek()? != Some(b'\\') {
            return Ok(REPLACEMENT);
        }
        self.at += 1;
        if self.peek()? != Some(b'u') {
            // Half of a pair before another escape: the pair is lost, the escape is not.
            return self.escape();
        }
        self.at += 1;
        let second = self.hex()?;
        let joined = 0x10000 + ((first - 0xd800) << 10) + (second.wrapping_sub(0xdc00) & 0x3ff);
        let is_pair = (0xdc00..0xe000).contains(&second);
        Ok(char::from_u32(joined)
            .filter(|_| is_pair)
            .unwrap_or(REPLACEMENT))
    }

    fn hex(&mut self) -> Result<u32, ReadError> {
        let mut number = 0;
        for _ in 0..4 {
            let digit = char::from(self.next()?).to_digit(16);
            number = number << 4
                | digit.ok_or_else(|| self.fault("an escape that JSON does not have"))?;
        }
        Ok(number)
    }

    fn next(&mut self) -> Result<u8, ReadError> {
        let byte = self
            .peek()?
            .ok_or_else(|| self.fault("a string does not end"))?;
        self.at += 1;
        Ok(byte)
    }
}

//! A pull reader for JSON of any size: what is not asked for is passed over, what is kept is capped.
//!
//! `serde_json` holds a whole string in memory before it hands it out, refuses a lone surrogate, and stops at bytes
//! that are no UTF-8. Records have bodies of gigabytes and both of these.

use super::ReadError;
use std::io::Read;

mod string;

#[cfg(test)]
mod tests;

/// Bytes of a string that are kept.
pub const MAX_TEXT: usize = 64 * 1024;
/// Bytes of a member's name that are kept.
const MAX_NAME: usize = 256;
/// Deeper nesting is no record.
const MAX_DEPTH: usize = 512;
const CHUNK: usize = 64 * 1024;

/// Reads values front to back. Each `each` that is called has to take exactly one value.
pub struct Json<R> {
    input: R,
    chunk: Box<[u8]>,
    at: usize,
    end: usize,
    /// Bytes before the chunk.
    before: u64,
    line: u64,
    /// Where the line begins, in bytes of the input.
    line_start: u64,
    depth: usize,
    /// Room for the name of a member at each depth.
    names: Vec<Vec<u8>>,
}

impl<R: Read> Json<R> {
    pub fn new(input: R) -> Self {
        Self {
            input,
            chunk: vec![0; CHUNK].into(),
            at: 0,
            end: 0,
            before: 0,
            line: 1,
            line_start: 0,
            depth: 0,
            names: Vec::new(),
        }
    }

    /// The number of the line that is being read, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Calls `each` with the name of every member. A value that is no object is passed over.
    pub fn members(
        &mut self,
        mut each: impl FnMut(&mut Self, &str) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        if self.token()? != b'{' {
            return self.skip();
        }
        self.enter()?;
        let depth = self.depth;
        self.names
            .resize_with(depth.max(self.names.len()), Vec::new);
        let mut name = std::mem::take(&mut self.names[depth - 1]);
        let mut closed = self.closes(b'}')?;
        while !closed {
            self.name(&mut name)?;
            // One that is no text is none that anybody asks for.
            each(self, std::str::from_utf8(&name).unwrap_or_default())?;
            closed = self.ends(b'}')?;
        }
        self.names[depth - 1] = name;
        self.depth -= 1;
        Ok(())
    }

    /// Calls `each` for every element. A value that is no array is passed over.
    pub fn elements(
        &mut self,
        mut each: impl FnMut(&mut Self) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        if self.token()? != b'[' {
            return self.skip();
        }
        self.enter()?;
        let mut closed = self.closes(b']')?;
        while !closed {
            each(self)?;
            closed = self.ends(b']')?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// The text of a string, or the digits of a number, up to `most` bytes. Other values are passed over.
    pub fn text(&mut self, most: usize) -> Result<Option<Vec<u8>>, ReadError> {
        let mut text = Vec::new();
        Ok(self.text_into(&mut text, most)?.then_some(text))
    }

    /// [`Json::text`] into memory that is there already; false, and nothing in it, for other values.
    pub fn text_into(&mut self, text: &mut Vec<u8>, most: usize) -> Result<bool, ReadError> {
        text.clear();
        match self.token()? {
            b'"' => self.string(text, most)?,
            b'-' | b'0'..=b'9' => text.extend(self.word()?),
            _ => {
                self.skip()?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the next value is an object.
    pub fn is_object(&mut self) -> Result<bool, ReadError> {
        Ok(self.token()? == b'{')
    }

    /// Passes over one value.
    pub fn skip(&mut self) -> Result<(), ReadError> {
        match self.token()? {
            b'"' => self.skip_string(),
            b'{' => self.members(|json, _| json.skip()),
            b'[' => self.elements(Self::skip),
            b'-' | b'0'..=b'9' | b'a'..=b'z' => self.word().map(|_| ()),
            _ => Err(self.fault("a value is missing")),
        }
    }

    /// That nothing but blanks follows.
    pub fn finish(&mut self) -> Result<(), ReadError> {
        match self.blank()? {
            None => Ok(()),
            Some(_) => Err(self.fault("more follows after its end")),
        }
    }

    /// An error at the place that is being read. `what` is a sentence of ours.
    pub fn fault(&self, what: &'static str) -> ReadError {
        ReadError::NotHar {
            line: self.line,
            column: (self.before + self.at as u64).saturating_sub(self.line_start) + 1,
            what,
        }
    }

    fn name(&mut self, name: &mut Vec<u8>) -> Result<(), ReadError> {
        if self.token()? != b'"' {
            return Err(self.fault("the name of a member is missing"));
        }
        name.clear();
        self.string(name, MAX_NAME)?;
        if self.token()? != b':' {
            return Err(self.fault("a colon is missing"));
        }
        self.at += 1;
        Ok(())
    }

    /// Steps into an object or array.
    fn enter(&mut self) -> Result<(), ReadError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fault("it is nested too deeply"));
        }
        self.at += 1;
        Ok(())
    }

    /// Steps over `bracket` if it is next.
    fn closes(&mut self, bracket: u8) -> Result<bool, ReadError> {
        let closes = self.token()? == bracket;
        self.at += usize::from(closes);
        Ok(closes)
    }

    /// Whether the object or array ends here; else the comma was stepped over.
    fn ends(&mut self, bracket: u8) -> Result<bool, ReadError> {
        match self.token()? {
            b',' => {
                self.at += 1;
                Ok(false)
            }
            byte if byte == bracket => {
                self.at += 1;
                Ok(true)
            }
            _ => Err(self.fault("a comma or a closing bracket is missing")),
        }
    }

    /// A number, `true`, `false` or `null`; of a longer one the beginning.
    fn word(&mut self) -> Result<Vec<u8>, ReadError> {
        let mut word = Vec::new();
        while let Some(byte) = self.peek()? {
            if !(byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)) {
                break;
            }
            if word.len() < 32 {
                word.push(byte);
            }
            self.at += 1;
        }
        match word.as_slice() {
            b"true" | b"false" | b"null" => Ok(word),
            [b'-' | b'0'..=b'9', ..] => Ok(word),
            _ => Err(self.fault("a value is missing")),
        }
    }

    /// The first byte of the next token, which is not taken.
    fn token(&mut self) -> Result<u8, ReadError> {
        self.blank()?.ok_or_else(|| self.fault("it ends too early"))
    }

    /// Steps over blanks.
    fn blank(&mut self) -> Result<Option<u8>, ReadError> {
        while let Some(byte) = self.peek()? {
            match byte {
                b' ' | b'\t' | b'\r' => self.at += self.indent(),
                b'\n' => {
                    self.at += 1;
                    self.line += 1;
                    self.line_start = self.before + self.at as u64;
                }
                _ => return Ok(Some(byte)),
            }
        }
        Ok(None)
    }

    /// How many blanks come next; a quarter of what browsers write is nothing else.
    fn indent(&self) -> usize {
        let rest = &self.chunk[self.at..self.end];
        let text = rest
            .iter()
            .position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        text.unwrap_or(rest.len())
    }

    fn peek(&mut self) -> Result<Option<u8>, ReadError> {
        if self.at == self.end && !self.fill()? {
            return Ok(None);
        }
        Ok(Some(self.chunk[self.at]))
    }

    /// Reads on once the chunk is used up; false at the end of the input.
    fn fill(&mut self) -> Result<bool, ReadError> {
        self.before += self.end as u64;
        self.at = 0;
        self.end = loop {
            match self.input.read(&mut self.chunk) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                read => break read.map_err(ReadError::Input)?,
            }
        };
        Ok(self.end > 0)
    }
}

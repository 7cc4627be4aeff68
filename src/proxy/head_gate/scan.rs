//! One request head, byte by byte: its request line encoded, its end found where hyper's parser finds it.
//!
//! A head ends with the first empty line behind its request line; a line ends with LF, CR before it or not; empty lines
//! before the request line are skipped. For every head that httparse accepts these are httparse's own rules. One that it
//! refuses ends the connection, so nothing depends on where that head ends.

use super::held::Held;
use super::target::{Target, percent_encoded};

/// How far a head has come.
#[derive(Debug)]
pub struct Scan {
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Empty lines before the request line.
    Before,
    BeforeCr,
    Method,
    Target(Target),
    /// From the second space of the request line to its end: nothing is encoded any more.
    Version,
    LineStart,
    LineStartCr,
    Line,
    End,
    /// No request line: waiting for more would not mend it.
    Malformed,
}

impl Scan {
    pub fn new() -> Self {
        Self {
            place: Place::Before,
        }
    }

    /// Reads on in `bytes`, appends what hyper shall see to `out`, and returns how many it took: all, or those up to the
    /// end of the head.
    pub fn run(&mut self, bytes: &[u8], out: &mut Held) -> usize {
        let mut copied = 0;
        let mut at = 0;
        while at < bytes.len() && self.place != Place::End {
            if matches!(self.place, Place::Line | Place::Version | Place::Malformed) {
                at += self.skip_line(&bytes[at..]);
                continue;
            }
            let byte = bytes[at];
            if matches!(self.place, Place::Target(target) if target.encodes(byte)) {
                out.push(&bytes[copied..at]);
                out.push(&percent_encoded(byte));
                copied = at + 1;
            }
            self.place = self.place.after(byte);
            at += 1;
        }
        out.push(&bytes[copied..at]);
        at
    }

    fn skip_line(&mut self, bytes: &[u8]) -> usize {
        match bytes.iter().position(|&byte| byte == b'\n') {
            Some(end) => {
                self.place = self.place.after(b'\n');
                end + 1
            }
            None => bytes.len(),
        }
    }

    /// More than empty lines came.
    pub fn begun(&self) -> bool {
        !matches!(self.place, Place::Before | Place::BeforeCr)
    }

    pub fn ended(&self) -> bool {
        self.place == Place::End
    }

    pub fn malformed(&self) -> bool {
        self.place == Place::Malformed
    }
}

impl Place {
    fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::Before, b'\r') => Self::BeforeCr,
            (Self::Before | Self::BeforeCr, b'\n') => Self::Before,
            (Self::BeforeCr, _) => Self::Malformed,
            (Self::Method, b' ') => Self::Target(Target::Start),
            (Self::Before | Self::Method, _) if is_token(byte) => Self::Method,
            (Self::Before | Self::Method, _) => Self::Malformed,
            (Self::Target(_), b' ') => Self::Version,
            (Self::Target(_), b'\n') => Self::Malformed,
            (Self::Target(target), _) => Self::Target(target.after(byte)),
            (Self::LineStart, b'\r') => Self::LineStartCr,
            (Self::LineStart | Self::LineStartCr, b'\n') => Self::End,
            (Self::Version | Self::Line, b'\n') => Self::LineStart,
            (Self::LineStart | Self::LineStartCr, _) => Self::Line,
            (Self::Version | Self::Line | Self::End | Self::Malformed, _) => self,
        }
    }
}

/// `tchar` (RFC 9110 section 5.6.2).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests;

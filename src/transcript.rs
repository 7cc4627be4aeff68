//! Records of other tools → observations: HAR, verbose output of curl, git, wget and Python, a bare body or header.
//!
//! A record is not the wire: what its recorder hid or dropped is unknown, not wrong ([`Recorded`]).
//!
//! [`Recorded`]: crate::observation::Recorded

use crate::bitbucket::call::Call;
use crate::observation::{LastRead, Observation};
use crate::secret::FingerprintKey;
use encoding::Utf8;
use heard::Each;
use std::io::{self, BufRead, BufReader, Read};
use time::UtcDateTime;

mod assembly;
mod body;
mod container;
mod curl;
mod date;
mod dump;
mod encoding;
mod fields;
mod har;
mod header;
mod heard;
mod hidden;
mod hint;
mod http_client;
mod json;
mod line;
mod lines;
mod prefix;
mod refusal;
mod text;
mod url;
mod wget;

#[cfg(test)]
mod tests;

/// Bytes of a line or value that are kept.
const MAX_FIELD: usize = 64 * 1024;
/// Bytes that are read ahead to tell a HAR from text.
const AHEAD: usize = 64 * 1024;

/// One exchange of a record.
#[derive(Debug)]
pub struct Record {
    /// Its number, from 0; of a HAR the place in `entries`.
    pub entry: usize,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// By the recorder's own clock; `None` when it tells no date.
    pub date: Option<UtcDateTime>,
    /// What the record does not show and is taken for granted.
    pub assumed: Option<Assumed>,
    /// `None`: no answer came, so there is nothing to diagnose.
    pub observation: Option<Observation>,
}

/// What was taken for granted to be able to say anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assumed {
    /// Credentials alone: that a REST call with them was answered 401.
    RestRefusal,
    /// Credentials that name git's own user: that git was answered 401.
    GitRefusal,
    /// A request alone: that it was answered 401.
    Refusal,
    /// A status and an address alone: what was sent is unknown.
    Request,
    /// The body of an answer alone: its status follows from its words, what was sent is unknown.
    Body,
}

/// Why a record could not be read (to its end). Quotes nothing of it.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("{0}")]
    Input(io::Error),
    #[error("not a HAR: line {line}, column {column}: {what}")]
    NotHar {
        line: u64,
        column: u64,
        what: &'static str,
    },
    #[error(
        "no exchange, no error of a client and no credentials in it; it reads HAR 1.2, the output of curl -v or --trace, \
         GIT_TRACE_CURL=1 git, wget -d and Python's http.client, plain or from a log (Docker's JSON, too), \
         the body of a refusal, or an Authorization field"
    )]
    Nothing,
    #[error("it is no text: unpack it first if it is compressed")]
    NotText,
    /// Whoever takes the records failed.
    #[error("{0}")]
    Output(io::Error),
}

/// Reads a record and hands over its exchanges in order, with bounded memory. What it is shows its beginning.
///
/// # Errors
/// What came before the place of the error has been handed over.
pub fn read(
    input: impl Read,
    key: &FingerprintKey,
    mut each: impl FnMut(Record) -> io::Result<()>,
) -> Result<(), ReadError> {
    let mut last = LastRead::default();
    exchanges(input, key, &mut |entry, heard| {
        each(heard.record(entry, &mut last, key)).map_err(ReadError::Output)
    })
}

/// [`read`] for those who ask what was called, which a diagnosis does not: the calls, also those that no answer came
/// to, with what was seen of them.
///
/// # Errors
/// What came before the place of the error has been handed over.
pub fn calls(
    input: impl Read,
    key: &FingerprintKey,
    mut each: impl FnMut(Call, Option<Observation>) -> io::Result<()>,
) -> Result<(), ReadError> {
    let mut last = LastRead::default();
    exchanges(input, key, &mut |_, heard| {
        each(heard.call(), heard.observe(&mut last, key)).map_err(ReadError::Output)
    })
}

fn exchanges(input: impl Read, key: &FingerprintKey, each: Each<'_>) -> Result<(), ReadError> {
    let mut input = BufReader::with_capacity(AHEAD, Utf8::new(input));
    let ahead = input.fill_buf().map_err(ReadError::Input)?;
    if !is_text(ahead) {
        return Err(ReadError::NotText);
    }
    if let Some(heard) = refusal::alone(ahead) {
        return each(0, heard);
    }
    if begins_json(ahead) {
        har::read(input, each)
    } else {
        text::read(input, key, each)
    }
}

/// The same text in UTF-8: PowerShell writes UTF-16.
pub fn utf8(input: impl Read) -> impl Read {
    Utf8::new(input)
}

/// Whether this beginning can be that of a record, not of an archive or a picture. A few control characters may be the
/// very mistake, and terminals colour their lines.
pub fn is_text(ahead: &[u8]) -> bool {
    const FEW: usize = 8;
    let is_strange = |byte: &&u8| {
        byte.is_ascii_control() && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x08 | 0x0c | 0x1b)
    };
    let strange = ahead.iter().filter(is_strange).count();
    strange <= FEW || strange * 20 < ahead.len()
}

/// A date as a person writes it: `2026-11-24`, `2026-11-24T16:40:12Z`; without an offset it is UTC.
pub fn date(text: &str) -> Option<UtcDateTime> {
    date::parse(text)
}

/// Text of clients may begin with a bracket of its own: `{ [5 bytes data]`; logs of containers are JSON line by line.
fn begins_json(text: &[u8]) -> bool {
    let mut rest = text.trim_ascii_start();
    if rest.first() != Some(&b'{') {
        return false;
    }
    let line = rest.split(|byte| *byte == b'\n').next();
    if line.and_then(container::unwrapped).is_some() {
        return false;
    }
    rest = rest[1..].trim_ascii_start();
    matches!(rest.first(), None | Some(b'"' | b'}'))
}

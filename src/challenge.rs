//! `WWW-Authenticate` values as the origin sent them (RFC 9110 11.6.1).

use std::fmt;

/// More of a field value is not read.
const MAX_BYTES: usize = 8 * 1024;
const MAX_CHALLENGES: usize = 16;
const MAX_SCHEME: usize = 64;
const MAX_REALM: usize = 128;

/// One challenge, enough of it to tell which parser of the origin answered (B9).
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge {
    /// As sent, capped at 64 characters.
    pub scheme: String,
    /// Unquoted, capped at 128 characters.
    pub realm: Option<String>,
}

/// Of IANA's registry, those that are met.
const REGISTERED: [&str; 6] = ["Basic", "Bearer", "Digest", "OAuth", "Negotiate", "NTLM"];

/// Without the realm, and without a scheme that nobody registered: an origin may repeat there what it was sent.
impl fmt::Debug for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = REGISTERED.iter().find(|name| self.is(name));
        let mut challenge = f.debug_struct("Challenge");
        challenge
            .field("scheme", known.unwrap_or(&"other"))
            .finish_non_exhaustive()
    }
}

impl Challenge {
    /// All challenges of one field value; at most 8 KiB of it and 16 of them.
    ///
    /// A realm may stand without quotes, with blanks inside: the origin sends such ones (B9).
    pub fn parse(value: &[u8]) -> Vec<Self> {
        let mut challenges: Vec<Self> = Vec::new();
        for element in Elements(&value[..value.len().min(MAX_BYTES)]) {
            let (scheme, parameter) = split(element);
            if let Some(scheme) = scheme {
                if challenges.len() == MAX_CHALLENGES {
                    break;
                }
                challenges.push(Self {
                    scheme: readable(scheme, MAX_SCHEME),
                    realm: None,
                });
            }
            if let (Some(challenge), Some(realm)) = (challenges.last_mut(), realm(parameter)) {
                challenge.realm.get_or_insert(realm);
            }
        }
        challenges
    }

    /// Compares the scheme without regard to case (RFC 9110 11.1).
    pub fn is(&self, scheme: &str) -> bool {
        self.scheme.eq_ignore_ascii_case(scheme)
    }
}

/// The parts between commas that stand outside quotes.
struct Elements<'a>(&'a [u8]);

impl<'a> Iterator for Elements<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.0.is_empty() {
            return None;
        }
        let (mut quoted, mut escaped) = (false, false);
        let end = self.0.iter().position(|byte| {
            let literal = std::mem::take(&mut escaped);
            match byte {
                b'\\' if quoted && !literal => escaped = true,
                b'"' if !literal => quoted = !quoted,
                _ => {}
            }
            *byte == b',' && !quoted
        });
        let (element, rest) = match end {
            Some(end) => (&self.0[..end], &self.0[end + 1..]),
            None => (self.0, &[][..]),
        };
        self.0 = rest;
        Some(element.trim_ascii())
    }
}

/// `scheme parameter`, `scheme` alone, or a further parameter of the challenge before.
fn split(element: &[u8]) -> (Option<&[u8]>, &[u8]) {
    let word = element
        .iter()
        .take_while(|byte| is_token_byte(**byte))
        .count();
    let (name, rest) = element.split_at(word);
    let follows = rest.trim_ascii_start();
    match (name.is_empty(), rest.first(), follows.first()) {
        (true, ..) => (None, element),
        // `name = value`, with or without blanks before the sign.
        (_, _, Some(b'=')) => (None, element),
        (_, None, _) => (Some(name), rest),
        (_, Some(b' ' | b'\t'), _) => (Some(name), follows),
        _ => (None, element),
    }
}

fn realm(parameter: &[u8]) -> Option<String> {
    let sign = parameter.iter().position(|byte| *byte == b'=')?;
    let (name, value) = (
        parameter[..sign].trim_ascii(),
        parameter[sign + 1..].trim_ascii(),
    );
    name.eq_ignore_ascii_case(b"realm")
        .then(|| readable(&unquoted(value), MAX_REALM))
}

fn unquoted(value: &[u8]) -> Vec<u8> {
    let Some(inner) = value.strip_prefix(b"\"") else {
        return value.to_vec();
    };
    let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
    let mut plain = Vec::with_capacity(inner.len());
    let mut bytes = inner.iter();
    while let Some(byte) = bytes.next() {
        let byte = if *byte == b'\\' {
            bytes.next().unwrap_or(byte)
        } else {
            byte
        };
        plain.push(*byte);
    }
    plain
}

/// Nothing that could break a line or carry a terminal escape.
fn readable(text: &[u8], most: usize) -> String {
    let printable = |byte: &u8| {
        if *byte == b' ' || byte.is_ascii_graphic() {
            char::from(*byte)
        } else {
            '?'
        }
    };
    text.iter().take(most).map(printable).collect()
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests;

//! The auth-scheme of an `Authorization` value.

use super::fault::Fault;
use super::repair::{self, is_blank};
use super::text::Text;

/// The auth-scheme (RFC 9110 11.1), recognised without regard to case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    Basic,
    Bearer,
    /// Atlassian Connect's `JWT` (fact A16).
    Jwt,
    OAuth,
    Digest,
    Negotiate,
    /// `token`, GitHub's way.
    Token,
    /// The value begins with the credentials themselves.
    Missing,
    Other,
}

impl Scheme {
    fn named(word: &[u8]) -> Option<Self> {
        const NAMES: [(&[u8], Scheme); 8] = [
            (b"Basic", Scheme::Basic),
            (b"Bearer", Scheme::Bearer),
            (b"JWT", Scheme::Jwt),
            (b"OAuth", Scheme::OAuth),
            (b"Digest", Scheme::Digest),
            (b"Negotiate", Scheme::Negotiate),
            (b"NTLM", Scheme::Negotiate),
            (b"token", Scheme::Token),
        ];
        NAMES
            .iter()
            .find(|(name, _)| word.eq_ignore_ascii_case(name))
            .map(|(_, scheme)| *scheme)
    }
}

/// Parts the scheme from what follows it. Of several schemes the innermost counts: the value was made for it.
pub(super) fn split<'a>(mut value: Text<'a>, faults: &mut Vec<Fault>) -> (Scheme, Text<'a>) {
    let mut found = None;
    let mut rest = 0;
    while let Some(scheme) = Scheme::named(first_word(&value[rest..])) {
        if found.replace(scheme).is_some() && !faults.contains(&Fault::DuplicateScheme) {
            faults.push(Fault::DuplicateScheme);
        }
        rest = after_word(&value, rest);
    }
    if found.is_none() && names_unknown_scheme(&value) {
        found = Some(Scheme::Other);
        rest = after_word(&value, 0);
    }
    value.narrow(rest..value.len());
    (found.unwrap_or(Scheme::Missing), value)
}

/// `name credentials` with a name that we do not know.
fn names_unknown_scheme(value: &[u8]) -> bool {
    let word = first_word(value);
    word.len() < value.len()
        && word.iter().all(|byte| is_name_byte(*byte))
        && !repair::is_token(word)
}

fn first_word(text: &[u8]) -> &[u8] {
    text.split(|byte| is_blank(*byte))
        .next()
        .unwrap_or_default()
}

fn after_word(value: &[u8], start: usize) -> usize {
    let rest = start + first_word(&value[start..]).len();
    rest + repair::trimmed(&value[rest..], is_blank).start
}

/// A character of a token (RFC 9110 5.6.2), and the colon that people put behind a scheme.
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~:".contains(&byte)
}

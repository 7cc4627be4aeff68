//! The auth-scheme of an `Authorization` value.

use super::disguise;
use super::fault::{Fault, Place};
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
    fn named(word: &[u8]) -> Option<Named> {
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
            .map(|(name, scheme)| Named {
                scheme: *scheme,
                canonical: word == *name,
            })
    }
}

/// A scheme as it is written.
#[derive(Clone, Copy)]
pub(super) struct Named {
    pub(super) scheme: Scheme,
    pub(super) canonical: bool,
}

impl Named {
    /// There is no name, or none that is known.
    const fn unregistered(scheme: Scheme) -> Self {
        Self {
            scheme,
            canonical: true,
        }
    }
}

/// Parts the scheme from what follows it. Of several schemes the innermost counts: the value was made for it.
pub(super) fn split<'a>(mut value: Text<'a>, faults: &mut Vec<Fault>) -> (Named, Text<'a>) {
    if let Some(plain) = unescaped(&value) {
        faults.push(Fault::Escaped(Place::Value));
        value = plain;
    }
    let mut found = None;
    let mut rest = 0;
    let mut before = 0;
    loop {
        let word = first_word(&value[rest..]);
        if let Some(scheme) = Scheme::named(word) {
            found = Some(scheme);
        } else if !is_field_name(word) {
            break;
        }
        before += 1;
        rest = after_word(&value, rest);
    }
    if before > usize::from(found.is_some()) {
        faults.push(Fault::DuplicateScheme);
    }
    if found.is_none() && names_unknown_scheme(&value[rest..]) {
        found = Some(Named::unregistered(Scheme::Other));
        rest = after_word(&value, rest);
    }
    value.narrow(rest..value.len());
    (found.unwrap_or(Named::unregistered(Scheme::Missing)), value)
}

/// `Bearer%20TOKEN`: only without its escapes has the value a scheme.
fn unescaped(value: &[u8]) -> Option<Text<'static>> {
    let begins_well = |text: &[u8]| Scheme::named(first_word(text)).is_some();
    let plain = disguise::unescaped(value)?;
    (!begins_well(value) && begins_well(&plain)).then_some(plain)
}

/// A word that may name a scheme which is not registered.
pub(super) fn may_be_name(word: &[u8]) -> bool {
    const LONGEST: usize = 16;
    word.len() <= LONGEST && word.iter().all(u8::is_ascii_alphabetic)
}

/// `Authorization:`, copied into the value.
fn is_field_name(word: &[u8]) -> bool {
    word.eq_ignore_ascii_case(b"Authorization:")
}

/// Behind a comma stands another scheme with more behind it.
pub(super) fn begins_another(text: &[u8]) -> bool {
    /// The longest name and a blank.
    const LOOK: usize = 12;
    let commas = text.iter().enumerate().filter(|(_, byte)| **byte == b',');
    commas
        .map(|(at, _)| text[at + 1..].trim_ascii_start())
        .any(|after| {
            let after = &after[..after.len().min(LOOK)];
            let word = first_word(after);
            word.len() < after.len() && Scheme::named(word).is_some()
        })
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

//! The total parse of an `Authorization` value: malformed input is evidence, never an error.
//!
//! A value goes through four steps: the scheme is split off, the pair is decoded, each half is freed from what
//! does not belong to it (every such repair is a [`Fault`]), and what remains is classified.

use crate::secret::{Fingerprint, FingerprintKey, Secret};
use opened::Opened;
use pair::Halves;
use zeroize::Zeroizing;

mod basic;
mod disguise;
mod fault;
#[doc(hidden)]
pub mod mint;
mod opened;
mod pair;
mod repair;
mod scheme;
mod stand_in;
mod text;
mod token;
mod user_id;

pub use fault::{Fault, Place};
pub use scheme::Scheme;
pub use token::{Checksum, Claims, SecretKind, SecretShape, Vendor};
pub use user_id::{UserId, UserIdKind};

/// What one `Authorization` value shows, without the secret: small, owned, safe to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    pub scheme: Scheme,
    /// The scheme is written as registered; `bearer` is not (B17).
    pub canonical: bool,
    /// Form faults in the order in which they were undone; the rest describes the repaired value.
    pub faults: Vec<Fault>,
    /// The user-id of the pair (RFC 7617); `None` without a colon. Another scheme has one with
    /// [`Fault::PairWithoutBasic`] only.
    pub user_id: Option<UserId>,
    pub secret: SecretShape,
    /// Keyed id of the secret as sent; `None` when there is none.
    pub fingerprint: Option<Fingerprint>,
}

/// More of a value is not read.
const MAX_BYTES: usize = 64 * 1024;

impl Credentials {
    /// Parses any bytes in one linear pass over at most 64 KiB.
    pub fn parse(value: &[u8], key: &FingerprintKey) -> Self {
        let value = &value[..value.len().min(MAX_BYTES)];
        let mut faults = Vec::new();
        let value = repair::value(value, &mut faults);
        let (scheme::Named { scheme, canonical }, rest) = scheme::split(value, &mut faults);
        let (is_line, may_be_name) = (basic::is_line(&rest), scheme::may_be_name(&rest));
        let opened = match scheme {
            _ if scheme::begins_another(&rest) => {
                faults.push(Fault::SeveralValues);
                Opened::Nothing
            }
            Scheme::Basic => basic::open(rest, &mut faults),
            _ => opened::other(scheme, rest, &mut faults),
        };
        let is_line = is_line && opened.ends_in_a_word();
        let halves = match opened {
            Opened::Pair { text, colon } => Halves::of_pair(&text, colon, key, &mut faults),
            Opened::Secret(text) => Halves::of_secret(&text, key, &mut faults),
            Opened::Unreadable(text) => Halves::unreadable(&text, key),
            Opened::StandIn => Halves::STAND_IN,
            Opened::Nothing => Halves::NOTHING,
        };
        let halves = if scheme == Scheme::Basic {
            halves
        } else {
            halves.without_doubtful_user_id()
        };
        let once = !faults.contains(&Fault::DoubleEncoded);
        if scheme == Scheme::Basic && is_line && once && halves.secret.is_cut() {
            faults.push(Fault::LineWrapped);
        }
        let Halves {
            user_id,
            secret,
            fingerprint,
        } = halves;
        let scheme = if scheme == Scheme::Missing && may_be_name && !recognised(secret, &faults) {
            Scheme::Other
        } else {
            scheme
        };
        Self {
            scheme,
            canonical,
            faults,
            user_id,
            secret,
            fingerprint,
        }
    }
}

impl Credentials {
    /// What a record tells of credentials whose secret it hides: nothing may be held against what is not seen.
    pub fn hidden(scheme: Scheme, user_id: Option<&[u8]>, key: &FingerprintKey) -> Self {
        let user_id = user_id.map(|text| &text[..text.len().min(MAX_BYTES)]);
        Self {
            scheme,
            canonical: true,
            faults: vec![],
            user_id: user_id.map(|text| UserId::new(UserIdKind::of(text), text, key)),
            secret: SecretShape::HIDDEN,
            fingerprint: None,
        }
    }
}

/// A single word that is credentials without a scheme, and no scheme without credentials.
fn recognised(secret: SecretShape, faults: &[Fault]) -> bool {
    let stands_in =
        secret.kind == SecretKind::Placeholder || faults.contains(&Fault::Empty(Place::Value));
    secret.kind.is_token() || faults.contains(&Fault::PairWithoutBasic) || stands_in
}

/// What a token among the parameters of a query or form looks like, and what makes it none at all: a placeholder, a
/// mask (E12, E14). Escapes are right there.
pub fn of_parameter(value: &[u8]) -> (SecretShape, Option<Fault>) {
    let value = &value[..value.len().min(MAX_BYTES)];
    let plain = disguise::unescaped(value);
    let plain = plain.as_deref().unwrap_or(value);
    match stand_in::recognise(plain, Place::Value) {
        Some(fault) => (SecretShape::PLACEHOLDER, Some(fault)),
        None => (SecretShape::classify(plain, None), None),
    }
}

/// The value of a parameter of a query or form, without its escapes, in memory that is wiped.
pub fn parameter_value(value: &[u8]) -> Zeroizing<Vec<u8>> {
    let value = &value[..value.len().min(MAX_BYTES)];
    let plain = disguise::unescaped(value);
    Zeroizing::new(plain.as_deref().unwrap_or(value).to_vec())
}

/// Shorter secrets are not looked for in other texts: too many words hold them.
const SHORTEST_TELLING: usize = 8;

/// What is secret in an `Authorization` value, as it was sent and decoded, to be kept out of other texts.
pub fn secrets_as_sent(value: &[u8]) -> Vec<Secret> {
    let value = value[..value.len().min(MAX_BYTES)].trim_ascii();
    let blank = value.iter().position(u8::is_ascii_whitespace);
    let rest = value[blank.unwrap_or_default()..].trim_ascii();
    let decoded = token::decode(rest);
    let text = decoded.as_deref().map_or(rest, Vec::as_slice);
    let colon = text.iter().position(|byte| *byte == b':');
    let secret = text[colon.map_or(0, |colon| colon + 1)..].trim_ascii();
    let telling = [rest, secret].into_iter();
    telling
        .filter(|text| text.len() >= SHORTEST_TELLING)
        .map(|text| Secret::new(text.to_vec()))
        .collect()
}

/// Whether a word of some other text is, or holds, one of these secrets or a token, plain or escaped.
pub fn gives_away(word: &[u8], secrets: &[Secret]) -> bool {
    let unescaped = disguise::unescaped(word);
    let texts = [Some(word), unescaped.as_deref()].into_iter().flatten();
    texts.into_iter().any(|text| {
        let holds = |secret: &Secret| token::position(text, secret.expose()).is_some();
        holds_token(text) || secrets.iter().any(holds)
    })
}

fn holds_token(word: &[u8]) -> bool {
    let parts = word.split(|byte| b":@=,;/?&|\"'()[]<>{}".contains(byte));
    token::holds_beginning(word)
        || parts
            .into_iter()
            .any(|part| SecretShape::classify(part, None).kind.is_token())
}

#[cfg(test)]
mod tests;

//! The user-id of a pair, classified and masked.

use super::disguise;
use super::token::{self, SecretShape};
use crate::secret::{Fingerprint, FingerprintKey};
use std::fmt;

mod mask;

/// Of a longer user-id only the beginning is kept.
const MAX_CHARACTERS: usize = 256;

/// What people put where `x-token-auth` belongs: other products' literals and near misses (A10).
const NEAR_LITERALS: [&str; 14] = [
    "X-Token-Auth",
    "x-auth-token",
    "x-api-token-auth",
    "x-bitbucket-token-auth",
    "gitlab-ci-token",
    "x-access-token",
    "x-oauth-token",
    "x-oauth-basic",
    "x-token",
    "x_token_auth",
    "oauth2",
    "oauth",
    "token",
    "bearer",
];

/// The user-id, classified. The text is personal data: Debug masks it.
#[derive(Clone, PartialEq, Eq)]
pub struct UserId {
    pub kind: UserIdKind,
    text: Box<str>,
    pub fingerprint: Fingerprint,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UserIdKind {
    /// `local@domain` with a dot in the domain.
    Email,
    /// 1-30 of `[A-Za-z0-9_-]` (A22).
    Username,
    /// The literal `x-token-auth` (A10).
    XTokenAuth,
    /// The literal `x-bitbucket-api-token-auth` (0.5).
    XBitbucketApiTokenAuth,
    /// A `{uuid}`, or an id whose marks are escaped (A25).
    Uuid,
    /// The digits of an account id whose rest stands at the start of the secret (A25).
    AccountId,
    /// Cannot be a username: blanks or the shape of a label (E24).
    Label,
    /// Text that stands for a user-id: see the faults.
    Placeholder,
    /// A token, or the very secret, stands where the user-id belongs; its text is not kept.
    Token,
    Empty,
}

impl UserIdKind {
    /// Classifies by the text alone.
    pub(super) fn of(text: &[u8]) -> Self {
        match text {
            b"" => Self::Empty,
            b"x-token-auth" => Self::XTokenAuth,
            b"x-bitbucket-api-token-auth" => Self::XBitbucketApiTokenAuth,
            // Whatever surrounds it: its text is not kept.
            _ if token::holds_beginning(text) => Self::Token,
            _ if is_email(text) => Self::Email,
            _ if token::is_uuid(text) || is_escaped_id(text) => Self::Uuid,
            _ if SecretShape::classify(text, None).kind.is_token() => Self::Token,
            _ if is_username(text) => Self::Username,
            _ => Self::Label,
        }
    }

    /// A word of the protocol, not a person's name.
    pub fn is_literal(self) -> bool {
        matches!(self, Self::XTokenAuth | Self::XBitbucketApiTokenAuth)
    }
}

impl UserId {
    pub(super) fn new(kind: UserIdKind, text: &[u8], key: &FingerprintKey) -> Self {
        let kept = if kind == UserIdKind::Token {
            Box::default()
        } else {
            readable(text)
        };
        Self {
            kind,
            text: kept,
            fingerprint: key.user_id(text),
        }
    }

    /// `j…@acme.com`, `j…e`; literals stay whole.
    pub fn masked(&self) -> String {
        if self.kind == UserIdKind::Token {
            return "***".to_owned();
        }
        if self.kind.is_literal() || self.near_literal().is_some() {
            return self.text.to_string();
        }
        match self.text.split_once('@') {
            Some((local, domain)) if self.kind == UserIdKind::Email => mask::email(local, domain),
            _ => mask::name(&self.text),
        }
    }

    /// The text itself, for `--show-user-ids` and comparisons; empty for [`UserIdKind::Token`].
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// The literal itself when it is one that people put for `x-token-auth`: `x-auth-token`, `oauth2` ...
    pub fn near_literal(&self) -> Option<&'static str> {
        NEAR_LITERALS
            .into_iter()
            .find(|literal| *literal == &*self.text)
    }
}

impl fmt::Debug for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({})", self.kind, self.masked())
    }
}

/// An id as addresses have it, `%7B…%7D`, or an account id with its colon escaped (A25).
fn is_escaped_id(text: &[u8]) -> bool {
    let Some(plain) = disguise::unescaped(text) else {
        return false;
    };
    let mut parts = plain.splitn(2, |byte| *byte == b':');
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    token::is_uuid(&plain)
        || parts.next().is_some_and(digits) && parts.next().is_some_and(token::is_uuid)
}

/// One `@`, something before it, and a domain of at least two labels after it.
pub(super) fn is_email(text: &[u8]) -> bool {
    let mut halves = text.split(|byte| *byte == b'@');
    let (Some(local), Some(domain), None) = (halves.next(), halves.next(), halves.next()) else {
        return false;
    };
    let in_domain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-' || *byte >= 0x80;
    let mut labels = 0;
    let domain_ok = domain.split(|byte| *byte == b'.').all(|label| {
        labels += 1;
        !label.is_empty() && label.iter().all(in_domain)
    });
    let in_local =
        |byte: &u8| (byte.is_ascii_graphic() && !b"<>()[],;:\\\"".contains(byte)) || *byte >= 0x80;
    domain_ok && labels > 1 && !local.is_empty() && local.iter().all(in_local)
}

fn is_username(text: &[u8]) -> bool {
    text.len() <= 30
        && text
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// UTF-8, else Latin-1 (E38), cut to what is worth keeping.
fn readable(text: &[u8]) -> Box<str> {
    match std::str::from_utf8(text) {
        Ok(text) if text.len() <= MAX_CHARACTERS => text.into(),
        Ok(text) => text.chars().take(MAX_CHARACTERS).collect(),
        Err(_) => text
            .iter()
            .take(MAX_CHARACTERS)
            .map(|byte| char::from(*byte))
            .collect(),
    }
}

#[cfg(test)]
mod tests;

//! What a secret looks like: prefix, checksum and shape (table A).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::ops::Range;
use zeroize::Zeroizing;

mod atlassian;
mod claims;
mod foreign;
mod jwt;
mod plain;

pub use claims::Claims;

/// What the secret looks like (table A).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretShape {
    pub kind: SecretKind,
    pub checksum: Checksum,
    /// Between type and checksum stands whole base64url (A2). Informative: the checksum decides.
    pub structured: bool,
    /// Characters; only for tokens by prefix, whose length tells nothing about the secret.
    pub length: Option<usize>,
    /// Of a whole JWT.
    pub claims: Claims,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecretKind {
    /// `ATATT3xFfGF0`, or another beginning after `ATAT` (A1).
    ApiToken,
    /// `ATCTT3xFfGN0`, or another beginning after `ATCT` (A1, A20).
    AccessToken,
    /// `ATBB`.
    AppPassword,
    /// 20 alphanumerics (A21).
    OldAppPassword,
    /// 24 alphanumerics (A21).
    LegacyApiToken,
    /// Three dot-separated base64url parts.
    Jwt,
    /// 80-100 characters of base64url: the shape of an OAuth access token of an older consumer (A13).
    OAuthToken,
    /// Begins like a JWT, with fewer than three parts or one that does not decode.
    CutJwt,
    /// 18 : 32 alphanumerics with this user-id, or both longer (E22).
    ConsumerSecret,
    /// `BBDC-` (A19).
    DataCenterToken,
    /// The 44 characters of a Data Center personal token without its prefix (A19).
    DataCenterShape,
    /// Another vendor's token, by its prefix (A24).
    Foreign(Vendor),
    /// PEM or OpenSSH key material.
    PrivateKey,
    /// Text that stands for a secret: see the faults.
    Placeholder,
    /// 8-64 characters that fit nothing else: no token inside, neither hex nor 32 or 64 alphanumerics (E23).
    PasswordShaped,
    /// Anything else.
    Unknown,
    /// A record hides it (E14).
    Hidden,
    /// There is no secret.
    None,
}

/// Whose token it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vendor {
    GitHub,
    GitLab,
    Npm,
    Slack,
    OpenAi,
    Aws,
    Azure,
    Sentry,
}

impl Vendor {
    /// As people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::GitLab => "GitLab",
            Self::Npm => "npm",
            Self::Slack => "Slack",
            Self::OpenAi => "OpenAI",
            Self::Aws => "AWS",
            Self::Azure => "Azure",
            Self::Sentry => "Sentry",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Checksum {
    Fits,
    Fails,
    /// This kind carries none, or its beginning is of an unknown generation.
    Absent,
}

impl SecretKind {
    /// Made by a machine, by its beginning: never a name, a word or a password.
    pub fn is_token(self) -> bool {
        use SecretKind::*;
        matches!(
            self,
            ApiToken
                | AccessToken
                | AppPassword
                | Jwt
                | CutJwt
                | DataCenterToken
                | Foreign(_)
                | PrivateKey
        )
    }
}

impl SecretKind {
    /// A token, or a secret whose shape alone gives it away: what can stand alone where a pair was expected (E10).
    pub(super) fn is_known(self) -> bool {
        self.is_token()
            || matches!(
                self,
                Self::OldAppPassword | Self::LegacyApiToken | Self::DataCenterShape
            )
    }
}

impl SecretShape {
    pub(super) const NONE: Self = Self::of(SecretKind::None);
    pub(super) const UNKNOWN: Self = Self::of(SecretKind::Unknown);
    pub(super) const HIDDEN: Self = Self::of(SecretKind::Hidden);
    pub(super) const PLACEHOLDER: Self = Self::of(SecretKind::Placeholder);

    const fn of(kind: SecretKind) -> Self {
        Self {
            kind,
            checksum: Checksum::Absent,
            structured: false,
            length: None,
            claims: Claims::NONE,
        }
    }

    fn with_length(kind: SecretKind, length: usize) -> Self {
        Self {
            length: Some(length),
            ..Self::of(kind)
        }
    }

    /// Classifies a secret that has been freed from what does not belong to it.
    pub(super) fn classify(secret: &[u8], user_id: Option<&[u8]>) -> Self {
        if secret.is_empty() {
            return Self::NONE;
        }
        Self::by_beginning(secret).unwrap_or_else(|| Self::of(plain::classify(secret, user_id)))
    }

    /// What its own beginning says; every kind that is a token has one.
    pub(super) fn by_beginning(secret: &[u8]) -> Option<Self> {
        atlassian::classify(secret)
            .or_else(|| jwt::classify(secret))
            .or_else(|| foreign::classify(secret).map(Self::of))
    }

    /// Its end is missing. An app password is short enough to be whole on one line of base64, and changed (E7).
    pub(super) fn is_cut(self) -> bool {
        match self.kind {
            SecretKind::CutJwt => true,
            SecretKind::AppPassword => {
                self.checksum == Checksum::Fails
                    && self.length < Some(atlassian::APP_PASSWORD_LENGTH)
            }
            _ => self.checksum == Checksum::Fails,
        }
    }

    /// A kind whose checksum proves that every character arrived.
    pub(super) fn is_intact(self) -> bool {
        self.checksum == Checksum::Fits
    }
}

/// Where a checksum-valid token stands inside longer text.
pub(super) fn embedded(text: &[u8]) -> Option<Range<usize>> {
    atlassian::embedded(text)
}

/// A beginning of Atlassian's tokens anywhere, in clear or base64.
pub(super) fn holds_beginning(text: &[u8]) -> bool {
    atlassian::holds_beginning(text)
}

/// Begins with the four letters of one of Atlassian's tokens.
pub(super) fn holds_mark(text: &[u8]) -> bool {
    atlassian::begins_with_mark(text)
}

/// What this is the base64 of, perhaps several times over, if an intact token comes out of it, alone or behind a user-id
/// and a colon; and where that token stands: `echo` adds a line end.
pub(super) fn decoded_once_more(text: &[u8]) -> Option<(Zeroizing<Vec<u8>>, Range<usize>)> {
    const DEEPEST: usize = 3;
    let mut decoded = decode_lines(text)?;
    for _ in 1..DEEPEST {
        if let Some(token) = intact(&decoded) {
            return Some((decoded, token));
        }
        decoded = decode_lines(&decoded)?;
    }
    intact(&decoded).map(|token| (decoded, token))
}

/// Where the intact token stands that this is, or that stands behind the first colon.
fn intact(text: &[u8]) -> Option<Range<usize>> {
    let end = text.trim_ascii_end().len();
    let colon = text.iter().position(|byte| *byte == b':');
    let starts = [Some(0), colon.map(|colon| colon + 1)];
    let is_intact =
        |start: &usize| *start < end && SecretShape::classify(&text[*start..end], None).is_intact();
    let start = starts.into_iter().flatten().find(is_intact)?;
    Some(start..end)
}

/// Where `part` stands in `text`.
pub(super) fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// Strict base64 into memory that is wiped.
pub(super) fn decode(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut decoded = Zeroizing::new(vec![0; text.len() / 4 * 3 + 3]);
    let length = STANDARD.decode_slice(text, &mut decoded).ok()?;
    decoded.truncate(length);
    Some(decoded)
}

/// The same, perhaps broken into lines.
pub(super) fn decode_lines(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut joined = Zeroizing::new(Vec::with_capacity(text.len()));
    joined.extend(text.iter().filter(|byte| !byte.is_ascii_whitespace()));
    decode(&joined)
}

/// A `{uuid}`, with or without its braces.
pub(super) fn is_uuid(text: &[u8]) -> bool {
    let text = text
        .strip_prefix(b"{")
        .and_then(|inner| inner.strip_suffix(b"}"))
        .unwrap_or(text);
    text.len() == 36
        && text.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn characters(text: &[u8]) -> usize {
    std::str::from_utf8(text).map_or(text.len(), |text| text.chars().count())
}

#[cfg(test)]
mod tests;

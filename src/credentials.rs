//! The total parse of an `Authorization` value: malformed input is evidence, never an error.

use crate::secret::{Fingerprint, FingerprintKey};

/// What one `Authorization` value shows, without the secret: small, owned, safe to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    pub scheme: Scheme,
    /// Form faults in the order in which they were undone; the rest describes the repaired value.
    pub faults: Vec<Fault>,
    /// The user-id of Basic (RFC 7617); `None` for other schemes or without a colon.
    pub user_id: Option<UserId>,
    pub secret: SecretShape,
    /// Keyed id of the secret as sent; `None` when there is none.
    pub fingerprint: Option<Fingerprint>,
}

impl Credentials {
    /// Parses any bytes in one linear pass over at most 64 KiB.
    pub fn parse(_value: &[u8], _key: &FingerprintKey) -> Self {
        todo!()
    }
}

/// The auth-scheme (RFC 9110 11.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// A token stands where the scheme should be.
    Missing,
    Other,
}

/// A form fault that the bytes show. Grows with the form rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing after the scheme, or both halves empty (E11).
    Empty,
    EmptyUserId,
    EmptySecret,
    /// Not base64 even leniently, or decodes without a colon to no known token (E9, E10).
    NotBase64,
    /// Decodes only leniently: url-safe alphabet or no padding.
    LenientBase64,
    /// `Basic user:secret` in clear (E9).
    NotEncoded,
    /// The Basic value is (or decodes to) a bare token without a colon (E10).
    NoUser,
    /// The user-id ends in a line end (E8).
    NewlineAfterUserId,
    /// The secret ends in a line end (E8).
    NewlineAfterSecret,
    /// `$VAR`, `${VAR}`, `%VAR%`, `{{ x }}`, `<token>` (E12).
    Placeholder,
    /// `undefined`, `null`, `None`, `changeme`, `YOUR_...` (E12).
    PlaceholderWord,
}

/// The user-id, classified. The text is personal data: Debug masks it.
#[derive(Clone, PartialEq, Eq)]
pub struct UserId {
    pub kind: UserIdKind,
    text: String,
    pub fingerprint: Fingerprint,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserIdKind {
    Email,
    /// 1-30 of `[A-Za-z0-9_-]` (A22).
    Username,
    /// The literal `x-token-auth` (A10).
    XTokenAuth,
    /// The literal `x-bitbucket-api-token-auth` (0.5).
    XBitbucketApiTokenAuth,
    /// A `{uuid}` or account id (A25).
    Uuid,
    /// Cannot be a username: blanks or the shape of a label (E24).
    Label,
    /// A token stands where the user-id belongs; its text is not kept.
    Token,
    Empty,
}

impl UserId {
    /// `j…@acme.com`, `j…e`; literals stay whole.
    pub fn masked(&self) -> String {
        todo!()
    }
    /// The text itself, for `--show-user-ids` and comparisons; empty for [`UserIdKind::Token`].
    pub fn expose(&self) -> &str {
        &self.text
    }
}

impl std::fmt::Debug for UserId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}({})", self.kind, self.masked())
    }
}

/// What the secret looks like (table A).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretShape {
    pub kind: SecretKind,
    pub checksum: Checksum,
    /// Characters; only for kinds whose length tells nothing about the secret.
    pub length: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// 18 : 32 alphanumerics with this user-id (E22).
    ConsumerSecret,
    Unknown,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    Fits,
    Fails,
    /// This kind carries none, or its beginning is of an unknown generation.
    Absent,
}

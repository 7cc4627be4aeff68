//! What a secret looks like: prefix, checksum and shape (table A).

/// What the secret looks like (table A).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretShape {
    pub kind: SecretKind,
    pub checksum: Checksum,
    /// Characters; only for kinds whose length tells nothing about the secret.
    pub length: Option<usize>,
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
    /// Begins like a JWT, with fewer than three parts or one that does not decode.
    CutJwt,
    /// 18 : 32 alphanumerics with this user-id (E22).
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Checksum {
    Fits,
    Fails,
    /// This kind carries none, or its beginning is of an unknown generation.
    Absent,
}

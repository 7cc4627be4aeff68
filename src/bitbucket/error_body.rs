//! The origin's words of refusal, recognised from a closed list (B10-B33, table I).

use super::scope::ScopeList;

/// What the body of a refused response says. Nothing of it is kept but what the closed lists know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorBody {
    /// Each at most once, in the order of [`Words`].
    pub words: Vec<Words>,
    /// The number in `CHANGE-3222`.
    pub change: Option<u16>,
    /// `error.detail.required` (B18).
    pub required: Option<ScopeList>,
    /// `error.detail.granted` (B18).
    pub granted: Option<ScopeList>,
}

impl ErrorBody {
    /// Reads at most 64 KiB of JSON or text; HTML says nothing.
    pub fn parse(_body: &[u8]) -> Self {
        todo!()
    }

    pub fn says(&self, words: Words) -> bool {
        self.words.contains(&words)
    }
}

/// A known sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Words {
    /// Invalid, expired, or not supported for this endpoint (B10).
    TokenInvalid,
    /// Access token expired (B12).
    TokenExpired,
    /// Authentication must use app JWT (B15).
    AppJwtRequired,
    /// Lack one or more required privilege scopes (B18).
    ScopesLacking,
    /// Not accessible by this authentication mechanism (B19).
    MechanismRefused,
    /// Does not support token-based authentication (A26, I7).
    TokensRefused,
    /// The bare word `Forbidden` (B19b).
    Forbidden,
    /// No access to view this workspace (B19c).
    WorkspaceHidden,
    /// May not have access to this repository, or it no longer exists; make sure you are authenticated (B19d, B23).
    RepositoryHidden,
    /// An admin must whitelist your IP (B19d).
    IpNotAllowed,
    /// Enable two-step authentication (B19d).
    TwoStepRequired,
    /// App passwords are deprecated and must be replaced (B20, I3).
    AppPasswordsEnded,
    /// Functionality has been deprecated, or resource removed (B21, I4).
    Removed,
    /// Resource not found (B24).
    NotFound,
    /// Exceeded its user limit, or the plan's (B25).
    UserLimit,
    /// Rate limit exceeded (B26).
    RateLimit,
    /// Invalid OAuth client credentials (B27).
    ClientInvalid,
    /// Requests must be authenticated using OAuth client credentials (B27).
    ClientMissing,
    /// A public consumer cannot use client_credentials (A14).
    ClientPublic,
    /// Invalid refresh_token (I5).
    RefreshTokenInvalid,
    /// Unsupported grant type: None (I8).
    GrantMissing,
    /// Any other unsupported grant type.
    GrantUnsupported,
    /// Stopped supporting account passwords (B32).
    AccountPasswordsEnded,
    /// Invalid username or password, Invalid credentials (B32).
    PairInvalid,
    /// `BRANCH_PERMISSION_VIOLATED` (I9).
    BranchRestricted,
    /// Asks for a CAPTCHA, or says that the account is locked or deactivated (E42, E43).
    AccountLocked,
    /// Only one auth mechanism allowed: S3 (B31).
    OneMechanismOnly,
}

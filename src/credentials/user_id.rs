//! The user-id of a pair, classified and masked.

use crate::secret::Fingerprint;

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
    /// A `{uuid}` (A25).
    Uuid,
    /// The digits of an account id whose rest stands at the start of the secret (A25).
    AccountId,
    /// Cannot be a username: blanks or the shape of a label (E24).
    Label,
    /// Text that stands for a user-id: see the faults.
    Placeholder,
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

    /// The literal itself when it is one that people put for `x-token-auth`: `x-auth-token`, `oauth2` ...
    pub fn near_literal(&self) -> Option<&'static str> {
        todo!()
    }
}

impl std::fmt::Debug for UserId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}({})", self.kind, self.masked())
    }
}

//! What was seen before of one exchange, passed to the diagnosis by value.

/// What earlier (and, for an anonymous first leg, later) exchanges say about this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one answer, given by itself"
)]
pub struct Past {
    /// This very secret was accepted before, on any surface.
    pub accepted: bool,
    /// It was accepted on this surface with the same user-id.
    pub accepted_here: bool,
    /// It was accepted, but under another user-id or on another surface only.
    pub accepted_otherwise: bool,
    /// The same secret, user-id and operation succeeded within the last minutes: one refusal between successes
    /// blames nobody.
    pub alternates: bool,
    /// Another secret of the same user-id, first seen later than this one, was accepted.
    pub newer_accepted: bool,
    /// This client was accepted on other calls with credentials of its own.
    pub client_authenticates: bool,
    /// This client sends a Bearer token on other calls, or a netrc entry for the host was found on its machine.
    pub netrc_suspect: bool,
    /// A token with this beginning was accepted although its checksum fails: the checksum is not what we think it is.
    pub checksum_disproved: bool,
    /// An access token that was accepted within another repository, project or workspace than this one.
    pub accepted_in_other_resource: bool,
    /// What was seen before of the refresh token of a token request.
    pub refresh_token: RefreshToken,
    /// Whether the client answered the challenge of an anonymous 401.
    pub second_leg: SecondLeg,
}

impl Past {
    /// What whoever holds this secret may be told: nothing about other secrets, other people, other clients.
    ///
    /// That a checksum is not what we think it is says something about the kind of token, and stays.
    pub fn of_this_secret_only(self) -> Self {
        Self {
            newer_accepted: false,
            client_authenticates: false,
            netrc_suspect: false,
            ..self
        }
    }

    /// Nothing was seen before.
    pub const NONE: Self = Self {
        accepted: false,
        accepted_here: false,
        accepted_otherwise: false,
        alternates: false,
        newer_accepted: false,
        client_authenticates: false,
        netrc_suspect: false,
        checksum_disproved: false,
        accepted_in_other_resource: false,
        refresh_token: RefreshToken::Unknown,
        second_leg: SecondLeg::Open,
    };
}

impl Default for Past {
    fn default() -> Self {
        Self::NONE
    }
}

/// What became of an anonymous first leg. The shell asks again once it knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SecondLeg {
    /// Not known yet: the answer is still on its way to the client.
    #[default]
    Open,
    /// The same client asked again, with credentials.
    Came,
    /// It did not within a few seconds.
    Missing,
}

/// A refresh token is good for one use (A12), though a used one may last some minutes (I5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RefreshToken {
    /// Never seen.
    #[default]
    Unknown,
    /// It was exchanged before.
    Used,
    /// The same value was sent as an access token.
    AccessToken,
}

//! What one request leaves behind: keyed ids and hashes, no secret and no name.

use super::answer::Answer;
use super::place::{Place, Short};
use crate::bitbucket::Surface;
use crate::credentials::{Checksum, Credentials, Scheme, SecretKind, UserIdKind};
use crate::observation::RequestSeen;
use crate::secret::Fingerprint;
use http::StatusCode;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;

/// Which credentials went where, from which client.
#[derive(Clone, Copy, Debug)]
pub struct Trace<'a> {
    pub sent: Option<Sent>,
    pub place: Place<'a>,
    pub client: ClientId,
    /// Keyed id of the refresh token of a token request, the one that it has as a secret.
    pub refresh_token: Option<Fingerprint>,
}

/// One `Authorization` value that holds a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub(super) secret: u64,
    pub(super) scheme: Scheme,
    pub(super) user_id: Option<u64>,
    /// Scheme and user-id: how it was sent.
    pub(super) manner: Short,
    /// The user-id is one person's, and no word that many share.
    pub(super) names_person: bool,
    pub(super) kind: SecretKind,
    /// As it was sent; [`Checksum::Absent`] also where a form fault was undone first.
    pub(super) checksum: Checksum,
    pub(super) whole: bool,
}

/// Scheme, user-id and surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    manner: Short,
    surface: Surface,
}

/// Address and User-Agent: one process, or several of a kind on one machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientId(pub(super) u64);

impl<'a> Trace<'a> {
    /// `client`: the address, where it is known.
    pub fn of(request: &'a RequestSeen, client: Option<IpAddr>) -> Self {
        Self {
            sent: request.the_one_sent().and_then(Sent::of),
            place: Place::of(request),
            client: ClientId::of(client, request.user_agent.as_deref().map(str::as_bytes)),
            refresh_token: request
                .token_request
                .and_then(|request| request.refresh_token),
        }
    }

    /// What an answer to it says; `credential_type`: the value of `x-credential-type`.
    pub fn answered(&self, status: StatusCode, credential_type: Option<&str>) -> Answer {
        Answer::new(self.place.surface, status, credential_type)
    }
}

impl Sent {
    /// `None` without a secret.
    pub fn of(credentials: &Credentials) -> Option<Self> {
        let user = credentials.user_id.as_ref();
        let names_person = user.is_some_and(|user| {
            matches!(user.kind, UserIdKind::Email | UserIdKind::Username)
                && user.near_literal().is_none()
        });
        let user_id = user.map(|user| user.fingerprint.short());
        Some(Self {
            secret: credentials.fingerprint?.short(),
            scheme: credentials.scheme,
            user_id,
            manner: Short::of((credentials.scheme, user_id)),
            names_person,
            kind: credentials.secret.kind,
            checksum: credentials.secret.checksum,
            whole: credentials.faults.is_empty(),
        })
    }

    /// What has to be the same for "it worked here".
    pub(super) fn way(&self, place: &Place<'_>) -> Way {
        Way {
            manner: self.manner,
            surface: place.surface,
        }
    }

    /// The same call, sent in the same manner.
    pub(super) fn operation(&self, place: &Place<'_>) -> Short {
        self.manner.with(place.operation)
    }

    /// Bitbucket took other schemes for no credentials at all (B17): a success under them says nothing.
    pub(super) fn scheme_is_read(&self) -> bool {
        matches!(self.scheme, Scheme::Basic | Scheme::Bearer)
    }
}

impl ClientId {
    pub fn of(address: Option<IpAddr>, user_agent: Option<&[u8]>) -> Self {
        let mut hasher = DefaultHasher::new();
        (address, user_agent).hash(&mut hasher);
        Self(hasher.finish())
    }
}

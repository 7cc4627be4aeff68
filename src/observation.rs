//! What was seen of one exchange: small, owned, without a secret.

use crate::bitbucket::{Surface, error_body::ErrorBody, scope::ScopeList};
use crate::challenge::Challenge;
use crate::credentials::Credentials;
use crate::secret::FingerprintKey;
use http::{HeaderMap, Method, StatusCode};
use time::UtcDateTime;

mod client;

pub use client::Client;

/// One thing that the shell, or a record of another tool, saw.
#[derive(Clone, Debug)]
pub enum Observation {
    Exchange(Box<Exchange>),
}

/// A request and its final answer.
#[derive(Clone, Debug)]
pub struct Exchange {
    pub request: RequestSeen,
    pub response: ResponseSeen,
}

/// The borrowed request head that a [`RequestSeen`] is read from.
#[derive(Clone, Copy, Debug)]
pub struct RequestHead<'a> {
    pub method: &'a Method,
    /// Canonical: lower case, no trailing dot, no port.
    pub host: &'a str,
    /// As sent, without the query.
    pub path: &'a str,
    pub query: Option<&'a str>,
    pub headers: &'a HeaderMap,
    /// False for plain `http://`.
    pub secure: bool,
}

#[derive(Clone, Debug)]
pub struct RequestSeen {
    pub method: Method,
    pub host: String,
    pub surface: Surface,
    /// Without query; capped at 2,048 bytes, token-shaped parts replaced by `***`.
    pub path: String,
    /// One per `Authorization` field, at most 4.
    pub credentials: Vec<Credentials>,
    /// A token travels elsewhere: `access_token`, `oauth_signature` ... in the query.
    pub query_credentials: bool,
    /// Printable ASCII, capped at 256 characters.
    pub user_agent: Option<String>,
    /// By its User-Agent.
    pub client: Client,
    pub secure: bool,
}

impl RequestSeen {
    pub fn read(_head: RequestHead<'_>, _key: &FingerprintKey) -> Self {
        todo!()
    }

    /// This client sends credentials only after a 401 (F1), so its first try is anonymous.
    pub fn waits_for_challenge(&self) -> bool {
        self.surface == Surface::Git || self.client.waits_for_challenge()
    }
}

#[derive(Clone, Debug)]
pub struct ResponseSeen {
    pub status: StatusCode,
    /// The origin's `Date`.
    pub date: Option<UtcDateTime>,
    pub challenges: Vec<Challenge>,
    /// `x-credential-type`: present when the credential was recognised (B1-B6). Capped at 64 characters.
    pub credential_type: Option<String>,
    /// `x-oauth-scopes`, split.
    pub granted: Option<ScopeList>,
    /// `x-accepted-oauth-scopes`, split.
    pub accepted: Option<ScopeList>,
    /// `x-token-id` (B5).
    pub token_id: Option<String>,
    /// Redirect to a login page (B30).
    pub to_login_page: bool,
    pub body: ErrorBody,
}

impl ResponseSeen {
    /// `body`: the decoded prefix of at most 64 KiB, or `None` when none was read.
    pub fn read(_status: StatusCode, _headers: &HeaderMap, _body: Option<&[u8]>) -> Self {
        todo!()
    }
}

/// The date that an exchange is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub date: UtcDateTime,
    /// False when the origin's and the local clock differ by more than five minutes.
    pub agrees: bool,
}

impl Clock {
    /// The origin's date where there is one, else the local one.
    pub fn of(_origin_date: Option<UtcDateTime>, _local: UtcDateTime) -> Self {
        todo!()
    }
}

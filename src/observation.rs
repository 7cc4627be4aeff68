//! What was seen of one exchange: small, owned, without a secret.

use crate::bitbucket::endpoint::is_login_page;
use crate::bitbucket::{Surface, error_body::ErrorBody, scope::ScopeList};
use crate::challenge::Challenge;
use crate::credentials::{Credentials, Fault, Place};
use crate::host;
use crate::secret::FingerprintKey;
use http::header::{
    ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_TYPE, COOKIE, DATE, LOCATION, USER_AGENT,
    WWW_AUTHENTICATE,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use time::{Duration, UtcDateTime};

mod client;
mod connect;
mod handshake;
pub mod http_date;
mod last_read;
mod parameters;
mod recorded;
mod redaction;
mod success;
mod token_request;

pub use client::Client;
pub use connect::Connect;
pub use handshake::{Ending, Handshake};
pub use last_read::LastRead;
pub use parameters::Parameters;
pub use recorded::Recorded;
pub use success::{Listing, Success};
pub use token_request::{Encoding, Grant, TokenRequest};

const MAX_PATH: usize = 2048;
const MAX_USER_AGENT: usize = 256;
const MAX_NAME: usize = 64;
const MAX_CREDENTIALS: usize = 4;
const MAX_CHALLENGES: usize = 16;
/// Beyond this the two clocks contradict each other.
const CLOCK_TOLERANCE: Duration = Duration::minutes(5);

/// B1 to B6: what the server has granted and would accept.
const OAUTH_SCOPES: HeaderName = HeaderName::from_static("x-oauth-scopes");
const ACCEPTED_OAUTH_SCOPES: HeaderName = HeaderName::from_static("x-accepted-oauth-scopes");
const TOKEN_ID: HeaderName = HeaderName::from_static("x-token-id");

/// One thing that the shell, or a record of another tool, saw.
#[derive(Clone, Debug)]
pub enum Observation {
    Exchange(Box<Exchange>),
    /// A proxy on the way did not open the tunnel.
    Connect(Connect),
    /// The client's TLS came to nothing.
    Handshake(Handshake),
}

impl Observation {
    pub fn exchange(&self) -> Option<&Exchange> {
        match self {
            Self::Exchange(exchange) => Some(exchange),
            Self::Connect(_) | Self::Handshake(_) => None,
        }
    }
}

/// A request and its final answer.
#[derive(Clone, Debug)]
pub struct Exchange {
    pub request: RequestSeen,
    pub response: ResponseSeen,
}

impl Exchange {
    /// An anonymous 401, or one to a name without a password, waits for its second leg; a request with a token among
    /// its parameters has none.
    pub fn is_anonymous_leg(&self) -> bool {
        let request = &self.request;
        self.response.status == StatusCode::UNAUTHORIZED
            && (request.credentials.is_empty() || request.is_name_alone())
            && !request.authenticates_by_parameter()
    }
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
    /// The beginning of the body, where it is `application/x-www-form-urlencoded` and was read.
    pub form: Option<&'a [u8]>,
    pub headers: &'a HeaderMap,
    /// False for plain `http://`.
    pub secure: bool,
}

#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a thing of its own that was seen or not"
)]
#[derive(Clone, Debug)]
pub struct RequestSeen {
    pub method: Method,
    pub host: String,
    pub surface: Surface,
    /// Without query; capped at 2,048 bytes, token-shaped parts replaced by `***`.
    pub path: String,
    /// One per `Authorization` field, at most 4.
    pub credentials: Vec<Credentials>,
    /// Credentials that travel in the query.
    pub query: Parameters,
    /// Credentials that travel in a form body; none where it was not read.
    pub form: Parameters,
    /// `Connection` names `Authorization`: the next hop shall drop it (RFC 9110 7.6.1).
    pub nominates_authorization: bool,
    /// There is a `Cookie`, in which a browser's session may travel. Nothing of it is kept.
    pub has_cookie: bool,
    /// Printable ASCII, capped at 256 characters.
    pub user_agent: Option<String>,
    /// By its User-Agent.
    pub client: Client,
    pub secure: bool,
    /// git asks to push, or pushes.
    pub pushes: bool,
    /// An `https://` address that came to the proxy without TLS, as old axios sends it: readable on the way there.
    pub in_clear: bool,
    /// `Accept` begins with a web page: a person with a browser, or what imitates one.
    pub prefers_html: bool,
    /// At the token endpoint only.
    pub token_request: Option<TokenRequest>,
    /// How far the credentials can be relied on to be those that were sent.
    pub recorded: Recorded,
}

impl RequestSeen {
    /// The fields that are read; nothing else of a request's head is.
    pub const FIELDS: [HeaderName; 6] = [
        AUTHORIZATION,
        CONNECTION,
        USER_AGENT,
        ACCEPT,
        CONTENT_TYPE,
        COOKIE,
    ];

    pub fn read(head: RequestHead<'_>, key: &FingerprintKey) -> Self {
        Self::read_after(&mut LastRead::default(), head, key)
    }

    /// [`RequestSeen::read`] for many requests in a row, of which most repeat the credentials of the one before.
    pub fn read_after(last: &mut LastRead, head: RequestHead<'_>, key: &FingerprintKey) -> Self {
        let values = head.headers.get_all(AUTHORIZATION).iter();
        let values: Vec<_> = values
            .take(MAX_CREDENTIALS)
            .map(HeaderValue::as_bytes)
            .collect();
        let sent = last.read(&values, key);
        let secrets = sent.secrets.as_slice();
        let surface = Surface::of(head.host, head.path);
        let user_agent = head.headers.get(USER_AGENT).map(HeaderValue::as_bytes);
        let user_agent = user_agent.map(|text| redaction::words(text, MAX_USER_AGENT, secrets));
        Self {
            method: head.method.clone(),
            host: match surface {
                Surface::Foreign => host::shown(head.host).into_owned(),
                _ => head.host.to_owned(),
            },
            surface,
            path: redaction::path(head.path, MAX_PATH, secrets),
            credentials: sent.credentials.clone(),
            query: head
                .query
                .map(str::as_bytes)
                .map_or_else(Parameters::default, Parameters::read),
            form: head.form.map_or_else(Parameters::default, Parameters::read),
            nominates_authorization: nominates_authorization(head.headers),
            has_cookie: head.headers.contains_key(COOKIE),
            client: user_agent.as_deref().map_or(Client::Other, Client::of),
            user_agent,
            secure: head.secure,
            pushes: pushes(head.path, head.query),
            in_clear: false,
            prefers_html: prefers_html(head.headers),
            token_request: (Surface::of(head.host, head.path) == Surface::TokenEndpoint)
                .then(|| TokenRequest::read(head, key)),
            recorded: Recorded::No,
        }
    }

    /// The credentials that were sent. Of several unlike fields nothing tells which one the origin reads: silence over
    /// a guess.
    pub fn the_one_sent(&self) -> Option<&Credentials> {
        let (first, others) = self.credentials.split_first()?;
        others.iter().all(|other| other == first).then_some(first)
    }

    /// Query and form.
    pub fn parameters(&self) -> [&Parameters; 2] {
        [&self.query, &self.form]
    }

    /// A credential travels elsewhere than in `Authorization`.
    pub fn authenticates_by_parameter(&self) -> bool {
        self.parameters().into_iter().any(Parameters::authenticate)
    }

    /// git knows a user name, from its remote's address say, and no password yet: it sends the name alone first.
    pub fn is_name_alone(&self) -> bool {
        let [sent] = self.credentials.as_slice() else {
            return false;
        };
        self.client == Client::Git && sent.faults == [Fault::Empty(Place::Secret)]
    }

    /// This client sends credentials only after a 401 (F1), so its first try is anonymous.
    pub fn waits_for_challenge(&self) -> bool {
        self.surface == Surface::Git || self.client.waits_for_challenge()
    }
}

/// Whether this is a step of a push, as git announces it in the query and performs it in the path.
pub fn pushes(path: &str, query: Option<&str>) -> bool {
    path.ends_with("/git-receive-pack")
        || query.is_some_and(|query| {
            query
                .split('&')
                .any(|one| one == "service=git-receive-pack")
        })
}

/// Browsers name it first, API clients not at all.
fn prefers_html(headers: &HeaderMap) -> bool {
    let first = headers.get(ACCEPT).map(HeaderValue::as_bytes);
    let first = first.and_then(|list| list.split(|byte| matches!(byte, b',' | b';')).next());
    first.is_some_and(|media| {
        let media = media.trim_ascii();
        media.eq_ignore_ascii_case(b"text/html")
            || media.eq_ignore_ascii_case(b"application/xhtml+xml")
    })
}

fn nominates_authorization(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(CONNECTION).iter();
    lines
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
        .any(|name| {
            let name = name.trim_ascii();
            name.eq_ignore_ascii_case(AUTHORIZATION.as_str().as_bytes())
        })
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
    /// What a refusal says.
    pub body: ErrorBody,
    /// What a 2xx says; its body is read in records only.
    pub success: Success,
}

impl ResponseSeen {
    /// Present whenever the credential was recognised (B1).
    pub const CREDENTIAL_TYPE: HeaderName = HeaderName::from_static("x-credential-type");

    /// The fields that are read; nothing else of an answer's head is.
    pub const FIELDS: [HeaderName; 7] = [
        WWW_AUTHENTICATE,
        LOCATION,
        DATE,
        Self::CREDENTIAL_TYPE,
        OAUTH_SCOPES,
        ACCEPTED_OAUTH_SCOPES,
        TOKEN_ID,
    ];

    /// What the credential may do: as the refusal lists it (B18), else the field (B1).
    pub fn grant(&self) -> Option<&ScopeList> {
        self.body.granted.as_ref().or(self.granted.as_ref())
    }

    /// `body`: the decoded prefix of at most 64 KiB, or `None` when none was read.
    pub fn read(status: StatusCode, headers: &HeaderMap, body: Option<&[u8]>) -> Self {
        let challenges = headers.get_all(WWW_AUTHENTICATE).iter();
        let redirects = status.is_redirection() && status != StatusCode::NOT_MODIFIED;
        let location = headers.get(LOCATION).filter(|_| redirects);
        let name = |field: &HeaderName| {
            headers
                .get(field)
                .map(|value| redaction::words(value.as_bytes(), MAX_NAME, &[]))
        };
        let (accepted, refused) = match status.is_success() {
            true => (body, None),
            false => (None, body),
        };
        Self {
            status,
            date: headers
                .get(DATE)
                .and_then(|value| http_date::parse(value.as_bytes())),
            challenges: challenges
                .flat_map(|value| Challenge::parse(value.as_bytes()))
                .take(MAX_CHALLENGES)
                .collect(),
            credential_type: name(&Self::CREDENTIAL_TYPE),
            granted: scopes(headers, &OAUTH_SCOPES),
            accepted: scopes(headers, &ACCEPTED_OAUTH_SCOPES),
            token_id: name(&TOKEN_ID),
            to_login_page: location.is_some_and(|value| is_login_page(value.as_bytes())),
            body: refused.map(ErrorBody::parse).unwrap_or_default(),
            success: accepted.map(Success::read).unwrap_or_default(),
        }
    }
}

/// The scopes of all fields of this name; `None` when there is no such field.
fn scopes(headers: &HeaderMap, field: &HeaderName) -> Option<ScopeList> {
    let mut values = headers.get_all(field).iter().peekable();
    values.peek()?;
    let names: Vec<_> = values
        .map(|value| String::from_utf8_lossy(value.as_bytes()))
        .collect();
    Some(ScopeList::parse(&names.join(",")))
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
    pub fn of(origin_date: Option<UtcDateTime>, local: UtcDateTime) -> Self {
        let date = origin_date.unwrap_or(local);
        Self {
            date,
            agrees: (date - local).abs() <= CLOCK_TOLERANCE,
        }
    }
}

#[cfg(test)]
mod tests;

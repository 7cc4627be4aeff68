//! What is kept of a request until its answer shows whether anybody has to look at it.

use crate::bitbucket::Surface;
use crate::credentials::Credentials;
use crate::history::{Place, Sent};
use crate::observation::{self, RequestHead, RequestSeen};
use crate::secret::{Fingerprint, FingerprintKey};
use http::header::{AUTHORIZATION, USER_AGENT};
use http::uri::Scheme;
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use std::hash::{Hash, Hasher};

impl Hash for Noted {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.method.hash(state);
        self.uri.hash(state);
        self.secure.hash(state);
        for (place, name) in RequestSeen::FIELDS.iter().enumerate() {
            for value in self.fields.get_all(name) {
                place.hash(state);
                value.hash(state);
            }
        }
    }
}

/// A request as it came: of its fields those that the diagnosis reads, shared with the request, not copied, and parsed
/// only on a refusal.
pub struct Noted {
    method: Method,
    uri: Uri,
    fields: HeaderMap,
    secure: bool,
}

impl Noted {
    pub fn of<B>(request: &Request<B>) -> Self {
        let mut fields = HeaderMap::with_capacity(RequestSeen::FIELDS.len());
        for name in RequestSeen::FIELDS {
            for value in request.headers().get_all(&name) {
                fields.append(&name, value.clone());
            }
        }
        let uri = request.uri().clone();
        let secure = uri.scheme() != Some(&Scheme::HTTP);
        Self {
            method: request.method().clone(),
            uri,
            fields,
            secure,
        }
    }

    pub fn has_credentials(&self) -> bool {
        self.fields.contains_key(AUTHORIZATION)
    }

    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The `Authorization` value, where there is exactly one.
    pub fn sole_authorization(&self) -> Option<&HeaderValue> {
        let mut values = self.fields.get_all(AUTHORIZATION).iter();
        values.next().filter(|_| values.next().is_none())
    }

    /// The credentials as history knows them; `None` where there are none, or several unlike ones.
    pub fn sent(&self, key: &FingerprintKey) -> Option<Sent> {
        let mut values = self.fields.get_all(AUTHORIZATION).iter();
        let first = values.next()?;
        let credentials = Credentials::parse(first.as_bytes(), key);
        values
            .all(|other| other == first)
            .then(|| Sent::of(&credentials))?
    }

    /// Keyed id of the refresh token that is sent to the token endpoint.
    pub fn refresh_token(&self, host: &str, key: &FingerprintKey) -> Option<Fingerprint> {
        if Surface::of(host, self.path()) != Surface::TokenEndpoint {
            return None;
        }
        self.read(host, key).token_request?.refresh_token
    }

    /// Method and address.
    pub fn call(&self) -> (&Method, &Uri) {
        (&self.method, &self.uri)
    }

    /// Where it goes, for the history of its credentials.
    pub fn place(&self, host: &str) -> Place<'_> {
        let path = self.uri.path();
        let pushes = observation::pushes(path, self.uri.query());
        Place::new(&self.method, host, path, pushes)
    }

    pub fn user_agent(&self) -> Option<&HeaderValue> {
        self.fields.get(USER_AGENT)
    }

    /// Parses it, without the secret.
    pub fn read(&self, host: &str, key: &FingerprintKey) -> RequestSeen {
        let head = RequestHead {
            method: &self.method,
            host,
            path: self.uri.path(),
            query: self.uri.query(),
            form: None,
            headers: &self.fields,
            secure: self.secure,
        };
        RequestSeen::read(head, key)
    }
}

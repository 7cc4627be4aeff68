//! What is kept of a request until its answer shows whether anybody has to look at it.

use crate::observation::{RequestHead, RequestSeen};
use crate::secret::FingerprintKey;
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

//! What is kept of a request until its answer shows whether anybody has to look at it.

use crate::bitbucket::Surface;
use crate::credentials::Credentials;
use crate::history::{Place, Sent};
use crate::observation::{self, RequestHead, RequestSeen};
use crate::proxy::body::FormStart;
use crate::secret::{Fingerprint, FingerprintKey};
use http::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::uri::Scheme;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};
use std::hash::{Hash, Hasher};

impl Hash for Noted {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.method.hash(state);
        self.uri.hash(state);
        self.secure.hash(state);
        self.in_clear.hash(state);
        self.fields.hash(state);
    }
}

/// A request as it came: of its fields those that the diagnosis reads, shared with the request, not copied, and parsed
/// only on a refusal.
pub struct Noted {
    method: Method,
    uri: Uri,
    /// In the order of [`RequestSeen::FIELDS`]: so few that a search costs less than a hash.
    fields: Vec<(HeaderName, HeaderValue)>,
    secure: bool,
    in_clear: bool,
    /// Fills while the body is sent.
    form: Option<FormStart>,
}

impl Noted {
    pub fn of<B>(request: &Request<B>) -> Self {
        let mut fields = Vec::with_capacity(RequestSeen::FIELDS.len());
        for name in RequestSeen::FIELDS {
            for value in request.headers().get_all(&name) {
                fields.push((name.clone(), value.clone()));
            }
        }
        let uri = request.uri().clone();
        let secure = uri.scheme() != Some(&Scheme::HTTP);
        Self {
            method: request.method().clone(),
            form: is_form(request.headers()).then(FormStart::default),
            uri,
            fields,
            secure,
            in_clear: false,
        }
    }

    /// The whole address came to the proxy itself: if it is an `https://` one, in clear.
    pub fn in_absolute_form(mut self) -> Self {
        self.in_clear = self.uri.scheme() == Some(&Scheme::HTTPS);
        self
    }

    pub fn is_in_clear(&self) -> bool {
        self.in_clear
    }

    /// Where the beginning of its body is to be copied to.
    pub fn form(&self) -> Option<&FormStart> {
        self.form.as_ref()
    }

    pub fn has_credentials(&self) -> bool {
        self.values(&AUTHORIZATION).next().is_some()
    }

    pub fn method(&self) -> &Method {
        &self.method
    }

    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The `Authorization` value, where there is exactly one.
    pub fn sole_authorization(&self) -> Option<&HeaderValue> {
        let mut values = self.values(&AUTHORIZATION);
        values.next().filter(|_| values.next().is_none())
    }

    /// The credentials as history knows them; `None` where there are none, or several unlike ones.
    pub fn sent(&self, key: &FingerprintKey) -> Option<Sent> {
        let mut values = self.values(&AUTHORIZATION);
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
        let form = self.form().and_then(FormStart::pairs);
        let form = form.as_deref().map(Vec::as_slice);
        self.read(host, form, key).token_request?.refresh_token
    }

    /// Nothing but its head says what it does.
    pub fn is_safe(&self) -> bool {
        self.method.is_safe()
    }

    /// Where it goes, for the history of its credentials.
    pub fn place(&self, host: &str) -> Place<'_> {
        let path = self.uri.path();
        let pushes = observation::pushes(path, self.uri.query());
        Place::new(&self.method, host, path, pushes)
    }

    pub fn user_agent(&self) -> Option<&HeaderValue> {
        self.values(&USER_AGENT).next()
    }

    fn values(&self, name: &HeaderName) -> impl Iterator<Item = &HeaderValue> {
        let named = self.fields.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| value)
    }

    /// Parses it, without the secret. `form`: what has passed of the body.
    pub fn read(&self, host: &str, form: Option<&[u8]>, key: &FingerprintKey) -> RequestSeen {
        let mut fields = HeaderMap::with_capacity(self.fields.len());
        for (name, value) in &self.fields {
            fields.append(name, value.clone());
        }
        let head = RequestHead {
            method: &self.method,
            host,
            path: self.uri.path(),
            query: self.uri.query(),
            form,
            headers: &fields,
            secure: self.secure,
        };
        RequestSeen {
            in_clear: self.in_clear,
            ..RequestSeen::read(head, key)
        }
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    const FORM: &[u8] = b"application/x-www-form-urlencoded";
    let media = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    media.is_some_and(|media| {
        media
            .get(..FORM.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(FORM))
    })
}

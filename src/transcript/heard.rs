//! One request and its answer as a record tells them, and the observation that they make.

use super::fields::Fields;
use super::hidden;
use super::url::Url;
use super::{Assumed, MAX_FIELD, ReadError, Record};
use crate::bitbucket::call::Call;
use crate::credentials::{Credentials, Fault, Scheme};
use crate::observation::{
    Connect, Exchange, LastRead, Observation, Recorded, RequestHead, RequestSeen, ResponseSeen,
};
use crate::secret::FingerprintKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::USER_AGENT;
use http::{HeaderValue, Method, StatusCode};
use time::UtcDateTime;
use zeroize::Zeroizing;

/// Bytes of the body of a 2xx answer that are looked at: an empty list, what git's hooks say.
pub const MAX_SUCCESS_BODY: usize = 4 * 1024;

/// The method that asks a proxy for a tunnel; its target is no path.
pub const CONNECT: &str = "CONNECT";

/// Takes the exchanges of a record with their numbers.
pub type Each<'a> = &'a mut dyn FnMut(usize, Heard) -> Result<(), ReadError>;

/// An exchange as it is put together, still with its secrets.
#[derive(Default)]
pub struct Heard {
    pub line: u64,
    pub date: Option<UtcDateTime>,
    pub method: String,
    pub url: Url,
    pub fields: Fields,
    /// The beginning of a form that it carries.
    pub form: Option<Zeroizing<Vec<u8>>>,
    pub answer: Option<Answer>,
    /// The recorder is known to drop credentials, or it showed no request at all.
    pub may_hide: bool,
    pub told: Told,
    pub assumed: Option<Assumed>,
}

#[derive(Default)]
pub struct Answer {
    pub status: u16,
    pub fields: Fields,
    /// The beginning of its body.
    pub body: Vec<u8>,
}

/// What a tool says about the credentials beside the request itself.
#[derive(Clone, Default)]
pub struct Told {
    /// `Server auth using Basic with user '...'`.
    pub scheme: Option<String>,
    pub user: Option<Vec<u8>>,
    /// `user:secret` of an address.
    pub pair: Option<Zeroizing<Vec<u8>>>,
}

impl Heard {
    /// A CONNECT that was let through is no exchange.
    pub fn is_tunnel(&self) -> bool {
        let opened = |answer: &Answer| (200..300).contains(&answer.status);
        self.method == CONNECT && self.answer.as_ref().is_none_or(opened)
    }

    /// Without the secrets.
    pub fn record(self, entry: usize, last: &mut LastRead, key: &FingerprintKey) -> Record {
        Record {
            entry,
            line: self.line,
            date: self.date,
            assumed: self.assumed,
            observation: self.observe(last, key),
        }
    }

    /// What was called, also where no answer came.
    pub fn call(&self) -> Call {
        let Url {
            host, path, query, ..
        } = &self.url;
        Call::of(&self.method, host, path, query.as_deref())
    }

    /// `None`: no answer came.
    pub fn observe(&self, last: &mut LastRead, key: &FingerprintKey) -> Option<Observation> {
        let answer = self.answer.as_ref()?;
        let status = StatusCode::from_u16(answer.status).ok()?;
        // What went well speaks of a refusal only where it says little else.
        let most = if status.is_success() {
            MAX_SUCCESS_BODY
        } else {
            MAX_FIELD
        };
        let body = Some(answer.body.as_slice()).filter(|body| (1..=most).contains(&body.len()));
        if self.method == CONNECT {
            let headers = self.fields.map(&[USER_AGENT]);
            let connect = Connect::read(&self.url.host, &headers, status);
            return Some(Observation::Connect(connect));
        }
        Some(Observation::Exchange(Box::new(Exchange {
            request: self.request(last, key),
            response: ResponseSeen::read(status, &answer.fields.map(&ResponseSeen::FIELDS), body),
        })))
    }

    fn request(&self, last: &mut LastRead, key: &FingerprintKey) -> RequestSeen {
        let headers = self.fields.map(&RequestSeen::FIELDS);
        let head = RequestHead {
            method: &Method::from_bytes(self.method.as_bytes()).unwrap_or(Method::GET),
            host: &self.url.host,
            path: &self.url.path,
            query: self.url.query.as_deref(),
            form: self.form.as_ref().map(|form| form.as_slice()),
            headers: &headers,
            secure: self.url.secure,
        };
        let seen = RequestSeen::read_after(last, head, key);
        let (credentials, recorded) = self.credentials(seen.credentials, key);
        RequestSeen {
            credentials,
            recorded,
            ..seen
        }
    }

    /// `read`: those that HTTP could carry, in the order of the fields.
    fn credentials(
        &self,
        read: Vec<Credentials>,
        key: &FingerprintKey,
    ) -> (Vec<Credentials>, Recorded) {
        let values = self.fields.all("authorization");
        let mut recorded = Recorded::Whole;
        let mut found = Vec::new();
        for (value, read) in values.zip(read) {
            let parsed = if HeaderValue::from_bytes(value).is_ok() {
                read
            } else {
                Credentials::parse(value, key)
            };
            match hidden::by(value, &parsed) {
                None => found.push(parsed),
                Some(hidden) => {
                    recorded = hidden;
                    // That shows before the mask.
                    let twice = parsed.faults.contains(&Fault::DuplicateScheme);
                    let mut told = self.told_credentials(parsed.scheme, key);
                    if let (Some(told), true) = (&mut told, twice) {
                        told.faults.push(Fault::DuplicateScheme);
                    }
                    found.extend(told);
                }
            }
        }
        if found.is_empty() && (self.may_hide || self.was_recognised()) {
            recorded = Recorded::Doubtful;
            let told = self.told.scheme.is_some() || self.told.pair.is_some();
            found.extend(
                told.then(|| self.told_credentials(Scheme::Basic, key))
                    .flatten(),
            );
        }
        (found, recorded)
    }

    /// The server knew a credential of which the record shows nothing (B1).
    fn was_recognised(&self) -> bool {
        let named = |answer: &Answer| answer.fields.all("x-credential-type").next().is_some();
        self.answer.as_ref().is_some_and(named)
    }

    /// Of a hidden value: what the tool said elsewhere. Where even the scheme is hidden, nothing may be there at all.
    fn told_credentials(&self, scheme: Scheme, key: &FingerprintKey) -> Option<Credentials> {
        let told = self.told.scheme.as_deref();
        let scheme = match (scheme, told) {
            (Scheme::Missing | Scheme::Other, None) => return None,
            (Scheme::Missing | Scheme::Other, Some(name)) => {
                Credentials::parse(name.as_bytes(), key).scheme
            }
            (scheme, _) => scheme,
        };
        Some(match &self.told.pair {
            Some(pair) if scheme == Scheme::Basic => {
                let value = Zeroizing::new(format!("Basic {}", STANDARD.encode(&**pair)));
                Credentials::parse(value.as_bytes(), key)
            }
            _ => Credentials::hidden(scheme, self.told.user.as_deref(), key),
        })
    }
}

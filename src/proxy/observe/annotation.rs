//! The diagnosis in a refused answer itself, for tools that show no field. Off unless it was asked for.

use super::memo::Verdict;
use super::refused::Refused;
use crate::bitbucket::Surface;
use crate::diagnosis::Finding;
use crate::output::annotation::{self, Annotate};
use crate::proxy::body::Relay;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG};
use http::response::Parts;
use http::{HeaderMap, HeaderName, Method};
use hyper::ext::ReasonPhrase;

/// Fields by which a client can tell that a body was changed (RFC 9421, RFC 9530, RFC 1864).
const SIGNED: [HeaderName; 5] = [
    HeaderName::from_static("content-digest"),
    HeaderName::from_static("repr-digest"),
    HeaderName::from_static("digest"),
    HeaderName::from_static("content-md5"),
    HeaderName::from_static("signature"),
];

/// What is written into one answer.
#[derive(Default)]
pub struct Annotation {
    reason: Option<ReasonPhrase>,
    body: Option<Vec<u8>>,
}

impl Annotation {
    pub fn of(annotate: Annotate, verdict: &Verdict, refused: &Refused<'_>, body: &Relay) -> Self {
        let Some(finding) = annotation::worth_saying(verdict.for_client()) else {
            return Self::default();
        };
        let reason = || annotation::reason_phrase(refused.status, finding);
        let reason = annotate.reason.then(reason).flatten();
        Self {
            reason: reason.and_then(|phrase| ReasonPhrase::try_from(phrase).ok()),
            body: annotate
                .body
                .then(|| longer(refused, body, finding))
                .flatten(),
        }
    }

    /// An origin's own reason phrase stays.
    pub fn write(self, parts: &mut Parts, body: &mut Relay) {
        if let Some(reason) = self.reason
            && parts.extensions.get::<ReasonPhrase>().is_none()
        {
            parts.extensions.insert(reason);
        }
        if let Some(longer) = self.body {
            if parts.headers.contains_key(CONTENT_LENGTH) {
                parts.headers.insert(CONTENT_LENGTH, longer.len().into());
            }
            body.replace_whole(longer);
        }
    }
}

/// `None` for every body but git's text and the API's error envelope, whole and as it is.
fn longer(refused: &Refused<'_>, body: &Relay, finding: &Finding) -> Option<Vec<u8>> {
    if refused.noted.method() == Method::HEAD || !is_plain(refused.headers) {
        return None;
    }
    let kind = refused.headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let kind = kind.split(';').next()?.trim().to_ascii_lowercase();
    match (Surface::of(refused.host, refused.noted.path()), &*kind) {
        (Surface::Git, "text/plain") => Some(annotation::in_text(&body.whole()?, finding)),
        (Surface::Rest, "application/json") => annotation::in_envelope(&body.whole()?, finding),
        _ => None,
    }
}

/// Neither coded, nor a part, nor something that the client could check.
fn is_plain(headers: &HeaderMap) -> bool {
    let others = [CONTENT_ENCODING, CONTENT_RANGE, ETAG];
    !others
        .iter()
        .chain(&SIGNED)
        .any(|name| headers.contains_key(name))
}

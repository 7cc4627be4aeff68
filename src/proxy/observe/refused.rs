//! A refused exchange as far as the diagnosis can see it.

use super::noted::Noted;
use crate::observation::{RequestSeen, ResponseSeen};
use crate::secret::FingerprintKey;
use http::{HeaderMap, StatusCode};
use std::hash::{Hash, Hasher};

/// Equal in hash means equal in everything that [`Refused::read`] reads: it reads nothing else.
pub struct Refused<'a> {
    pub noted: &'a Noted,
    pub host: &'a str,
    pub status: StatusCode,
    /// The whole answer's fields, of which only [`ResponseSeen::FIELDS`] are looked at.
    pub headers: &'a HeaderMap,
    pub words: Option<&'a [u8]>,
    /// What has passed of the request's form, at one moment: it may still be filling.
    pub form: Option<&'a [u8]>,
}

impl Refused<'_> {
    /// Parses both sides, without the secret.
    pub fn read(&self, key: &FingerprintKey) -> (RequestSeen, ResponseSeen) {
        let mut fields = HeaderMap::with_capacity(ResponseSeen::FIELDS.len());
        for name in ResponseSeen::FIELDS {
            for value in self.headers.get_all(&name) {
                fields.append(&name, value.clone());
            }
        }
        (
            self.noted.read(self.host, self.form, key),
            ResponseSeen::read(self.status, &fields, self.words),
        )
    }
}

impl Hash for Refused<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.noted.hash(state);
        self.host.hash(state);
        self.status.hash(state);
        for (place, name) in ResponseSeen::FIELDS.iter().enumerate() {
            for value in self.headers.get_all(name) {
                place.hash(state);
                value.hash(state);
            }
        }
        self.words.hash(state);
        self.form.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue, Request};
    use std::hash::{BuildHasher, RandomState};

    fn hashes(change: impl FnOnce(&mut Request<()>, &mut HeaderMap)) -> (u64, u64) {
        let hasher = RandomState::new();
        let hash = |request: &Request<()>, headers: &HeaderMap| {
            let noted = Noted::of(request);
            let refused = Refused {
                noted: &noted,
                host: "api.bitbucket.org",
                status: StatusCode::UNAUTHORIZED,
                headers,
                words: Some(b"{}"),
                form: None,
            };
            hasher.hash_one(refused)
        };
        let mut request = Request::get("/2.0/user?q=1")
            .header("authorization", "Basic Og==")
            .body(())
            .unwrap();
        let mut headers = HeaderMap::new();
        headers.append("www-authenticate", HeaderValue::from_static("Basic"));
        let before = hash(&request, &headers);
        change(&mut request, &mut headers);
        (before, hash(&request, &headers))
    }

    #[test]
    fn whatever_the_diagnosis_reads_changes_the_hash() {
        let x = HeaderValue::from_static("x");
        for name in [
            "authorization",
            "connection",
            "user-agent",
            "accept",
            "content-type",
        ] {
            let (before, after) = hashes(|request, _| {
                request.headers_mut().append(name, x.clone());
            });
            assert_ne!(before, after, "{name}");
        }
        for name in ResponseSeen::FIELDS {
            let (before, after) = hashes(|_, headers| {
                headers.append(&name, x.clone());
            });
            assert_ne!(before, after, "{name}");
        }
        let (before, after) =
            hashes(|request, _| *request.uri_mut() = "/2.0/user?q=2".parse().unwrap());
        assert_ne!(before, after);
    }

    #[test]
    fn what_has_passed_of_a_form_changes_the_hash() {
        let hasher = RandomState::new();
        let request = Request::post("/2.0/user").body(()).unwrap();
        let noted = Noted::of(&request);
        let hash = |form| {
            hasher.hash_one(Refused {
                noted: &noted,
                host: "api.bitbucket.org",
                status: StatusCode::UNAUTHORIZED,
                headers: &HeaderMap::new(),
                words: None,
                form,
            })
        };
        assert_ne!(hash(None), hash(Some(b"access_token=x".as_slice())));
        let in_clear = Noted::of(&Request::get("https://a.b/c").body(()).unwrap());
        let hash = |noted: &Noted| hasher.hash_one(noted);
        assert_ne!(hash(&in_clear), {
            let again = Noted::of(&Request::get("https://a.b/c").body(()).unwrap());
            hash(&again.in_absolute_form())
        });
    }

    #[test]
    fn what_it_does_not_read_changes_nothing() {
        let other = HeaderName::from_static("x-request-id");
        let (before, after) = hashes(|_, headers| {
            headers.append(other, HeaderValue::from_static("1"));
        });
        assert_eq!(before, after);
    }
}

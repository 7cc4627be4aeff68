//! The credentials that a client connection sent last: sent again, they cost a comparison instead of a hash.

use super::Noted;
use crate::history::{ClientId, Sent};
use crate::secret::FingerprintKey;
use http::{HeaderValue, Method, StatusCode, Uri};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// What one connection sent last. Its bytes are wiped when others take their place.
#[derive(Default)]
pub struct LastSent(Mutex<Option<Kept>>);

struct Kept {
    authorization: Zeroizing<Vec<u8>>,
    user_agent: Option<HeaderValue>,
    identity: Identity,
    done: Option<Done>,
}

/// Who sent what, as history knows them.
#[derive(Clone, Copy)]
pub struct Identity {
    pub sent: Option<Sent>,
    pub client: ClientId,
}

/// A success, and the second in which it was remembered.
struct Done {
    method: Method,
    uri: Uri,
    status: StatusCode,
    at: i64,
}

impl LastSent {
    /// Who sends this request. Credentials are parsed only if this connection did not send them last.
    pub fn identity(&self, noted: &Noted, client: IpAddr, key: &FingerprintKey) -> Identity {
        let sole = noted.sole_authorization();
        if let Some(kept) = self.lock().as_ref().filter(|kept| kept.is_of(noted, sole)) {
            return kept.identity;
        }
        // Not under the lock: reading a new credential is slow beside a comparison.
        let user_agent = noted.user_agent();
        let identity = Identity {
            sent: noted.sent(key),
            client: ClientId::of(Some(client), user_agent.map(HeaderValue::as_bytes)),
        };
        if let Some(authorization) = sole {
            *self.lock() = Some(Kept {
                authorization: Zeroizing::new(authorization.as_bytes().to_vec()),
                user_agent: user_agent.cloned(),
                identity,
                done: None,
            });
        }
        identity
    }

    /// True when the same success of the same credentials was remembered within this second.
    pub fn is_done(&self, noted: &Noted, status: StatusCode, at: i64) -> bool {
        let sole = noted.sole_authorization();
        let mut kept = self.lock();
        let Some(kept) = kept.as_mut().filter(|kept| kept.is_of(noted, sole)) else {
            return false;
        };
        let (method, uri) = noted.call();
        // The body of another call may hold a refresh token.
        let is_done = kept.done.as_ref().is_some_and(|done| {
            method.is_safe()
                && done.at == at
                && done.status == status
                && done.method == *method
                && done.uri == *uri
        });
        if !is_done {
            kept.done = Some(Done {
                method: method.clone(),
                uri: uri.clone(),
                status,
                at,
            });
        }
        is_done
    }

    /// Whatever comes next has to be remembered: a refusal came between.
    pub fn interrupt(&self) {
        if let Some(kept) = self.lock().as_mut() {
            kept.done = None;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn is_of(&self, noted: &Noted, sole: Option<&HeaderValue>) -> bool {
        sole.is_some_and(|value| value.as_bytes() == &self.authorization[..])
            && self.user_agent.as_ref() == noted.user_agent()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::Request;
    use std::net::Ipv4Addr;

    const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    fn noted(field: &str, path: &str, user_agent: &str) -> Noted {
        let request = Request::get(path).header("user-agent", user_agent);
        Noted::of(&request.header("authorization", field).body(()).unwrap())
    }

    #[test]
    fn equal_credentials_are_parsed_once() {
        let (last, one, two) = (
            LastSent::default(),
            FingerprintKey::new([1; 32]),
            FingerprintKey::new([2; 32]),
        );
        let seen = |field: &str, user_agent: &str, key: &FingerprintKey| {
            let identity = last.identity(&noted(field, "/2.0/user", user_agent), CLIENT, key);
            (identity.sent.unwrap(), identity.client)
        };
        let first = seen("Bearer aaaa", "a", &one);
        assert_eq!(seen("Bearer aaaa", "a", &two), first, "not parsed again");
        assert_ne!(seen("Bearer aaaa", "b", &one).1, first.1);
        assert_ne!(seen("Bearer bbbb", "a", &one).0, first.0);
        assert_ne!(seen("Bearer aaaa", "a", &two).0, first.0, "forgotten since");
    }

    #[test]
    fn the_same_success_is_remembered_once_a_second() {
        let (last, key) = (LastSent::default(), FingerprintKey::new([1; 32]));
        let user = noted("Bearer aaaa", "/2.0/user", "a");
        let is_done = |noted: &Noted, at| last.is_done(noted, StatusCode::OK, at);
        assert!(!is_done(&user, 1), "nothing is known of it");
        last.identity(&user, CLIENT, &key);
        assert!(!is_done(&user, 1));
        assert!(is_done(&user, 1));
        assert!(!is_done(&user, 2));
        assert!(!is_done(&noted("Bearer aaaa", "/2.0/user/emails", "a"), 2));
        assert!(!is_done(&noted("Bearer bbbb", "/2.0/user", "a"), 2));
        assert!(!is_done(&user, 2));
        last.interrupt();
        assert!(!is_done(&user, 2));
    }
}

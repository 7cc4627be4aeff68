//! The credentials that a client connection sent last: sent again, they cost a comparison instead of a hash.

use super::Noted;
use crate::history::{ClientId, Moment, Sent, Short};
use crate::secret::FingerprintKey;
use http::{HeaderValue, StatusCode};
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
    done: Option<Success>,
}

/// Who sent what, as history knows them.
#[derive(Clone, Copy)]
pub struct Identity {
    pub sent: Option<Sent>,
    pub client: ClientId,
}

/// A call that was done, and the second of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Success {
    pub operation: Short,
    pub status: StatusCode,
    pub at: Moment,
}

impl LastSent {
    /// Who sends this request. Credentials are parsed only if this connection did not send them last.
    pub fn identity(&self, noted: &Noted, client: IpAddr, key: &FingerprintKey) -> Identity {
        let sole = noted.sole_authorization();
        let known = self.known(noted, sole, |kept| kept.identity);
        known.unwrap_or_else(|| self.learn(noted, sole, client, key))
    }

    /// Who has to be remembered for this success; `None` when that was done within this second.
    pub fn succeeded(
        &self,
        noted: &Noted,
        success: Success,
        client: IpAddr,
        key: &FingerprintKey,
    ) -> Option<Identity> {
        let sole = noted.sole_authorization();
        // The body of another call may hold a refresh token.
        let done = noted.is_safe().then_some(success);
        let known = self.known(noted, sole, |kept| {
            let again = done.is_some() && kept.done == done;
            kept.done = done;
            (!again).then_some(kept.identity)
        });
        known.unwrap_or_else(|| Some(self.learn(noted, sole, client, key)))
    }

    /// What `tell` says of the credentials that are kept, if they are those of this request.
    fn known<T>(
        &self,
        noted: &Noted,
        sole: Option<&HeaderValue>,
        tell: impl FnOnce(&mut Kept) -> T,
    ) -> Option<T> {
        let mut kept = self.lock();
        kept.as_mut()
            .filter(|kept| kept.is_of(noted, sole))
            .map(tell)
    }

    /// Not under the lock: reading a new credential is slow beside a comparison.
    fn learn(
        &self,
        noted: &Noted,
        sole: Option<&HeaderValue>,
        client: IpAddr,
        key: &FingerprintKey,
    ) -> Identity {
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
        let is_done = |noted: &Noted, second| {
            let success = Success {
                operation: noted.place("api.bitbucket.org").operation(),
                status: StatusCode::OK,
                at: Moment::at(second),
            };
            last.succeeded(noted, success, CLIENT, &key).is_none()
        };
        let user = noted("Bearer aaaa", "/2.0/user", "a");
        assert!(!is_done(&user, 1), "nothing is known of it");
        assert!(!is_done(&user, 1));
        assert!(is_done(&user, 1));
        assert!(is_done(&noted("Bearer aaaa", "/2.0/user?page=2", "a"), 1));
        assert!(!is_done(&user, 2));
        assert!(!is_done(&noted("Bearer aaaa", "/2.0/user/emails", "a"), 2));
        assert!(!is_done(&noted("Bearer bbbb", "/2.0/user", "a"), 2));
        assert!(!is_done(&user, 2));
        last.interrupt();
        assert!(!is_done(&user, 2));
    }

    #[test]
    fn a_call_with_a_body_is_never_done() {
        let (last, key) = (LastSent::default(), FingerprintKey::new([1; 32]));
        let request = Request::post("/2.0/user").header("authorization", "Bearer aaaa");
        let noted = Noted::of(&request.body(()).unwrap());
        let success = Success {
            operation: noted.place("api.bitbucket.org").operation(),
            status: StatusCode::OK,
            at: Moment::at(0),
        };
        let remembers = || last.succeeded(&noted, success, CLIENT, &key).is_some();
        assert!(remembers() && remembers() && remembers());
    }
}

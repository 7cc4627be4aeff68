//! The credentials that exist. Whatever is not in here is unknown, however well it is formed.

mod entries;
mod jwt;
pub mod oauth;
mod scopes;
mod secret;
mod seed;

pub use scopes::every_scope;
pub use secret::{new_id, new_secret};

use super::credential::{Credential, Kind, State};
use super::reading::Reading;
use std::sync::{Arc, PoisonError, RwLock};
use time::UtcDateTime;

/// Grows when the token endpoint gives out a token.
#[derive(Debug, Default)]
pub struct Store(RwLock<Vec<Arc<Credential>>>);

impl Store {
    /// The standard set, fresh on every start: each kind in the states it can have, `good` and every scope first.
    pub fn minted(now: UtcDateTime, reading: &Reading) -> Self {
        entries::all(now, reading).into_iter().collect()
    }

    pub fn add(&self, credential: Credential) -> Arc<Credential> {
        let credential = Arc::new(credential);
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.push(credential.clone());
        credential
    }

    /// By its exact secret, never by what it looks like.
    pub fn find(&self, secret: &str) -> Option<Arc<Credential>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|known| known.secret == secret).cloned()
    }

    /// The first of a kind and state.
    pub fn first(&self, kind: Kind, state: State) -> Option<Arc<Credential>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.iter()
            .find(|known| known.kind == kind && known.state == state)
            .cloned()
    }

    /// Ends a credential at a date, unless it ends earlier: a refresh token that was used (A12, I5).
    pub fn end(&self, secret: &str, at: UtcDateTime) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for known in all.iter_mut().filter(|known| known.secret == secret) {
            let ending = Arc::make_mut(known);
            ending.expires = Some(ending.expires.map_or(at, |end| end.min(at)));
        }
    }

    pub fn all(&self) -> Vec<Arc<Credential>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.clone()
    }
}

impl FromIterator<Credential> for Store {
    fn from_iter<I: IntoIterator<Item = Credential>>(credentials: I) -> Self {
        Self(RwLock::new(credentials.into_iter().map(Arc::new).collect()))
    }
}

#[cfg(test)]
mod tests;

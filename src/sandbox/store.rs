//! The credentials that exist. Whatever is not in here is unknown, however well it is formed.

use super::credential::Credential;
use std::sync::{Arc, PoisonError, RwLock};

/// Grows when the token endpoint gives out a token.
#[derive(Debug, Default)]
pub struct Store(RwLock<Vec<Arc<Credential>>>);

impl Store {
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

    pub fn all(&self) -> Vec<Arc<Credential>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.clone()
    }
}

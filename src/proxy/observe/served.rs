//! Which clients came through TLS: one that did is not said to distrust the CA with the same certainty.

use crate::proxy::intercept::Caller;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Clients remembered; beyond it all are forgotten, which costs a finding its lower certainty and nothing else.
const CAPACITY: usize = 10_000;

/// Clients by address and User-Agent of their CONNECT, hashed under a random key.
#[derive(Default)]
pub struct Served {
    hasher: RandomState,
    clients: Mutex<HashSet<u64>>,
}

impl Served {
    pub fn note(&self, caller: &Caller) {
        let mut clients = self.lock();
        if clients.len() >= CAPACITY {
            clients.clear();
        }
        clients.insert(self.key(caller));
    }

    pub fn has(&self, caller: &Caller) -> bool {
        self.lock().contains(&self.key(caller))
    }

    fn key(&self, caller: &Caller) -> u64 {
        self.hasher.hash_one((caller.client, &caller.user_agent))
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<u64>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

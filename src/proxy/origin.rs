//! Connections to origins: verified before use, pooled, shared.

mod dial;
mod line;
mod negotiated;
mod parent;
mod pool;
mod race;
mod replay;
mod send;
mod wire;

pub use dial::{Dialer, by_the_system};
pub use line::Line;
pub use parent::{Hop, Via, refused as parent_refused};
pub use pool::Lease;
pub use send::Sent;

use crate::host::ParentProxy;
use crate::host::target::Target;
use crate::proxy::error::ProxyError;
use crate::proxy::limits;
use negotiated::Negotiated;
use pool::Pool;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Every origin that was dialled lately.
pub struct Origins {
    dialer: Arc<Dialer>,
    known: Mutex<HashMap<Key, Arc<Origin>>>,
}

/// What makes two requests share connections.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub target: Target,
    pub scheme: Scheme,
    /// Dialled under the rules for clients off loopback: such a client never gets a connection to an address
    /// that only a local one may reach (H-C1).
    pub restricted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    Http,
    Https,
}

/// One origin: how it is dialled and what is open to it.
pub struct Origin {
    pub key: Key,
    dialer: Arc<Dialer>,
    pool: Pool,
    negotiated: Negotiated,
    /// One dial for the shared HTTP/2 connection at a time; held across the dial, never on the path of a request
    /// that finds it open. Holds the last failure, which is also the answer for those who waited meanwhile.
    dialling_http2: tokio::sync::Mutex<Option<(Instant, ProxyError)>>,
}

impl Origins {
    pub fn new(dialer: Dialer) -> Self {
        Self {
            dialer: Arc::new(dialer),
            known: Mutex::default(),
        }
    }

    pub fn dialer(&self) -> &Dialer {
        &self.dialer
    }

    pub fn get(&self, key: Key) -> Arc<Origin> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(origin) = known.get(&key) {
            return origin.clone();
        }
        if known.len() >= limits::ORIGINS {
            known.retain(|_, origin| origin.pool.is_alive());
        }
        let origin = Arc::new(Origin {
            key: key.clone(),
            dialer: self.dialer.clone(),
            pool: Pool::default(),
            negotiated: Negotiated::default(),
            dialling_http2: tokio::sync::Mutex::default(),
        });
        known.insert(key, origin.clone());
        origin
    }
}

impl Origin {
    /// The parent that plain requests to this origin are sent to, in whole (RFC 9112 3.2.2).
    pub fn parent_for_plain(&self) -> Option<&ParentProxy> {
        match self.key.scheme {
            Scheme::Http => self.dialer.parent_towards(&self.key.target),
            Scheme::Https => None,
        }
    }
}

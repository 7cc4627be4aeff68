//! Open connections to one origin: idle HTTP/1 ones, and the shared HTTP/2 ones.

use super::wire::Http1;
use crate::proxy::body::Outgoing;
use crate::proxy::limits;
use hyper::client::conn::http2;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// How long an origin that chose HTTP/1.1 is not asked for HTTP/2 again.
const HTTP1_ONLY: std::time::Duration = std::time::Duration::from_secs(600);

/// Cheap to share; its lock is held for a push or a pop.
#[derive(Clone, Default)]
pub struct Pool {
    state: Arc<Mutex<State>>,
    alive: Arc<AtomicUsize>,
}

#[derive(Default)]
struct State {
    idle: Vec<(Instant, Http1)>,
    /// One, until it has as many streams as origins let a connection have.
    http2: Vec<Http2>,
    shared: u64,
    http1_only_since: Option<Instant>,
    http2_only: bool,
}

/// A handle on a shared HTTP/2 connection.
#[derive(Clone)]
pub struct Http2 {
    pub sender: http2::SendRequest<Outgoing>,
    /// As many as there are exchanges, and the pool's own.
    uses: Arc<()>,
    /// Tells one connection from the next.
    number: u64,
    used: Instant,
}

impl Http2 {
    fn is_fresh(&self) -> bool {
        !self.sender.is_closed() && self.used.elapsed() < limits::POOL_IDLE
    }

    fn has_room(&self) -> bool {
        Arc::strong_count(&self.uses) <= limits::SHARED_STREAMS
    }
}

/// Counts one open connection for as long as it lives.
pub struct Alive(Arc<AtomicUsize>);

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Pool {
    /// True while any verified connection is open.
    pub fn is_alive(&self) -> bool {
        self.alive.load(Ordering::Relaxed) > 0
    }

    pub fn alive(&self) -> Alive {
        self.alive.fetch_add(1, Ordering::Relaxed);
        Alive(self.alive.clone())
    }

    /// The most recently used idle connection: the one most likely to be open still.
    pub fn take(&self) -> Option<Http1> {
        let mut state = self.lock();
        while let Some((since, wire)) = state.idle.pop() {
            if since.elapsed() > limits::POOL_IDLE {
                state.idle.clear();
                return None;
            }
            if !wire.is_closed() {
                return Some(wire);
            }
        }
        None
    }

    pub fn put(&self, wire: Http1) {
        let now = Instant::now();
        let mut state = self.lock();
        if state.idle.len() >= limits::POOL_SIZE {
            state
                .idle
                .retain(|(since, wire)| !wire.is_closed() && now - *since < limits::POOL_IDLE);
        }
        if state.idle.len() < limits::POOL_SIZE {
            state.idle.push((now, wire));
        }
    }

    /// A shared HTTP/2 connection with room, while it is open and in use. One that was left ends with its last stream.
    pub fn http2(&self) -> Option<Http2> {
        let mut state = self.lock();
        state.http2.retain(Http2::is_fresh);
        let shared = state.http2.iter_mut().find(|shared| shared.has_room())?;
        shared.used = Instant::now();
        Some(shared.clone())
    }

    pub fn share(&self, sender: http2::SendRequest<Outgoing>) -> Http2 {
        let mut state = self.lock();
        state.shared += 1;
        let shared = Http2 {
            sender,
            uses: Arc::default(),
            number: state.shared,
            used: Instant::now(),
        };
        state.http2.push(shared.clone());
        shared
    }

    /// Forgets this connection: the origin is closing it.
    pub fn unshare(&self, left: &Http2) {
        let mut state = self.lock();
        state.http2.retain(|shared| shared.number != left.number);
    }

    pub fn note_http1_only(&self) {
        self.lock().http1_only_since = Some(Instant::now());
    }

    pub fn is_http1_only(&self) -> bool {
        self.lock()
            .http1_only_since
            .is_some_and(|since| since.elapsed() < HTTP1_ONLY)
    }

    pub fn note_http2_only(&self, only: bool) {
        self.lock().http2_only = only;
    }

    pub fn is_http2_only(&self) -> bool {
        self.lock().http2_only
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection in use, until whoever sees the answer's body end gives it back.
pub enum Lease {
    /// Of HTTP/1: dropped, it closes.
    Own { pool: Pool, wire: Http1 },
    /// One stream of HTTP/2.
    Shared(Arc<()>),
}

impl Lease {
    pub fn own(pool: Pool, wire: Http1) -> Self {
        Self::Own { pool, wire }
    }

    pub fn shared(connection: &Http2) -> Self {
        Self::Shared(connection.uses.clone())
    }

    pub fn give_back(self) {
        if let Self::Own { pool, wire } = self
            && !wire.is_closed()
        {
            pool.put(wire);
        }
    }
}

//! What the two ends of hyper share: the stream below it and the service above it.

use super::clock::Waiting;
use super::course::{Framing, OutOfStep};
use super::steps::Steps;
use super::writes::Writes;
use super::{HEAD_SHOWN, UnparsableKind};
use bytes::BufMut;
use http::StatusCode;
use hyper::upgrade::OnUpgrade;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// One connection's gate. The lock is held for a few instructions and never contended, except by a body that another task
/// reads to its end.
pub struct Shared {
    state: Mutex<State>,
    /// Bytes read and written, to see progress.
    moved: AtomicU64,
    /// The client does not take what we write.
    blocked: AtomicBool,
}

struct State {
    steps: Steps,
    writes: Writes,
    /// The client closed in the middle of a head.
    cut_off: bool,
    /// hyper hands the stream to whoever asked for an upgrade, even one that was refused.
    refused_upgrade: Option<OnUpgrade>,
}

impl Shared {
    pub fn new(max_head: usize) -> Self {
        Self {
            state: Mutex::new(State {
                steps: Steps::new(max_head),
                writes: Writes::new(),
                cut_off: false,
                refused_upgrade: None,
            }),
            moved: AtomicU64::new(0),
            blocked: AtomicBool::new(false),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change under the lock is complete in itself: a panic leaves no half of one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The stream's side.
impl Shared {
    pub fn give(&self, out: &mut impl BufMut) -> usize {
        self.state().steps.give(out)
    }

    pub fn admit(&self, fresh: &[u8]) -> usize {
        self.moved.fetch_add(fresh.len() as u64, Relaxed);
        self.state().steps.admit(fresh)
    }

    pub fn end_of_stream(&self) {
        let mut state = self.state();
        state.cut_off = state.steps.mid_head() && !state.writes.in_flight();
    }

    pub fn swallows(&self, bytes: &[u8]) -> bool {
        self.state().writes.swallows(bytes)
    }

    /// The shutdown belongs to a refusal that the gate replaces.
    pub fn keeps_open(&self) -> bool {
        let state = self.state();
        state.cut_off || state.writes.swallowed().is_some()
    }

    pub fn flushed(&self) {
        self.state().writes.flushed();
    }

    pub fn wrote(&self, n: usize) {
        self.moved.fetch_add(n as u64, Relaxed);
    }

    pub fn blocked(&self, blocked: bool) {
        self.blocked.store(blocked, Relaxed);
    }

    pub fn take_rest(&self) -> Vec<u8> {
        self.state().steps.take_rest()
    }
}

/// The service's side.
impl Shared {
    pub fn called(&self, framing: Framing, may_switch: bool) -> u64 {
        let mut state = self.state();
        state.writes.called();
        state.steps.called(framing, may_switch)
    }

    pub fn body_ended(&self, call: u64) {
        self.state().steps.body_ended(call);
    }

    pub fn switched(&self, call: u64) {
        let mut state = self.state();
        state.writes.switched();
        state.steps.answered(call, true);
        state.refused_upgrade = None;
    }

    pub fn stayed(&self, call: u64, upgrade: Option<OnUpgrade>) {
        let mut state = self.state();
        state.steps.answered(call, false);
        // hyper keeps the latest one.
        state.refused_upgrade = upgrade.or(state.refused_upgrade.take());
    }

    pub fn response_dropped(&self) {
        self.state().writes.answered();
    }
}

/// The connection's side.
impl Shared {
    /// What the connection waits for, as far as the client has to move.
    pub fn waiting(&self) -> Waiting {
        let moved = Waiting::Progress(self.moved.load(Relaxed));
        if self.blocked.load(Relaxed) {
            return moved;
        }
        let state = self.state();
        let calls = state.steps.calls();
        match () {
            () if state.writes.in_flight() => Waiting::Exchange,
            () if state.steps.in_body() => moved,
            () if calls == 0 => Waiting::FirstHead,
            () if state.steps.mid_head() => Waiting::RestOfHead(calls),
            () => Waiting::NextHead(calls),
        }
    }

    /// A request has begun to come and no other one is being answered.
    pub fn mid_head(&self) -> bool {
        let state = self.state();
        state.steps.mid_head() && !state.writes.in_flight()
    }
}

/// What is left to know once hyper is done.
impl Shared {
    /// Whether the connection ended over a head that hyper did not accept, and nothing has been said about it.
    pub fn verdict(&self, error: Option<&hyper::Error>) -> Option<UnparsableKind> {
        let state = self.state();
        match (state.writes.swallowed(), error) {
            (Some(StatusCode::URI_TOO_LONG), _) => Some(UnparsableKind::TargetTooLong),
            (Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE), _) => {
                Some(UnparsableKind::FieldsTooLarge)
            }
            (Some(_), _) => Some(UnparsableKind::Malformed),
            (None, _) if state.cut_off => Some(UnparsableKind::CutOff),
            // hyper refuses a few heads without a word.
            (None, Some(error)) if error.is_parse() && state.writes.quiet() => {
                Some(UnparsableKind::Malformed)
            }
            _ => None,
        }
    }

    pub fn take_head(&self) -> Zeroizing<Vec<u8>> {
        self.state().steps.take_head(HEAD_SHOWN)
    }

    pub fn has_switched(&self) -> bool {
        self.state().writes.has_switched()
    }

    pub fn take_refused_upgrade(&self) -> Option<OnUpgrade> {
        self.state().refused_upgrade.take()
    }

    pub fn unread(&self) -> bool {
        self.state().steps.unread()
    }

    pub fn out_of_step(&self) -> Option<OutOfStep> {
        self.state().steps.out_of_step()
    }
}

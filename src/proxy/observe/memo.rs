//! The verdicts of this second: a retry loop costs one diagnosis a second, not one a refusal.

use super::refused::Refused;
use crate::diagnosis::Report;
use crate::history::Past;
use crate::observation::{Clock, Observation};
use crate::output::field;
use http::HeaderValue;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use time::UtcDateTime;

/// Verdicts kept at most.
const CAPACITY: usize = 1024;

/// What was seen of a refused exchange, and what the diagnosis says about it.
pub struct Verdict {
    pub seen: Observation,
    pub clock: Clock,
    /// By all that was seen before: for the log.
    pub report: Report,
    /// By the past of this very secret only, where that makes a difference: for the client, who is not told about
    /// other people's.
    own: Option<Report>,
    /// The field as it was last rendered, and the event id in it: repeats share one.
    rendered: Mutex<Option<(Arc<str>, Option<HeaderValue>)>>,
}

impl Verdict {
    pub fn new(
        seen: Observation,
        past: Past,
        clock: Clock,
        diagnose: impl Fn(&Observation, &Past, Clock) -> Report,
    ) -> Self {
        let own_past = past.of_this_secret_only();
        let report = diagnose(&seen, &past, clock);
        let own = (own_past != past).then(|| diagnose(&seen, &own_past, clock));
        Self {
            seen,
            clock,
            report,
            own,
            rendered: Mutex::default(),
        }
    }

    /// What the client may be told.
    pub fn for_client(&self) -> &Report {
        self.own.as_ref().unwrap_or(&self.report)
    }

    /// `x-auth-diagnosis` with this event id, where it is sent.
    pub fn field(&self, id: &Arc<str>) -> Option<HeaderValue> {
        self.seen
            .exchange()
            .filter(|exchange| field::is_sent_on(exchange))?;
        let mut rendered = self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        match &*rendered {
            Some((of, field)) if of == id => field.clone(),
            _ => {
                let field = field::render(self.for_client(), id);
                *rendered = Some((id.clone(), field.clone()));
                field
            }
        }
    }
}

/// Verdicts by a hash of everything they rest on, under a random key of this process.
///
/// The date is one of the things they rest on, hence the second: no rule looks at less.
#[derive(Default)]
pub struct Memo {
    hasher: RandomState,
    second: Mutex<Second>,
}

#[derive(Default)]
struct Second {
    at: i64,
    verdicts: HashMap<u64, Arc<Verdict>>,
}

impl Memo {
    /// The verdict on an equal refusal of this second, or what `judge` says.
    pub fn verdict(
        &self,
        refused: &Refused<'_>,
        past: Past,
        now: UtcDateTime,
        judge: impl FnOnce() -> Verdict,
    ) -> Arc<Verdict> {
        let key = self.hasher.hash_one((refused, past));
        let at = now.unix_timestamp();
        if let Some(known) = self.lock(at).verdicts.get(&key) {
            return known.clone();
        }
        // Not under the lock: what judges may be slow, and may panic.
        let verdict = Arc::new(judge());
        let mut second = self.lock(at);
        if second.verdicts.len() < CAPACITY {
            second.verdicts.insert(key, verdict.clone());
        }
        verdict
    }

    fn lock(&self, at: i64) -> MutexGuard<'_, Second> {
        let mut second = self.second.lock().unwrap_or_else(PoisonError::into_inner);
        if second.at != at {
            second.at = at;
            second.verdicts.clear();
        }
        second
    }
}

//! What went through one proxy, counted by place: `run` tells its user, who has no dashboard.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Places that are counted one by one; those beyond them are counted together.
const MOST_PLACES: usize = 100;
/// What stands for the places beyond [`MOST_PLACES`].
const OTHERS: &str = "others";

/// Counts, all from zero.
#[derive(Default)]
pub struct Tally {
    connects: AtomicU64,
    exchanges: AtomicU64,
    tunnels: Mutex<BTreeMap<String, u64>>,
    faults: Mutex<BTreeMap<String, u64>>,
}

impl Tally {
    /// A CONNECT to a host whose exchanges will be seen.
    pub fn connect(&self) {
        self.connects.fetch_add(1, Ordering::Relaxed);
    }

    /// A request to such a host.
    pub fn exchange(&self) {
        self.exchanges.fetch_add(1, Ordering::Relaxed);
    }

    /// A CONNECT that was passed on blindly.
    pub fn tunnel(&self, place: &str) {
        count(&self.tunnels, place);
    }

    /// An answer of the proxy's own, because there was none of an origin.
    pub fn fault(&self, sentence: &str) {
        count(&self.faults, sentence);
    }

    pub fn connects(&self) -> u64 {
        self.connects.load(Ordering::Relaxed)
    }

    pub fn exchanges(&self) -> u64 {
        self.exchanges.load(Ordering::Relaxed)
    }

    pub fn tunnels(&self) -> BTreeMap<String, u64> {
        held(&self.tunnels).clone()
    }

    pub fn faults(&self) -> BTreeMap<String, u64> {
        held(&self.faults).clone()
    }
}

fn count(counts: &Mutex<BTreeMap<String, u64>>, name: &str) {
    let mut counts = held(counts);
    let name = match counts.contains_key(name) || counts.len() < MOST_PLACES {
        true => name,
        false => OTHERS,
    };
    *counts.entry(name.to_owned()).or_default() += 1;
}

fn held<T>(counts: &Mutex<T>) -> MutexGuard<'_, T> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bounded_and_none_is_lost() {
        let tally = Tally::default();
        for number in 0..2 * MOST_PLACES {
            tally.tunnel(&format!("host{number}:443"));
        }
        tally.tunnel("host0:443");
        let tunnels = tally.tunnels();
        assert_eq!(tunnels.len(), MOST_PLACES + 1);
        assert_eq!(tunnels["host0:443"], 2);
        assert_eq!(tunnels.values().sum::<u64>(), 2 * MOST_PLACES as u64 + 1);
    }
}

//! A set of signals, as bits.

use super::Signal;

/// Bits of one word.
const BITS: usize = u64::BITS as usize;
const WORDS: usize = 4;

const _: () = assert!(
    Signal::ALL.len() <= WORDS * BITS,
    "one more word is needed for the signals"
);

/// One bit for each signal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignalSet([u64; WORDS]);

impl SignalSet {
    pub const NONE: Self = Self([0; WORDS]);

    /// These signals; for constants, as the conditions of rules are.
    pub const fn of(signals: &[Signal]) -> Self {
        let mut set = Self::NONE;
        let mut at = 0;
        while at < signals.len() {
            set.add(signals[at]);
            at += 1;
        }
        set
    }

    pub const fn has(&self, signal: Signal) -> bool {
        let place = signal as usize;
        self.0[place / BITS] >> (place % BITS) & 1 == 1
    }

    pub const fn add(&mut self, signal: Signal) {
        let place = signal as usize;
        self.0[place / BITS] |= 1 << (place % BITS);
    }

    /// Every signal of `other` is here, too.
    pub fn has_all(&self, other: &Self) -> bool {
        self.fold(other, |here, there| there & !here) == 0
    }

    pub fn has_any(&self, other: &Self) -> bool {
        self.fold(other, |here, there| there & here) != 0
    }

    /// Without a branch: which word decides is different for each case of each rule.
    fn fold(&self, other: &Self, combine: impl Fn(u64, u64) -> u64) -> u64 {
        (0..WORDS).fold(0, |all, word| all | combine(self.0[word], other.0[word]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signal_has_a_bit_of_its_own() {
        for signal in Signal::ALL {
            let mut set = SignalSet::default();
            set.add(*signal);
            let found = Signal::ALL.iter().filter(|other| set.has(**other));
            assert_eq!(found.collect::<Vec<_>>(), [signal]);
        }
    }

    #[test]
    fn sets_are_compared_as_a_whole() {
        use Signal::{Basic, OnRest, Succeeded};
        let pair = SignalSet::of(&[OnRest, Succeeded]);
        for (other, all, any) in [
            (SignalSet::NONE, true, false),
            (SignalSet::of(&[Succeeded]), true, true),
            (SignalSet::of(&[Succeeded, OnRest]), true, true),
            (SignalSet::of(&[Basic, OnRest]), false, true),
            (SignalSet::of(&[Basic]), false, false),
        ] {
            assert_eq!((pair.has_all(&other), pair.has_any(&other)), (all, any));
        }
    }
}

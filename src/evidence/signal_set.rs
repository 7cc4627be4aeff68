//! A set of signals, as bits.

use super::Signal;
use std::iter::successors;

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

    pub fn intersection(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    pub fn union(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    /// In the order of telling.
    pub fn iter(self) -> impl Iterator<Item = Signal> {
        let of_word = |(word, bits): (usize, u64)| {
            let next = |bits: &u64| Some(bits & (bits - 1)).filter(|rest| *rest != 0);
            let rests = successors(Some(bits).filter(|bits| *bits != 0), next);
            rests.map(move |rest| word * BITS + rest.trailing_zeros() as usize)
        };
        let places = self.0.into_iter().enumerate().flat_map(of_word);
        places.map(|place| Signal::ALL[place])
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
            assert_eq!(set.iter().collect::<Vec<_>>(), [*signal]);
        }
        let all = SignalSet::of(Signal::ALL);
        assert_eq!(all.iter().collect::<Vec<_>>(), Signal::ALL);
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
            assert_eq!(pair.intersection(&other) == other, all);
            assert_eq!(pair.intersection(&other) != SignalSet::NONE, any);
            assert!(pair.union(&other).has_all(&other));
        }
    }
}

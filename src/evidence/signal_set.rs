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
    pub fn has(&self, signal: Signal) -> bool {
        let place = signal as usize;
        self.0[place / BITS] >> (place % BITS) & 1 == 1
    }

    pub fn add(&mut self, signal: Signal) {
        let place = signal as usize;
        self.0[place / BITS] |= 1 << (place % BITS);
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
}

//! A buffer for a client's bytes that wipes whatever it lets go of.

use zeroize::{Zeroize, Zeroizing};

/// A buffer larger than this is not kept for the next head.
const KEPT: usize = 16 * 1024;

/// Bytes in the order they came; those before `given` are already with hyper.
#[derive(Default)]
pub struct Held {
    bytes: Vec<u8>,
    given: usize,
}

impl Held {
    pub fn push(&mut self, more: &[u8]) {
        let needed = self.bytes.len() + more.len();
        if needed > self.bytes.capacity() {
            self.grow(needed);
        }
        self.bytes.extend_from_slice(more);
    }

    /// `Vec` would leave a copy behind when it grows.
    fn grow(&mut self, needed: usize) {
        let mut larger = Vec::with_capacity(needed.max(2 * self.bytes.capacity()));
        larger.extend_from_slice(&self.bytes);
        self.bytes.zeroize();
        self.bytes = larger;
    }

    /// All of it, also what is given already.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// What is not given yet.
    pub fn rest(&self) -> &[u8] {
        &self.bytes[self.given..]
    }

    /// Counts the first `n` bytes of [`Held::rest`] as given.
    pub fn give(&mut self, n: usize) {
        self.given += n;
        debug_assert!(self.given <= self.bytes.len());
    }

    pub fn wipe(&mut self) {
        // Only `len` bytes were ever written since the last time.
        self.bytes[..].zeroize();
        self.bytes.clear();
        self.given = 0;
        if self.bytes.capacity() > KEPT {
            self.bytes = Vec::new();
        }
    }

    /// The first `most` bytes, also those given already; the others are wiped.
    pub fn take_first(&mut self, most: usize) -> Zeroizing<Vec<u8>> {
        let first = Zeroizing::new(self.bytes[..self.bytes.len().min(most)].to_vec());
        self.wipe();
        first
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

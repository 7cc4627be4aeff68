//! A piece of a credential on its way to being classified: borrowed, or owned and wiped.

use std::ops::{Deref, Range};
use zeroize::Zeroizing;

pub(super) enum Text<'a> {
    Borrowed(&'a [u8]),
    Owned(Zeroizing<Vec<u8>>),
}

impl Text<'_> {
    pub(super) fn owned(bytes: Vec<u8>) -> Self {
        Self::Owned(Zeroizing::new(bytes))
    }

    /// Keeps only `range`, in place.
    pub(super) fn narrow(&mut self, range: Range<usize>) {
        match self {
            Self::Borrowed(bytes) => *bytes = &bytes[range],
            Self::Owned(bytes) => {
                bytes.copy_within(range.clone(), 0);
                bytes.truncate(range.len());
            }
        }
    }
}

impl Deref for Text<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Borrowed(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }
}

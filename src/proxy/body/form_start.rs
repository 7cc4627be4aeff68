//! The beginning of a form on its way to an origin, for the diagnosis of a refusal.

use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroizing;

/// More of a form is not kept.
const MAX_BYTES: usize = 8 * 1024;

/// A copy of what has passed. It holds nothing up, and is wiped when both ends have let it go.
#[derive(Clone, Debug, Default)]
pub struct FormStart(Arc<Mutex<Passed>>);

#[derive(Default)]
struct Passed {
    bytes: Zeroizing<Vec<u8>>,
    /// The body came to its end.
    ended: bool,
    /// More came than is kept.
    cut: bool,
}

impl std::fmt::Debug for Passed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl FormStart {
    /// `last`: nothing follows.
    pub fn passed(&self, data: &[u8], last: bool) {
        let mut passed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MAX_BYTES - passed.bytes.len();
        if passed.bytes.is_empty() && !data.is_empty() {
            // Once and whole: growing would leave copies behind that nobody wipes.
            passed.bytes.reserve_exact(MAX_BYTES);
        }
        passed
            .bytes
            .extend_from_slice(&data[..data.len().min(room)]);
        passed.cut |= data.len() > room;
        passed.ended |= last;
    }

    /// The pairs that have passed whole: half a token would be taken for a damaged one. `None` where there are none.
    pub fn pairs(&self) -> Option<Zeroizing<Vec<u8>>> {
        let passed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let end = if passed.ended && !passed.cut {
            passed.bytes.len()
        } else {
            let last = passed.bytes.iter().rposition(|byte| *byte == b'&');
            last.unwrap_or(0)
        };
        (end > 0).then(|| Zeroizing::new(passed.bytes[..end].to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pieces: &[&[u8]], ended: bool) -> Option<Vec<u8>> {
        let form = FormStart::default();
        for (at, piece) in pieces.iter().enumerate() {
            form.passed(piece, ended && at + 1 == pieces.len());
        }
        form.pairs().map(|pairs| pairs.to_vec())
    }

    #[test]
    fn only_whole_pairs_are_told() {
        assert_eq!(pairs(&[b"a=b&c", b"=d"], true), Some(b"a=b&c=d".to_vec()));
        assert_eq!(pairs(&[b"a=b&c", b"=d"], false), Some(b"a=b".to_vec()));
        assert_eq!(pairs(&[b"access_token=x"], false), None);
        assert_eq!(pairs(&[b"a=b", b""], true), Some(b"a=b".to_vec()));
        assert_eq!(pairs(&[], true), None);
    }

    #[test]
    fn no_more_than_the_beginning_is_kept() {
        let long = [b"a=b&c=".to_vec(), vec![b'x'; 3 * MAX_BYTES]].concat();
        assert_eq!(pairs(&[&long, b"&d=e"], true), Some(b"a=b".to_vec()));
        assert_eq!(pairs(&[&long, b""], true), Some(b"a=b".to_vec()));
        assert_eq!(
            pairs(&[&long[..MAX_BYTES]], true).map(|all| all.len()),
            Some(MAX_BYTES)
        );
    }

    #[test]
    fn nothing_of_it_is_printed() {
        let form = FormStart::default();
        form.passed(b"access_token=hunter2", true);
        assert!(!format!("{form:?}").contains("hunter2"));
    }
}

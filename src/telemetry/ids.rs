//! Event ids: unique across restarts, without meaning to anyone else.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Makes ids such as `9f3a1c07-2a`: eight random hexadecimal digits per process, then a running number, by which
/// a missing record shows.
pub struct Ids {
    process: String,
    next: AtomicU64,
}

impl Ids {
    pub fn new() -> Self {
        Self {
            process: random_hex(),
            next: AtomicU64::new(1),
        }
    }

    pub fn next(&self) -> Arc<str> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        format!("{}-{number:x}", self.process).into()
    }
}

impl Default for Ids {
    fn default() -> Self {
        Self::new()
    }
}

/// Eight random hexadecimal digits.
pub fn random_hex() -> String {
    // Without a random source ids lose their uniqueness across restarts, and nothing else.
    format!("{:08x}", getrandom::u32().unwrap_or_default())
}

//! The log of a performance: every finding that a client was told of must be in it under the same id.

use super::play::Played;
use crate::app::EventSink;
use crate::output::record::Record;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The ids of all findings that were logged.
#[derive(Clone, Default)]
pub struct Logbook(Arc<Mutex<HashSet<String>>>);

impl Logbook {
    pub fn sink(&self) -> EventSink {
        let ids = self.0.clone();
        Arc::new(move |record| {
            if let Record::Finding(event) = record {
                let mut ids = ids.lock().unwrap_or_else(PoisonError::into_inner);
                ids.insert(event.id);
            }
        })
    }

    /// Whether it holds what these stories were told; to be asked when the proxy has ended.
    pub fn holds(&self, played: &[Played]) -> bool {
        let ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut heard = played.iter().filter_map(|played| played.heard.as_ref());
        heard.all(|heard| ids.contains(&heard.id))
    }
}

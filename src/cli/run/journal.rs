//! The events of one run, kept until its end, and said at once where nobody waits for that.

use super::preparation::Preparation;
use crate::app::EventSink;
use crate::child::unseen;
use crate::child::variables::Variables;
use crate::output::event::Event;
use crate::output::record::Record;
use crate::output::summary::{self, Summary};
use crate::telemetry::log;
use crate::telemetry::tally::Tally;
use live::Live;
use std::ffi::OsString;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

mod live;
mod surroundings;

/// What was found so far.
pub struct Journal {
    is_live: bool,
    found: Mutex<Summary>,
    /// There from the first block on, until the end.
    live: Mutex<Option<Live>>,
}

impl Journal {
    pub fn new(is_live: bool) -> Self {
        Self {
            is_live,
            found: Mutex::default(),
            live: Mutex::default(),
        }
    }

    /// Whether each mistake is said when it first occurs.
    pub fn is_live(&self) -> bool {
        self.is_live
    }

    /// Where the proxy's events go.
    pub fn sink(self: &Arc<Self>) -> EventSink {
        let journal = self.clone();
        Arc::new(move |record: Record| match &record {
            Record::Finding(event) => journal.add(event),
            Record::Refused(refused) => {
                let mut found = journal.found();
                *found
                    .refused
                    .entry(refused.reason().to_owned())
                    .or_default() += refused.count();
            }
            Record::Unexplained(one) => {
                let mut found = journal.found();
                *found.unexplained.entry(one.sentence()).or_default() += one.count();
            }
        })
    }

    fn add(&self, event: &Event) {
        let mut found = self.found();
        if found.add(event)
            && self.is_live
            && let Some(new) = found.found.last().filter(|new| new.is_alarm())
        {
            // The command may be in the middle of a line.
            let block = format!("\n{}", summary::block(new, log::stderr_screen()));
            // Given away while the lock is held, so that the order is that of the summary; written elsewhere.
            held(&self.live).get_or_insert_with(Live::start).say(block);
        }
    }

    /// The whole of the run, after its end, when all blocks are written.
    pub fn summary(
        &self,
        command: &[OsString],
        code: u8,
        tally: &Tally,
        prepared: &Preparation,
        user: &Variables,
    ) -> Summary {
        let live = held(&self.live).take();
        live.into_iter().for_each(Live::end);
        let mut summary = self.found().clone();
        let program = command.first().map(Path::new).and_then(Path::file_name);
        summary.command = program.unwrap_or_default().to_string_lossy().into_owned();
        summary.code = code;
        summary.exchanges = tally.exchanges();
        summary.faults = tally.faults();
        summary.tunnelled = tally.tunnels();
        summary.taken_out.clone_from(&prepared.taken_out);
        if summary.exchanges == 0 {
            let ended = surroundings::look(command, tally, user);
            summary.unseen = unseen::reasons(&ended);
        }
        summary
    }

    fn found(&self) -> MutexGuard<'_, Summary> {
        held(&self.found)
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

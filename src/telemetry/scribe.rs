//! Turns records into lines in a thread of its own: no exchange waits while that is done.

use crate::output::record::Record;
use crate::telemetry::EventSink;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

/// The end that keeps the thread.
pub struct Scribe {
    entries: SyncSender<Entry>,
    thread: JoinHandle<()>,
}

enum Entry {
    Record(Box<Record>),
    /// Sinks outlive the log, so their going does not end it.
    End,
}

impl Scribe {
    /// Gives every record to `write`, one after the other. Beyond `queue` of them that wait, records are lost (H-D8).
    pub fn start(queue: usize, write: impl FnMut(&Record) + Send + 'static) -> (EventSink, Self) {
        let (entries, waiting) = sync_channel(queue);
        let thread = thread::Builder::new()
            .name("events".to_owned())
            .spawn(move || write_all(&waiting, write))
            .expect("at its start the program may make a thread");
        let records = entries.clone();
        let sink: EventSink = Arc::new(move |record| {
            // Full, it costs the record and never the exchange.
            let _ = records.try_send(Entry::Record(Box::new(record)));
        });
        (sink, Self { entries, thread })
    }

    /// Waits until everything is written that was reported before.
    pub fn end(self) {
        // Fails only where the thread is gone already.
        let _ = self.entries.send(Entry::End);
        let _ = self.thread.join();
    }
}

fn write_all(waiting: &Receiver<Entry>, mut write: impl FnMut(&Record)) {
    while let Ok(Entry::Record(record)) = waiting.recv() {
        // A panic costs this record; the hook has said where it was.
        let _ = catch_unwind(AssertUnwindSafe(|| write(&record)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::record::ClientRefused;
    use std::sync::mpsc::channel;
    use time::macros::utc_datetime;

    fn record(id: &str) -> Record {
        let now = utc_datetime!(2026-11-24 12:00);
        let client = [127, 0, 0, 1].into();
        let refused = ClientRefused::new(now, 400, "x", "y", client, id.to_owned(), None);
        Record::Refused(refused)
    }

    fn id(record: &Record) -> String {
        let record: serde_json::Value = serde_json::from_str(&record.json().unwrap()).unwrap();
        record["id"].as_str().unwrap().to_owned()
    }

    #[test]
    fn records_are_serialised_in_order_in_another_thread_before_the_end() {
        let (written, lines) = channel();
        let (sink, scribe) = Scribe::start(8, move |record| {
            written.send((thread::current().id(), id(record))).unwrap();
        });
        ["a", "b", "c"].map(record).into_iter().for_each(&*sink);
        scribe.end();
        let (threads, ids): (Vec<_>, Vec<_>) = lines.try_iter().unzip();
        assert_eq!(ids, ["a", "b", "c"]);
        assert!(!threads.contains(&thread::current().id()));
        sink(record("after the end"));
    }

    #[test]
    fn who_reports_never_waits_for_what_is_written() {
        let (go, wait) = channel();
        let (written, lines) = channel();
        let (sink, scribe) = Scribe::start(2, move |record| {
            wait.recv().unwrap();
            written.send(id(record)).unwrap();
        });
        // One may be held in the thread, two wait, the others are lost.
        (0..10).for_each(|at| sink(record(&at.to_string())));
        (0..10).for_each(|_| go.send(()).unwrap());
        scribe.end();
        let ids: Vec<_> = lines.try_iter().collect();
        assert!(ids.starts_with(&["0".to_owned(), "1".to_owned()]));
        assert!((2..=3).contains(&ids.len()), "{ids:?}");
    }

    #[test]
    fn a_panic_costs_one_record() {
        let (written, lines) = channel();
        let (sink, scribe) = Scribe::start(8, move |record| {
            assert_ne!(id(record), "bad");
            written.send(id(record)).unwrap();
        });
        ["bad", "good"].map(record).into_iter().for_each(&*sink);
        scribe.end();
        assert_eq!(lines.try_iter().collect::<Vec<_>>(), ["good"]);
    }
}

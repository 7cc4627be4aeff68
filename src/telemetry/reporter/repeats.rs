//! Records that say the same again: the first is written at once, those of the next ten seconds become one.

use crate::bitbucket::Surface;
use crate::diagnosis::Report;
use crate::observation::{Client, Observation};
use crate::output::record::Record;
use crate::secret::Fingerprint;
use crate::telemetry::delayed::Delayed;
use crate::telemetry::reporter::Sighting;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// Identical records within this time become one.
const WINDOW: Duration = Duration::from_secs(10);

/// What was written lately, and what has come of the same since.
pub struct Repeats {
    table: Delayed<Key, Counted>,
}

/// None came so far, or the record that will stand for them.
#[derive(Default)]
struct Counted {
    id: Arc<str>,
    record: Option<Record>,
    count: u64,
}

/// What is the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// Findings about a credential of a client.
    Findings {
        who: Who,
        /// The first few: enough to tell findings apart.
        mistakes: [Option<&'static str>; 4],
    },
    /// A refusal about which nothing is known.
    Unexplained { who: Who, status: u16 },
    /// A refusal of our own.
    Refused {
        client: IpAddr,
        kind: &'static str,
        reason: String,
    },
}

/// The same credential of the same client on the same surface.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Who {
    client: IpAddr,
    credential: Option<Fingerprint>,
    user_id: Option<Fingerprint>,
    surface: Option<Surface>,
    /// Where there was no exchange: each runtime has a remedy of its own.
    runtime: Option<Client>,
}

impl Repeats {
    pub fn new(capacity: usize) -> Self {
        Self {
            table: Delayed::new(WINDOW, capacity),
        }
    }

    /// Counts a record under `key`, or writes it with `write` when it is the first. Returns the id of the record that
    /// holds it, and one that had to make room.
    pub fn take(
        &self,
        key: Key,
        next_id: impl Fn() -> Arc<str>,
        record: impl Fn(&str) -> Option<Record>,
        write: impl FnOnce(Option<Record>),
    ) -> (Arc<str>, Option<Record>) {
        let again = |counted: &mut Counted| {
            counted.count += 1;
            if counted.record.is_none() {
                counted.id = next_id();
                counted.record = record(&counted.id);
            }
            counted.id.clone()
        };
        let first = || {
            let id = next_id();
            write(record(&id));
            (Counted::default(), id)
        };
        let (id, evicted) = self.table.update(key, again, first);
        (id, evicted.and_then(Counted::record))
    }

    /// The next record whose time has come.
    pub async fn due(&self) -> Record {
        loop {
            if let Some(record) = self.table.due().await.record() {
                return record;
            }
        }
    }

    /// Everything that is held.
    pub fn drain(&self) -> impl Iterator<Item = Record> {
        self.table.drain().into_iter().filter_map(Counted::record)
    }
}

impl Counted {
    fn record(self) -> Option<Record> {
        Some(self.record?.times(self.count))
    }
}

impl Key {
    pub fn of(sighting: &Sighting<'_>, report: &Report) -> Self {
        let mut findings = report.findings.iter().map(|finding| finding.mistake);
        Self::Findings {
            who: Who::of(sighting),
            mistakes: std::array::from_fn(|_| findings.next()),
        }
    }
}

impl Who {
    pub fn of(sighting: &Sighting<'_>) -> Self {
        let exchange = sighting.observation.exchange();
        let request = exchange.map(|exchange| &exchange.request);
        let credentials = request.and_then(|request| request.credentials.first());
        Self {
            client: sighting.client,
            credential: credentials.and_then(|credentials| credentials.fingerprint),
            user_id: credentials
                .and_then(|credentials| credentials.user_id.as_ref())
                .map(|user_id| user_id.fingerprint),
            surface: request.map(|request| request.surface),
            runtime: match sighting.observation {
                Observation::Exchange(_) => None,
                Observation::Connect(connect) => Some(connect.client),
                Observation::Handshake(handshake) => Some(handshake.client),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::record::ClientRefused;
    use std::cell::{Cell, RefCell};
    use time::macros::utc_datetime;

    fn refused(id: &str) -> Record {
        let refused = ClientRefused::new(
            utc_datetime!(2026-11-24 10:00),
            403,
            "http_request_denied",
            "no",
            [10, 1, 2, 3].into(),
            id.to_owned(),
            None,
        );
        Record::Refused(refused)
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_of_ours_become_one_as_findings_do() {
        let repeats = Repeats::new(10);
        let (number, written) = (Cell::new(0), RefCell::new(Vec::new()));
        let next_id = || {
            number.set(number.get() + 1);
            Arc::from(number.get().to_string())
        };
        let key = Key::Refused {
            client: [10, 1, 2, 3].into(),
            kind: "http_request_denied",
            reason: "no".to_owned(),
        };
        for expected in ["1", "2", "2"] {
            let write = |record| written.borrow_mut().extend(record);
            let (id, evicted) = repeats.take(key.clone(), next_id, |id| Some(refused(id)), write);
            assert_eq!(&*id, expected);
            assert!(evicted.is_none());
        }
        let at_once: Vec<_> = written.into_inner().iter().map(Record::json).collect();
        assert_eq!(at_once, [refused("1").json()]);
        let json = repeats.due().await.json().unwrap();
        assert!(json.contains(r#""auth.count":2,"id":"2""#), "{json}");
    }
}

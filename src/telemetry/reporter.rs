//! Findings on their way to the log: numbered, repeats collapsed, anonymous legs held.

use crate::diagnosis::{Certainty, Report};
use crate::history::SecondLeg;
use crate::metrics::Metrics;
use crate::observation::Observation;
use crate::output::event::{Context, Event};
use crate::output::record::{ClientRefused, Record, Unexplained};
use crate::telemetry::EventSink;
use crate::telemetry::delayed::Delayed;
use crate::telemetry::ids::Ids;
use crate::telemetry::log::LogSettings;
use http::StatusCode;
use repeats::{Key, Repeats, Who};
use std::hash::{BuildHasher, Hash, RandomState};
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use time::UtcDateTime;

mod repeats;

/// How long an anonymous 401 waits for its second leg.
const LEG_WINDOW: Duration = Duration::from_secs(5);
/// Entries of each table.
const CAPACITY: usize = 10_000;

/// Writes events through one sink.
pub struct Reporter {
    sink: EventSink,
    metrics: Arc<Metrics>,
    ids: Ids,
    show_user_ids: bool,
    environment: Option<&'static str>,
    /// Write repeats, too.
    every: bool,
    hasher: RandomState,
    repeats: Repeats,
    legs: Delayed<Leg, HeldLeg>,
}

/// One diagnosed exchange and where it was seen.
pub struct Sighting<'a> {
    pub observation: &'a Observation,
    pub client: IpAddr,
    pub timestamp: UtcDateTime,
}

/// What makes an anonymous request and one with credentials two legs of one attempt: a keyed hash of it, because there
/// may be ten thousand, of long paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Leg(u64);

/// The two outcomes of which one will be written.
struct HeldLeg {
    id: Arc<str>,
    count: u64,
    followed: Option<Outcome>,
    not_followed: Option<Outcome>,
}

struct Outcome {
    event: Event,
    certainty: Certainty,
}

impl Reporter {
    /// `environment` stands in every record: what is no report about Bitbucket itself must not pass for one.
    pub fn new(
        sink: EventSink,
        metrics: Arc<Metrics>,
        settings: &LogSettings,
        environment: Option<&'static str>,
    ) -> Self {
        Self {
            sink,
            metrics,
            ids: Ids::new(),
            show_user_ids: settings.show_user_ids,
            environment,
            every: settings.every,
            hasher: RandomState::new(),
            repeats: Repeats::new(CAPACITY),
            legs: Delayed::new(LEG_WINDOW, CAPACITY),
        }
    }

    /// Writes or counts a finding; returns the id of the event that holds it. Without one there is no event.
    pub fn report(&self, sighting: &Sighting<'_>, report: &Report) -> Option<Arc<str>> {
        let Some(first) = report.findings.first() else {
            self.unexplained(sighting);
            return None;
        };
        self.metrics.diagnosed(first.mistake, first.certainty, 1);
        let record = |id: &str| self.event(sighting, report, id).map(Record::Finding);
        Some(self.say(Key::of(sighting, report), || self.ids.next(), record))
    }

    /// A refusal about which nothing is known is counted, and told to a person; it is no event and takes no number.
    fn unexplained(&self, sighting: &Sighting<'_>) {
        let Some(status) = Unexplained::status(sighting.observation) else {
            return;
        };
        self.metrics.unexplained(status.as_u16());
        let key = Key::Unexplained {
            who: Who::of(sighting),
            status: status.as_u16(),
        };
        let record = |_: &str| {
            let context = self.context(sighting, "");
            Unexplained::new(sighting.observation, &context).map(Record::Unexplained)
        };
        self.say(key, Arc::default, record);
    }

    /// Writes a record, or counts it as one more of those that say the same.
    fn say(
        &self,
        key: Key,
        next_id: impl Fn() -> Arc<str>,
        record: impl Fn(&str) -> Option<Record>,
    ) -> Arc<str> {
        if self.every {
            let id = next_id();
            self.write(record(&id));
            return id;
        }
        let write = |record| self.write(record);
        let (id, evicted) = self.repeats.take(key, next_id, record, write);
        self.write(evicted);
        id
    }

    /// The leg of requests that are equal in `parts`: client, host, path and User-Agent as they came.
    pub fn leg(&self, parts: impl Hash) -> Leg {
        Leg(self.hasher.hash_one(parts))
    }

    /// Holds an anonymous 401 until it is clear whether credentials follow; `after` diagnoses either case.
    pub fn hold_leg(
        &self,
        leg: Leg,
        sighting: &Sighting<'_>,
        after: impl Fn(SecondLeg) -> Report,
    ) -> Arc<str> {
        let again = |held: &mut HeldLeg| {
            held.count += 1;
            held.id.clone()
        };
        let new = || {
            let id = self.ids.next();
            let outcome = |second_leg| {
                let report = after(second_leg);
                Some(Outcome {
                    certainty: report.findings.first()?.certainty,
                    event: self.event(sighting, &report, &id)?,
                })
            };
            let held = HeldLeg {
                followed: outcome(SecondLeg::Came),
                not_followed: outcome(SecondLeg::Missing),
                id: id.clone(),
                count: 1,
            };
            (held, id)
        };
        let (id, evicted) = self.legs.update(leg, again, new);
        self.write_leg(evicted, SecondLeg::Missing);
        id
    }

    /// True while anonymous legs are held.
    pub fn awaits_legs(&self) -> bool {
        !self.legs.is_empty()
    }

    /// Credentials came after all.
    pub fn leg_followed(&self, leg: Leg) {
        self.write_leg(self.legs.remove(&leg), SecondLeg::Came);
    }

    /// Writes what falls due, for ever.
    pub async fn run(&self) {
        loop {
            tokio::select! {
                held = self.legs.due() => self.write_leg(Some(held), SecondLeg::Missing),
                record = self.repeats.due() => self.log(record),
            }
        }
    }

    /// Writes everything that is still held: the proxy ends.
    pub fn flush(&self) {
        for held in self.legs.drain() {
            self.write_leg(Some(held), SecondLeg::Missing);
        }
        for record in self.repeats.drain() {
            self.log(record);
        }
    }

    /// Writes a refusal of our own; `reason` is a sentence of ours.
    pub fn refused(
        &self,
        status: StatusCode,
        kind: &'static str,
        reason: &str,
        client: IpAddr,
        now: UtcDateTime,
    ) {
        let record = |id: &str| {
            let (status, environment) = (status.as_u16(), self.environment);
            let id = id.to_owned();
            Some(Record::Refused(ClientRefused::new(
                now,
                status,
                kind,
                reason,
                client,
                id,
                environment,
            )))
        };
        let key = Key::Refused {
            client,
            kind,
            reason: reason.to_owned(),
        };
        self.say(key, || self.ids.next(), record);
    }

    fn event(&self, sighting: &Sighting<'_>, report: &Report, id: &str) -> Option<Event> {
        Event::new(report, sighting.observation, &self.context(sighting, id))
    }

    fn context(&self, sighting: &Sighting<'_>, id: &str) -> Context {
        Context {
            timestamp: sighting.timestamp,
            id: id.to_owned(),
            client: Some(sighting.client),
            show_user_ids: self.show_user_ids,
            environment: self.environment,
        }
    }

    fn write_leg(&self, held: Option<HeldLeg>, second_leg: SecondLeg) {
        let Some(HeldLeg {
            count,
            followed,
            not_followed,
            ..
        }) = held
        else {
            return;
        };
        let outcome = if second_leg == SecondLeg::Came {
            followed
        } else {
            not_followed
        };
        if let Some(Outcome { event, certainty }) = outcome {
            self.metrics.diagnosed(event.mistake, certainty, count);
            self.log(Record::Finding(Event { count, ..event }));
        }
    }

    fn write(&self, record: Option<Record>) {
        if let Some(record) = record {
            self.log(record);
        }
    }

    /// A panic of the sink costs the record: not the exchange, and not the task that writes what falls due.
    fn log(&self, record: Record) {
        if catch_unwind(AssertUnwindSafe(|| (self.sink)(record))).is_err() {
            self.metrics.diagnosis_panics.inc();
        }
    }
}

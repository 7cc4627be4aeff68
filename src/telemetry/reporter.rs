//! Findings on their way to the log: numbered, repeats collapsed, anonymous legs held.

use crate::bitbucket::Surface;
use crate::diagnosis::{Certainty, Report};
use crate::history::SecondLeg;
use crate::metrics::Metrics;
use crate::observation::{Client, Observation};
use crate::output::event::{Context, Event};
use crate::output::record::{ClientRefused, Record};
use crate::secret::Fingerprint;
use crate::telemetry::EventSink;
use crate::telemetry::delayed::Delayed;
use crate::telemetry::ids::Ids;
use crate::telemetry::log::LogSettings;
use http::StatusCode;
use std::hash::{BuildHasher, Hash, RandomState};
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use time::UtcDateTime;

/// Identical findings within this time become one event.
const REPEAT_WINDOW: Duration = Duration::from_secs(10);
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
    repeats: Delayed<RepeatKey, Counted>,
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

/// Repeats of a finding that was written: none so far, or the event that will stand for them.
#[derive(Default)]
struct Counted {
    id: Arc<str>,
    event: Option<Event>,
    count: u64,
}

/// The same finding about the same credential of the same client.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct RepeatKey {
    client: IpAddr,
    credential: Option<Fingerprint>,
    user_id: Option<Fingerprint>,
    surface: Option<Surface>,
    /// Where there was no exchange: each runtime has a remedy of its own.
    runtime: Option<Client>,
    /// The first few: enough to tell findings apart.
    mistakes: [Option<&'static str>; 4],
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
            repeats: Delayed::new(REPEAT_WINDOW, CAPACITY),
            legs: Delayed::new(LEG_WINDOW, CAPACITY),
        }
    }

    /// Writes or counts a finding; returns the id of the event that holds it.
    pub fn report(&self, sighting: &Sighting<'_>, report: &Report) -> Arc<str> {
        self.count(report);
        let event = |id: &str| self.event(sighting, report, id);
        if self.every || report.findings.is_empty() {
            let id = self.ids.next();
            self.write(event(&id));
            return id;
        }
        let again = |counted: &mut Counted| {
            counted.count += 1;
            if counted.event.is_none() {
                counted.id = self.ids.next();
                counted.event = event(&counted.id);
            }
            counted.id.clone()
        };
        let first = || {
            let id = self.ids.next();
            self.write(event(&id));
            (Counted::default(), id)
        };
        let (id, evicted) = self
            .repeats
            .update(RepeatKey::of(sighting, report), again, first);
        self.write_counted(evicted);
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
                counted = self.repeats.due() => self.write_counted(Some(counted)),
            }
        }
    }

    /// Writes everything that is still held: the proxy ends.
    pub fn flush(&self) {
        for held in self.legs.drain() {
            self.write_leg(Some(held), SecondLeg::Missing);
        }
        for counted in self.repeats.drain() {
            self.write_counted(Some(counted));
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
        let refused = ClientRefused::new(
            now,
            status.as_u16(),
            kind,
            reason,
            client,
            self.ids.next().to_string(),
            self.environment,
        );
        self.log(&Record::Refused(refused));
    }

    fn event(&self, sighting: &Sighting<'_>, report: &Report, id: &str) -> Option<Event> {
        let context = Context {
            timestamp: sighting.timestamp,
            id: id.to_owned(),
            client: Some(sighting.client),
            show_user_ids: self.show_user_ids,
            environment: self.environment,
        };
        Event::new(report, sighting.observation, &context)
    }

    fn count(&self, report: &Report) {
        if let Some(first) = report.findings.first() {
            self.metrics.diagnosed(first.mistake, first.certainty, 1);
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
            self.write(Some(Event { count, ..event }));
        }
    }

    fn write_counted(&self, counted: Option<Counted>) {
        if let Some(Counted {
            event: Some(event),
            count,
            ..
        }) = counted
        {
            self.write(Some(Event { count, ..event }));
        }
    }

    fn write(&self, event: Option<Event>) {
        if let Some(event) = event {
            self.log(&Record::Finding(event));
        }
    }

    /// A panic of the sink costs the record: not the exchange, and not the task that writes what falls due.
    fn log(&self, record: &Record) {
        if catch_unwind(AssertUnwindSafe(|| (self.sink)(record))).is_err() {
            self.metrics.diagnosis_panics.inc();
        }
    }
}

impl RepeatKey {
    fn of(sighting: &Sighting<'_>, report: &Report) -> Self {
        let request = sighting
            .observation
            .exchange()
            .map(|exchange| &exchange.request);
        let credentials = request.and_then(|request| request.credentials.first());
        let mut findings = report.findings.iter().map(|finding| finding.mistake);
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
            mistakes: std::array::from_fn(|_| findings.next()),
        }
    }
}

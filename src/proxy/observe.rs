//! From a refused answer to its field and its event. Nothing here can change an exchange but by that one field.

mod annotation;
pub mod decode;
mod last_sent;
mod memo;
mod noted;
mod refused;
mod served;
mod time_of_day;

pub use last_sent::{Identity, LastSent, Success};
pub use memo::Memo;
pub use noted::Noted;
pub use served::Served;
pub use time_of_day::{Now, moment, now};

use annotation::Annotation;
use memo::Verdict;
use refused::Refused;

use crate::bitbucket::Surface;
use crate::diagnosis::Report;
use crate::history::{Answer, History, Moment, Past, Place, Trace};
use crate::metrics::Metrics;
use crate::observation::{Clock, Exchange, Observation, RequestSeen, ResponseSeen};
use crate::output::annotation::Annotate;
use crate::output::field::X_AUTH_DIAGNOSIS;
use crate::proxy::body::{FormStart, Relay};
use crate::proxy::error::ProxyError;
use crate::proxy::forward::Forwarding;
use crate::proxy::head_answer::Salvaged;
use crate::proxy::limits;
use crate::secret::FingerprintKey;
use crate::telemetry::reporter::{Leg, Reporter, Sighting};
use http::response::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use time::UtcDateTime;
use tokio::time::timeout;

/// The diagnosis as a value, so that tests can put a faulty one in its place.
pub type Diagnose = Arc<dyn Fn(&Observation, &Past, Clock) -> Report + Send + Sync>;

/// Diagnoses refused exchanges and reports them.
pub struct Observer {
    pub key: FingerprintKey,
    pub diagnose: Diagnose,
    pub now: Now,
    pub annotate: Annotate,
    pub memo: Memo,
    pub served: Served,
    pub history: Mutex<History>,
    pub reporter: Arc<Reporter>,
    pub metrics: Arc<Metrics>,
}

/// How much of an answer is looked at.
#[derive(PartialEq, Eq)]
enum Interest {
    Nothing,
    Head,
    /// Its first bytes may hold the server's own words.
    Body,
}

impl Observer {
    /// Adds the field where there is a finding. Holds the head for at most [`limits::HOLD`].
    pub async fn annotate(
        &self,
        noted: &Noted,
        forwarding: &Forwarding,
        parts: &mut Parts,
        body: &mut Relay,
    ) {
        let interest = interest(parts.status, &parts.headers, || {
            Surface::of(&forwarding.host(), noted.path())
        });
        if interest == Interest::Nothing && !noted.is_in_clear() {
            self.guarded(|| self.remember(noted, forwarding, parts));
            return;
        }
        if interest == Interest::Body {
            // A body that does not come in time is diagnosed without.
            let _ = timeout(limits::HOLD, body.hold()).await;
        }
        let told = self.guarded(|| {
            let words = decode::text(&parts.headers, body.held());
            let form = noted.form().and_then(FormStart::pairs);
            let refused = Refused {
                noted,
                host: &forwarding.host(),
                status: parts.status,
                headers: &parts.headers,
                words: words.as_deref(),
                form: form.as_deref().map(Vec::as_slice),
            };
            let (verdict, field) = self.judge(&refused, forwarding)?;
            let annotation = Annotation::of(self.annotate, &verdict, &refused, body);
            Some((field, annotation))
        });
        if let Some((field, annotation)) = told.flatten() {
            annotation.write(parts, body);
            parts.headers.append(X_AUTH_DIAGNOSIS, field);
        }
    }

    /// Diagnoses a request that never was one; true when there is a finding, which is then in the log.
    pub fn diagnose_broken(
        &self,
        salvaged: &Salvaged,
        status: StatusCode,
        forwarding: &Forwarding,
    ) -> bool {
        let judged = self.guarded(|| {
            let timestamp = self.date();
            let request = salvaged.seen(&forwarding.host(), &self.key);
            let response = ResponseSeen::read(status, &HeaderMap::new(), None);
            let Verdict { seen, report, .. } =
                self.verdict(request, response, Past::NONE, timestamp);
            if report.findings.is_empty() {
                return false;
            }
            let sighting = Sighting {
                observation: &seen,
                client: forwarding.client,
                timestamp,
            };
            self.reporter.report(&sighting, &report);
            true
        });
        judged == Some(true)
    }

    /// Reports what is no exchange; true when there is a finding, which is then in the log.
    pub fn tell(&self, seen: Observation, client: IpAddr) -> bool {
        let told = self.guarded(|| {
            let timestamp = self.date();
            let clock = Clock::of(None, timestamp);
            let report = (self.diagnose)(&seen, &Past::NONE, clock);
            let is_found = !report.findings.is_empty();
            if is_found {
                let sighting = Sighting {
                    observation: &seen,
                    client,
                    timestamp,
                };
                self.reporter.report(&sighting, &report);
            }
            is_found
        });
        told == Some(true)
    }

    /// Logs a refusal of our own.
    pub fn refused(&self, error: &ProxyError, client: IpAddr) {
        let now = self.date();
        self.reporter
            .refused(error.status, error.kind, &error.text, client, now);
    }

    /// Tells a waiting anonymous leg that its credentials have come.
    pub fn expect_answer(&self, noted: &Noted, forwarding: &Forwarding) {
        if noted.has_credentials() && self.reporter.awaits_legs() {
            let leg = self.leg(noted, &forwarding.host(), forwarding.client);
            self.reporter.leg_followed(leg);
        }
    }

    /// By the request as it came: what is seen of it is shortened.
    fn leg(&self, noted: &Noted, host: &str, client: IpAddr) -> Leg {
        self.reporter
            .leg((client, host, noted.path(), noted.user_agent()))
    }

    fn judge(
        &self,
        refused: &Refused<'_>,
        forwarding: &Forwarding,
    ) -> Option<(Arc<Verdict>, HeaderValue)> {
        let timestamp = self.date();
        let (noted, client) = (refused.noted, forwarding.client);
        let identity = forwarding.last_sent.identity(noted, client, &self.key);
        let place = noted.place(refused.host);
        let trace = self.trace(noted, identity, place, refused.host);
        let answer = answer(&trace, refused.status, refused.headers);
        let past = self.history().past(&trace, &answer, timestamp);
        forwarding.last_sent.interrupt();
        self.record(&trace, &answer, timestamp);
        let verdict = self.memo.verdict(refused, past, timestamp, || {
            let (request, response) = refused.read(&self.key);
            self.verdict(request, response, past, timestamp)
        });
        let sighting = Sighting {
            observation: &verdict.seen,
            client: forwarding.client,
            timestamp,
        };
        let id = if verdict
            .seen
            .exchange()
            .is_some_and(Exchange::is_anonymous_leg)
        {
            let after = |second_leg| {
                let past = Past { second_leg, ..past };
                (self.diagnose)(&verdict.seen, &past, verdict.clock)
            };
            let leg = self.leg(refused.noted, refused.host, forwarding.client);
            Some(self.reporter.hold_leg(leg, &sighting, after))
        } else {
            self.reporter.report(&sighting, &verdict.report)
        };
        let field = verdict.field(&id?)?;
        Some((verdict, field))
    }

    fn verdict(
        &self,
        request: RequestSeen,
        response: ResponseSeen,
        past: Past,
        now: UtcDateTime,
    ) -> Verdict {
        let clock = Clock::of(response.date, now);
        let seen = Observation::Exchange(Box::new(Exchange { request, response }));
        Verdict::new(seen, past, clock, &*self.diagnose)
    }

    /// Keeps what a success says about the credentials that were sent.
    fn remember(&self, noted: &Noted, forwarding: &Forwarding, parts: &Parts) {
        // A form may carry key, secret and refresh token of a token request.
        let sends = noted.has_credentials() || noted.form().is_some();
        if !sends || !parts.status.is_success() {
            return;
        }
        let now = moment((self.now)());
        let host = forwarding.host();
        let place = noted.place(&host);
        let success = Success {
            operation: place.operation(),
            status: parts.status,
            at: now,
        };
        let client = forwarding.client;
        let last = &forwarding.last_sent;
        let Some(identity) = last.succeeded(noted, success, client, &self.key) else {
            return;
        };
        let trace = self.trace(noted, identity, place, &host);
        let answer = answer(&trace, parts.status, &parts.headers);
        self.record(&trace, &answer, now);
    }

    fn trace<'a>(
        &self,
        noted: &'a Noted,
        identity: Identity,
        place: Place<'a>,
        host: &str,
    ) -> Trace<'a> {
        Trace {
            sent: identity.sent,
            client: identity.client,
            place,
            refresh_token: noted.refresh_token(host, &self.key),
        }
    }

    fn date(&self) -> UtcDateTime {
        (self.now)().into()
    }

    fn record(&self, trace: &Trace<'_>, answer: &Answer, now: impl Into<Moment>) {
        let news = self.history().record(trace, answer, now);
        if let Some(kind) = news {
            tracing::warn!(
                ?kind,
                "a token was accepted although its checksum does not fit: tokens that begin like it are no longer called damaged"
            );
        }
    }

    /// Held for a look or a note, never across an await.
    fn history(&self) -> MutexGuard<'_, History> {
        self.history.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs the diagnosis so that its panic costs the diagnosis and nothing else (invariant: fail open).
    fn guarded<T>(&self, judge: impl FnOnce() -> T) -> Option<T> {
        catch_unwind(AssertUnwindSafe(judge))
            .inspect_err(|_| {
                self.metrics.diagnosis_panics.inc();
            })
            .ok()
    }
}

fn answer(trace: &Trace<'_>, status: StatusCode, headers: &HeaderMap) -> Answer {
    let credential_type = headers.get(&ResponseSeen::CREDENTIAL_TYPE);
    let credential_type = credential_type.map(|value| value.to_str().unwrap_or_default());
    trace.answered(status, credential_type)
}

fn interest(
    status: StatusCode,
    headers: &HeaderMap,
    surface: impl FnOnce() -> Surface,
) -> Interest {
    match status.as_u16() {
        401..=404 | 410 | 429 => Interest::Body,
        // Only the token endpoint refuses credentials with a 400 (B27); of others the head may say enough (B31).
        400 if surface() == Surface::TokenEndpoint => Interest::Body,
        400 => Interest::Head,
        300..=399 if headers.contains_key(header::LOCATION) => Interest::Head,
        500..=599 => Interest::Head,
        _ => Interest::Nothing,
    }
}

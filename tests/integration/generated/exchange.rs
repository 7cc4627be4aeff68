//! A composed request put to the sandbox, in process, and what the diagnosis makes of the answer.

use super::composition::{Composition, DATES};
use super::credential::{CREDENTIALS, minted};
use super::form::{self, Scheme};
use super::place::{Place, Surface};
use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, StatusCode};
use std::fmt;
use time::UtcDateTime;
use why401::diagnosis::{Report, Silenced, diagnose};
use why401::history::Past;
use why401::observation::{Clock, Exchange, Observation, RequestHead, RequestSeen, ResponseSeen};
use why401::sandbox::answer::Answer;
use why401::sandbox::call::{Call, Site};
use why401::sandbox::config::Config;
use why401::sandbox::judge::{Identity, identify};
use why401::sandbox::reading::Reading;
use why401::sandbox::website::Shown;
use why401::sandbox::{Bitbucket, api, clock, git, website};
use why401::secret::FingerprintKey;

/// One stand-in for each date, all of the same reading.
pub struct Bitbuckets(Vec<Bitbucket>);

impl Bitbuckets {
    pub fn reading(reading: &Reading) -> Self {
        let made = DATES.iter().map(|date| {
            let credentials = CREDENTIALS
                .iter()
                .filter_map(|(kind, state)| minted(*kind, *state, *date).1);
            let config = Config {
                rate_limits: false,
                disputed: reading.clone(),
                credentials: credentials.collect(),
            };
            Bitbucket::configured(clock::Clock::starting_at(*date), config)
        });
        Self(made.collect())
    }

    /// `None` for what no client can send.
    pub fn exchange(&self, composed: &Composition) -> Option<Heard> {
        let seen = self.seen(composed, composed.date())?;
        Some(seen.heard(&Past::NONE))
    }

    /// The same, at another time than the era begins.
    pub fn seen(&self, composed: &Composition, now: UtcDateTime) -> Option<SeenExchange> {
        let bitbucket = &self.0[composed.era];
        bitbucket.clock.set(now);
        let call = call(composed)?;
        let answer = answer(&call, composed.place, bitbucket);
        let request = RequestSeen::read(head(&call, composed.place), &FingerprintKey::new([7; 32]));
        let response = ResponseSeen::read(answer.status, &answer.headers, words(&answer));
        let taken_for = match identify(&call, bitbucket) {
            Ok(Identity::Known(_)) => TakenFor::Somebody,
            Ok(Identity::Anonymous) => TakenFor::Nobody,
            Err(_) => TakenFor::Impostor,
        };
        Some(SeenExchange {
            exchange: Exchange { request, response },
            taken_for,
            now,
        })
    }
}

/// What the proxy keeps of one exchange.
pub struct SeenExchange {
    pub exchange: Exchange,
    taken_for: TakenFor,
    now: UtcDateTime,
}

impl SeenExchange {
    /// Diagnosed by its own clock.
    pub fn heard(self, past: &Past) -> Heard {
        let status = self.exchange.response.status;
        let clock = Clock::of(self.exchange.response.date, self.now);
        let seen = Observation::Exchange(Box::new(self.exchange));
        Heard {
            status,
            taken_for: self.taken_for,
            report: diagnose(&seen, past, clock, &Silenced::default()),
        }
    }
}

/// The outcome of one exchange.
pub struct Heard {
    pub status: StatusCode,
    pub taken_for: TakenFor,
    pub report: Report,
}

impl fmt::Debug for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = self.report.findings.iter();
        let found = found.map(|one| format!("{} {}", one.mistake, one.certainty.as_str()));
        write!(f, "{} {:?}", self.status, found.collect::<Vec<_>>())
    }
}

/// What the sandbox makes of the credentials, before it looks at what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenFor {
    Somebody,
    /// As if there were none.
    Nobody,
    Impostor,
}

fn call(composed: &Composition) -> Option<Call> {
    let place = composed.place;
    let (secret, _) = minted(composed.kind, composed.state, composed.date());
    let mut headers = HeaderMap::new();
    if let Some(field) = form::field(composed.scheme, composed.fault, &secret) {
        headers.append(AUTHORIZATION, HeaderValue::from_bytes(&field).ok()?);
    }
    let agent = match place.surface {
        Surface::Git => "git/2.51.0",
        _ => "curl/8.14.1",
    };
    headers.append(USER_AGENT, HeaderValue::from_static(agent));
    let token = (composed.scheme == Scheme::Query).then(|| format!("access_token={secret}"));
    let query: Vec<_> = place
        .query
        .map(str::to_owned)
        .into_iter()
        .chain(token)
        .collect();
    Some(Call {
        site: match place.surface {
            Surface::Rest => Site::Api,
            _ => Site::Web,
        },
        method: place.method.parse().expect("a method"),
        path: place.path.to_owned(),
        query: (!query.is_empty()).then(|| query.join("&")),
        headers,
        client: [127, 0, 0, 1].into(),
    })
}

fn head<'a>(call: &'a Call, place: &Place) -> RequestHead<'a> {
    RequestHead {
        method: &call.method,
        host: place.host(),
        path: &call.path,
        query: call.query.as_deref(),
        form: None,
        headers: &call.headers,
        secure: true,
    }
}

fn answer(call: &Call, place: &Place, bitbucket: &Bitbucket) -> Answer {
    let welcome = || Answer::empty(StatusCode::OK);
    match place.surface {
        Surface::Rest | Surface::WebsiteApi => api::answer(call, b"", bitbucket),
        Surface::Git => {
            let request = git::Request::of(call).expect("a call of git");
            git::permit(call, &request, bitbucket).map_or_else(|refusal| refusal, |_| welcome())
        }
        Surface::Archive => match website::judge(call, bitbucket) {
            Shown::Answer(answer) => answer,
            Shown::Archive(..) => welcome(),
        },
    }
}

/// What the proxy reads of a body: that of a refusal.
fn words(answer: &Answer) -> Option<&[u8]> {
    matches!(answer.status.as_u16(), 401..=404 | 410 | 429).then_some(&*answer.body)
}

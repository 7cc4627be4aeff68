//! Observation + past + date → evidence: the only place where signals are derived.

use crate::bitbucket::scope::Scope;
use crate::history::{Past, SecondLeg};
use crate::observation::{Clock, Exchange, Observation};

mod calendar;
mod form;
mod request;
mod response;
mod secret;
pub mod signal;
mod signal_set;

pub use signal::Signal;
use signal_set::SignalSet;

/// The signals of one observation, and the few values that the words of a finding may show.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    signals: SignalSet,
    /// Characters of a token of a known kind.
    pub length: Option<usize>,
    /// What the client put for `x-token-auth`, from our own list.
    pub near_literal: Option<&'static str>,
    /// Scopes that the credential lacks.
    pub missing: Vec<Scope>,
    /// The call that replaces a removed one; words in capitals stand for a name.
    pub replacement: Option<&'static str>,
}

impl Evidence {
    pub fn of(seen: &Observation, past: &Past, clock: Clock) -> Self {
        let Observation::Exchange(exchange) = seen;
        let mut evidence = Self::default();
        request::derive(&mut evidence, &exchange.request);
        response::derive(&mut evidence, exchange);
        calendar::derive(&mut evidence, exchange, clock);
        evidence.derive_past(*past);
        evidence
    }

    /// On one of Bitbucket's own hosts.
    pub fn on_bitbucket(&self) -> bool {
        use Signal::{OnGit, OnRest, OnTokenEndpoint, OnWebsite};
        [OnRest, OnGit, OnWebsite, OnTokenEndpoint]
            .into_iter()
            .any(|signal| self.has(signal))
    }

    pub fn has(&self, signal: Signal) -> bool {
        self.signals.has(signal)
    }

    /// In the order of telling.
    pub fn signals(&self) -> impl Iterator<Item = Signal> + '_ {
        Signal::ALL
            .iter()
            .copied()
            .filter(|signal| self.has(*signal))
    }

    fn add(&mut self, signal: Signal) {
        self.signals.add(signal);
    }

    fn add_if(&mut self, holds: bool, signal: Signal) {
        if holds {
            self.add(signal);
        }
    }

    fn derive_past(&mut self, past: Past) {
        self.add_if(past.accepted, Signal::AcceptedBefore);
        self.add_if(past.accepted_here, Signal::AcceptedHere);
        match past.second_leg {
            SecondLeg::Open => {}
            SecondLeg::Came => self.add(Signal::Followed),
            SecondLeg::Missing => self.add(Signal::NotFollowed),
        }
    }
}

/// Rules about Bitbucket hold on Bitbucket's own hosts only.
fn is_own_host(exchange: &Exchange) -> bool {
    exchange.request.surface.is_bitbucket()
}

//! Observation + past + date → evidence: the only place where signals are derived.

use crate::bitbucket::scope::Scope;
use crate::history::Past;
use crate::observation::{Clock, Exchange, Observation};

mod calendar;
mod form;
mod past;
mod place;
mod request;
mod response;
mod scopes;
mod secret;
pub mod signal;
mod signal_set;
mod tls;
mod token_endpoint;

pub use signal::Signal;
pub use signal_set::SignalSet;

/// The signals of one observation, and the few values that the words of a finding may show.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    signals: SignalSet,
    /// Characters of a token of a known kind.
    pub length: Option<usize>,
    /// Whose token it is, if not Atlassian's.
    pub vendor: Option<&'static str>,
    /// What the client put for `x-token-auth`, from our own list.
    pub near_literal: Option<&'static str>,
    /// Scopes that the credential lacks.
    pub missing: Vec<Scope>,
    /// The call that replaces a removed one; words in capitals stand for a name.
    pub replacement: Option<&'static str>,
}

impl Evidence {
    pub fn of(seen: &Observation, past: &Past, clock: Clock) -> Self {
        let mut evidence = Self::default();
        match seen {
            Observation::Exchange(exchange) => {
                request::derive(&mut evidence, &exchange.request);
                response::derive(&mut evidence, exchange);
                token_endpoint::derive(&mut evidence, exchange);
                calendar::derive(&mut evidence, exchange, clock);
                past::derive(&mut evidence, exchange, *past);
            }
            Observation::Connect(connect) => tls::derive_connect(&mut evidence, connect),
            Observation::Handshake(handshake) => tls::derive_handshake(&mut evidence, handshake),
        }
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

    /// All of them.
    pub fn set(&self) -> &SignalSet {
        &self.signals
    }

    fn add(&mut self, signal: Signal) {
        self.signals.add(signal);
    }

    fn add_if(&mut self, holds: bool, signal: Signal) {
        if holds {
            self.add(signal);
        }
    }
}

/// Rules about Bitbucket hold on Bitbucket's own hosts only.
fn is_own_host(exchange: &Exchange) -> bool {
    exchange.request.surface.is_bitbucket()
}

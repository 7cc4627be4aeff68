//! What was seen before: bounded tables without a secret, and what they say about the next exchange.
//!
//! Ids are 64 bits of keyed ones. Credentials that were accepted have a table of their own, so that whoever tries many
//! secrets does not make the proxy forget those that work. Hosts that are not Bitbucket's tell nothing about a
//! credential, only that a client has one.

mod answer;
mod credential;
mod few;
mod moment;
mod past;
mod place;
mod recent;
mod trace;

pub use answer::Answer;
pub use moment::Moment;
pub use past::{Past, RefreshToken, SecondLeg};
pub use place::{Place, Short};
pub use trace::{ClientId, Sent, Trace};

use crate::bitbucket::Surface;
use crate::credentials::{Checksum, Scheme, SecretKind};
use crate::observation::Exchange;
use answer::Outcome;
use credential::Credential;
use recent::Recent;
use std::net::IpAddr;

/// Credentials that were accepted.
const CREDENTIALS: usize = 100_000;
/// Credentials that were refused whenever they came.
const STRANGERS: usize = 20_000;
const CLIENTS: usize = 10_000;
const REFRESH_TOKENS: usize = 10_000;

/// The past of all credentials and clients, at most 32 MiB of it.
#[derive(Debug)]
pub struct History {
    credentials: Recent<Credential>,
    /// When each was first seen.
    strangers: Recent<Moment>,
    /// Of each user-id, the accepted secret that was first seen last.
    users: Recent<Newest>,
    clients: Recent<Client>,
    /// Those that were exchanged.
    refresh_tokens: Recent<()>,
    /// Beginnings of which a token was accepted although its checksum fails, or is not known.
    disproved: Vec<(SecretKind, Checksum)>,
}

#[derive(Clone, Copy, Debug)]
struct Newest {
    secret: u64,
    first_seen: Moment,
}

#[derive(Clone, Copy, Debug, Default)]
struct Client {
    accepted: bool,
    sends_bearer: bool,
}

impl History {
    pub fn new() -> Self {
        Self {
            credentials: Recent::new(CREDENTIALS),
            strangers: Recent::new(STRANGERS),
            users: Recent::new(CREDENTIALS),
            clients: Recent::new(CLIENTS),
            refresh_tokens: Recent::new(REFRESH_TOKENS),
            disproved: Vec::new(),
        }
    }

    /// Looks an exchange up, then records it; `client` is its address, where that is known.
    pub fn witness(
        &mut self,
        exchange: &Exchange,
        client: Option<IpAddr>,
        now: impl Into<Moment>,
    ) -> Past {
        let now = now.into();
        let trace = Trace::of(&exchange.request, client);
        let answer = Answer::of(exchange);
        let past = self.past(&trace, &answer, now);
        self.record(&trace, &answer, now);
        past
    }

    /// What was seen before an exchange that is not recorded yet.
    pub fn past(&self, trace: &Trace<'_>, answer: &Answer, now: impl Into<Moment>) -> Past {
        let client = self
            .clients
            .get(trace.client.0)
            .copied()
            .unwrap_or_default();
        let is_basic = trace.sent.is_some_and(|sent| sent.scheme == Scheme::Basic);
        let past = Past {
            client_authenticates: client.accepted,
            netrc_suspect: is_basic && client.sends_bearer,
            refresh_token: self.past_of_refresh_token(trace),
            ..Past::NONE
        };
        match trace.sent {
            Some(sent) if trace.place.surface.is_bitbucket() => {
                self.past_of_secret(past, &sent, trace, answer, now.into())
            }
            _ => past,
        }
    }

    fn past_of_secret(
        &self,
        past: Past,
        sent: &Sent,
        trace: &Trace<'_>,
        answer: &Answer,
        now: Moment,
    ) -> Past {
        let place = &trace.place;
        let past = Past {
            newer_accepted: self.newer_was_accepted(sent),
            checksum_disproved: self.disproved.contains(&(sent.kind, sent.checksum)),
            ..past
        };
        let Some(known) = self.credentials.get(sent.secret) else {
            return past;
        };
        let here = known.was_accepted_here(sent, place);
        let confined = sent.kind == SecretKind::AccessToken || answer.reach.is_some();
        Past {
            accepted: true,
            accepted_here: here,
            accepted_otherwise: !here,
            alternates: known.alternates(sent, place, now),
            accepted_in_other_resource: confined && known.works_outside_only(place, answer.reach),
            ..past
        }
    }

    fn newer_was_accepted(&self, sent: &Sent) -> bool {
        let newest = sent
            .user_id
            .filter(|_| sent.names_person)
            .and_then(|user_id| self.users.get(user_id));
        let first_seen = self.first_seen(sent.secret);
        newest.zip(first_seen).is_some_and(|(newest, first_seen)| {
            newest.secret != sent.secret && newest.first_seen > first_seen
        })
    }

    fn first_seen(&self, secret: u64) -> Option<Moment> {
        let known = self.credentials.get(secret).map(|known| known.first_seen);
        known.or_else(|| self.strangers.get(secret).copied())
    }

    fn past_of_refresh_token(&self, trace: &Trace<'_>) -> RefreshToken {
        match trace.refresh_token.map(crate::secret::Fingerprint::short) {
            Some(id) if self.refresh_tokens.get(id).is_some() => RefreshToken::Used,
            Some(id) if self.first_seen(id).is_some() => RefreshToken::AccessToken,
            _ => RefreshToken::Unknown,
        }
    }

    /// Remembers an exchange. Returns the kind of a token that was accepted, for the first time of its beginning,
    /// although its checksum fails or is not known: the log shall say so once.
    pub fn record(
        &mut self,
        trace: &Trace<'_>,
        answer: &Answer,
        now: impl Into<Moment>,
    ) -> Option<SecretKind> {
        let now = now.into();
        if let Some(token) = trace.refresh_token
            && answer.outcome == Outcome::Succeeded
        {
            self.refresh_tokens.touch(token.short(), || ());
        }
        let sent = trace.sent?;
        let accepted = match answer.outcome {
            Outcome::Succeeded => answer.recognised || sent.scheme_is_read(),
            Outcome::Recognised => true,
            Outcome::Refused | Outcome::Silent => false,
        };
        let client = self.clients.touch(trace.client.0, Client::default);
        client.accepted |= accepted;
        client.sends_bearer |= sent.scheme == Scheme::Bearer;
        if trace.place.surface == Surface::Foreign {
            return None;
        }
        if accepted {
            self.accept(&sent, trace, answer, now)
        } else {
            self.refuse(&sent, trace, answer, now);
            None
        }
    }

    fn accept(
        &mut self,
        sent: &Sent,
        trace: &Trace<'_>,
        answer: &Answer,
        now: Moment,
    ) -> Option<SecretKind> {
        let strangers = &self.strangers;
        let known = self.credentials.touch(sent.secret, || {
            Credential::new(strangers.get(sent.secret).copied().unwrap_or(now))
        });
        known.accepted(sent, &trace.place, answer.reach);
        if answer.outcome == Outcome::Succeeded {
            known.succeeded(sent, &trace.place, now);
        }
        let this = Newest {
            secret: sent.secret,
            first_seen: known.first_seen,
        };
        if let Some(user_id) = sent.user_id.filter(|_| sent.names_person) {
            let newest = self.users.touch(user_id, || this);
            if this.first_seen > newest.first_seen {
                *newest = this;
            }
        }
        (answer.recognised && self.disproves(sent)).then_some(sent.kind)
    }

    /// True the first time that a token with this beginning shows that its checksum is not what we think it is.
    fn disproves(&mut self, sent: &Sent) -> bool {
        let is_doubtful = match sent.kind {
            SecretKind::ApiToken | SecretKind::AccessToken => sent.checksum != Checksum::Fits,
            SecretKind::AppPassword => sent.checksum == Checksum::Fails,
            _ => false,
        };
        let beginning = (sent.kind, sent.checksum);
        // At most one entry for each kind and state of checksum.
        let is_news = is_doubtful && sent.whole && !self.disproved.contains(&beginning);
        if is_news {
            self.disproved.push(beginning);
        }
        is_news
    }

    fn refuse(&mut self, sent: &Sent, trace: &Trace<'_>, answer: &Answer, now: Moment) {
        if self.credentials.get(sent.secret).is_none() {
            self.strangers.touch(sent.secret, || now);
        } else if answer.outcome == Outcome::Refused {
            let known = self.credentials.touch(sent.secret, || Credential::new(now));
            known.refused(sent, &trace.place);
        }
    }

    /// What the tables hold of the heap.
    #[cfg(test)]
    fn bytes(&self) -> usize {
        self.credentials.bytes()
            + self.strangers.bytes()
            + self.users.bytes()
            + self.clients.bytes()
            + self.refresh_tokens.bytes()
    }
}

impl Default for History {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;

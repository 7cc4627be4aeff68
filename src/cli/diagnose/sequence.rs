//! Exchanges in the order of their record, each with what was seen before it.
//!
//! An anonymous first leg waits for the exchange that answers its challenge, and all behind it wait with it.

use crate::history::{History, Past, SecondLeg};
use crate::observation::{Clock, Exchange, Observation};
use crate::output::judged::ClockSource;
use crate::transcript::{Assumed, Record};
use std::collections::VecDeque;
use time::{Duration, UtcDateTime};

/// Exchanges that may stand between two legs: what other connections did meanwhile.
const MOST_BETWEEN: usize = 32;
/// A client answers a challenge at once; the proxy waits as long.
const LEG_WINDOW: Duration = Duration::seconds(5);
/// What an exchange without a date is taken to come after the one before.
const STEP: Duration = Duration::seconds(1);

/// One exchange and what the others say about it.
pub struct Item {
    pub record: Record,
    pub clock: Clock,
    pub source: ClockSource,
    pub past: Past,
    /// It is told when it happened.
    told: Option<UtcDateTime>,
    /// It is a first leg, and it is not known yet whether a second one follows.
    waits: bool,
}

/// The exchanges that were read and not handed on, and the history of all.
pub struct Sequence {
    history: History,
    /// When the last one happened.
    latest: UtcDateTime,
    held: VecDeque<Item>,
}

impl Sequence {
    /// `now` dates what is told no date.
    pub fn starting(now: UtcDateTime) -> Self {
        Self {
            history: History::new(),
            latest: now,
            held: VecDeque::new(),
        }
    }

    /// The next one; `told`: when it happened, where that is known.
    pub fn add(
        &mut self,
        record: Record,
        clock: Clock,
        source: ClockSource,
        told: Option<UtcDateTime>,
    ) {
        self.latest = told.unwrap_or_else(|| self.latest.saturating_add(STEP));
        let mut item = Item {
            past: Past::NONE,
            waits: false,
            record,
            clock,
            source,
            told,
        };
        if let Some(exchange) = item.exchange() {
            let past = self.witness(exchange);
            let is_leg = exchange.is_anonymous_leg() && !exchange.request.recorded.hides();
            self.resolve(exchange, told);
            (item.past, item.waits) = (past, is_leg);
            // What a client says at its end, nothing follows.
            if item.record.assumed == Some(Assumed::Request) {
                item.settle(SecondLeg::Missing);
            }
        }
        self.held.push_back(item);
        if self.held.len() > MOST_BETWEEN {
            self.held[0].settle(SecondLeg::Missing);
        }
    }

    /// Nothing follows.
    pub fn end(&mut self) {
        for item in &mut self.held {
            item.settle(SecondLeg::Missing);
        }
    }

    /// The first one, unless it waits.
    pub fn next(&mut self) -> Option<Item> {
        self.held.pop_front_if(|item| !item.waits)
    }

    fn witness(&mut self, exchange: &Exchange) -> Past {
        let past = self.history.witness(exchange, None, self.latest);
        if exchange.request.user_agent.is_some() {
            return past;
        }
        // Who does not say what client it is may be any.
        Past {
            client_authenticates: false,
            netrc_suspect: false,
            ..past
        }
    }

    /// Tells the legs before what this exchange is to them.
    fn resolve(&mut self, exchange: &Exchange, told: Option<UtcDateTime>) {
        for item in self.held.iter_mut().filter(|item| item.waits) {
            let apart = item.told.zip(told).map(|(before, now)| now - before);
            if apart.is_some_and(|apart| apart > LEG_WINDOW) {
                item.settle(SecondLeg::Missing);
            } else if item.is_answered_by(exchange) {
                item.settle(SecondLeg::Came);
            }
        }
    }
}

impl Item {
    fn exchange(&self) -> Option<&Exchange> {
        self.record
            .observation
            .as_ref()
            .and_then(Observation::exchange)
    }

    /// The same client asks for the same again, with credentials.
    fn is_answered_by(&self, later: &Exchange) -> bool {
        self.exchange().is_some_and(|leg| {
            let (first, second) = (&leg.request, &later.request);
            let answers = !second.credentials.is_empty() && !second.is_name_alone();
            answers
                && first.host == second.host
                && first.path == second.path
                && first.user_agent == second.user_agent
        })
    }

    fn settle(&mut self, second_leg: SecondLeg) {
        if std::mem::take(&mut self.waits) {
            self.past.second_leg = second_leg;
        }
    }
}

#[cfg(test)]
mod tests;

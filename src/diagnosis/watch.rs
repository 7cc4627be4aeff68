//! Which rules may hold at all: most can be passed over by one look at the signals.

use super::precedence;
use super::registry::RULES;
use super::rule::Rule;
use crate::evidence::{Evidence, Signal, SignalSet};
use std::sync::LazyLock;

/// Rules, each with what it cannot hold without.
pub struct Watch(Vec<Watched>);

pub struct Watched {
    pub rule: &'static Rule,
    /// The rule's own, in the relations of precedence.
    pub bit: u128,
    /// Of each case one signal of its `all`; `None` where a case asks for none.
    signs: Option<SignalSet>,
}

/// All rules.
pub static WATCH: LazyLock<Watch> = LazyLock::new(|| Watch::of(RULES));

impl Watch {
    /// Watches for the signal of each case that the fewest cases ask for: `OnRest` is there nearly always.
    pub fn of(rules: &[&'static Rule]) -> Self {
        let asked = rules.iter().flat_map(|rule| rule.cases);
        let asked: Vec<Signal> = asked.flat_map(|case| case.all).copied().collect();
        let frequency = |signal: &&Signal| asked.iter().filter(|other| other == signal).count();
        let watched = |rule: &&'static Rule| {
            let cases = rule.cases.iter();
            let signs = cases.map(|case| case.all.iter().min_by_key(frequency).copied());
            let signs: Option<Vec<Signal>> = signs.collect();
            Watched {
                rule,
                bit: precedence::bit(rule.slug),
                signs: signs.map(|signs| SignalSet::of(&signs)),
            }
        };
        Self(rules.iter().map(watched).collect())
    }

    /// Those that the signals do not rule out.
    pub fn candidates(&self, evidence: &Evidence) -> impl Iterator<Item = &Watched> {
        let here = *evidence.set();
        let may_hold =
            move |one: &&Watched| one.signs.as_ref().is_none_or(|signs| here.has_any(signs));
        self.0.iter().filter(may_hold)
    }
}

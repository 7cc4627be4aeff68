//! The order of findings: first the one without whose cure no other cure helps.

use super::Certainty;
use super::precedence::PRECEDENCE;
use super::rule::{Case, Rule};
use super::watch::Watched;
use crate::evidence::Evidence;
use std::cmp::Reverse;

/// A rule that holds, and the case by which it does.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    pub rule: &'static Rule,
    pub case: &'static Case,
    /// The rule's own, in the relations of precedence.
    bit: u128,
}

impl Held {
    /// `None` where the rule does not hold.
    pub fn of(watched: &Watched, evidence: &Evidence) -> Option<Self> {
        let Watched { rule, bit, .. } = *watched;
        let case = rule.holds(evidence)?;
        Some(Self { rule, case, bit })
    }

    pub fn certainty(&self) -> Certainty {
        self.case.certainty
    }

    fn is_gate(&self, evidence: &Evidence) -> bool {
        self.rule.gate.iter().any(|signal| evidence.has(*signal))
    }
}

/// Gates, silences, then the order. At most a few dozen findings hold at once, so squares are cheap.
pub fn arrange(held: Vec<Held>, evidence: &Evidence) -> Vec<Held> {
    let staying = without_silenced(&behind_gates(held, evidence));
    let (mut last, mut first): (Vec<Held>, Vec<Held>) =
        staying.into_iter().partition(|one| one.rule.alternative);
    let mut arranged = Vec::with_capacity(first.len() + last.len());
    drain_in_order(&mut first, &mut arranged);
    drain_in_order(&mut last, &mut arranged);
    arranged
}

/// When the server settled the matter, only what says so stays, and what is named beside it.
fn behind_gates(held: Vec<Held>, evidence: &Evidence) -> Vec<Held> {
    let gates: Vec<&Rule> = held
        .iter()
        .filter(|one| one.is_gate(evidence))
        .map(|one| one.rule)
        .collect();
    if gates.is_empty() {
        return held;
    }
    let stays = |one: &Held| {
        one.is_gate(evidence)
            || gates
                .iter()
                .any(|gate| gate.beside.contains(&one.rule.slug))
    };
    held.iter().copied().filter(stays).collect()
}

fn without_silenced(held: &[Held]) -> Vec<Held> {
    let silenced = PRECEDENCE.silenced_by(bits(held));
    let speaks = |one: &Held| one.bit & silenced == 0;
    held.iter().copied().filter(speaks).collect()
}

/// Repeatedly the best among those that no remaining one outranks.
fn drain_in_order(remaining: &mut Vec<Held>, arranged: &mut Vec<Held>) {
    while !remaining.is_empty() {
        let outranked = PRECEDENCE.outranked_by(bits(remaining));
        let best = (0..remaining.len())
            .filter(|place| remaining[*place].bit & outranked == 0)
            .min_by_key(|place| rank(&remaining[*place]))
            // Only a circle could leave nobody free; a meta-test refuses circles.
            .unwrap_or(0);
        arranged.push(remaining.swap_remove(best));
    }
}

fn bits(held: &[Held]) -> u128 {
    held.iter().fold(0, |bits, one| bits | one.bit)
}

fn rank(held: &Held) -> (Reverse<Certainty>, super::taxonomy::Family, &'static str) {
    (Reverse(held.certainty()), held.rule.family, held.rule.slug)
}

//! The shape of a rule: what every finding must bring along, as plain data.

pub mod prelude;

use super::example::Example;
use super::taxonomy::{Family, Verdict};
use super::{Certainty, Certainty::*};
use crate::evidence::{Evidence, Signal, SignalSet};

/// One mistake this program can name. Lives in `rules/<family>/<slug with _>.rs`, with one line in the registry.
#[derive(Debug)]
pub struct Rule {
    /// The public name; also the file's name.
    pub slug: &'static str,
    pub family: Family,
    pub verdict: Verdict,
    /// No case may claim more (meta-tested against the taxonomy).
    pub strongest: Certainty,
    /// At most 60 ASCII characters.
    pub title: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// The condition: the rule holds with the best certainty of the cases that hold.
    pub cases: &'static [Case],
    /// What to do, by circumstance: the first whose signals are all there. The last one has no signals.
    pub advice: &'static [Advice],
    pub page: Page,
    /// An existing page of the vendor.
    pub doc: Option<&'static str>,
    /// Findings that are listed after this one, whatever their certainty.
    pub outranks: &'static [Target],
    /// Findings that are not listed when this one is.
    pub silences: &'static [Target],
    /// The finding settles the matter when one of these is there: then only gates and their `beside` stay.
    pub gate: &'static [Signal],
    /// Findings that may stand beside this gate.
    pub beside: &'static [&'static str],
    /// Listed after everything else.
    pub alternative: bool,
    /// Exchanges in which the rule must hold, and come first unless they say otherwise.
    pub fires: &'static [Example],
    /// Near misses, in which it must not hold.
    pub silent: &'static [Example],
}

impl Rule {
    /// What most rules leave as it is.
    pub const PLAIN: Self = Self {
        slug: "",
        family: Family::Other,
        verdict: Verdict::Mistake,
        strongest: Possible,
        title: "",
        summary: "",
        cases: &[],
        advice: &[],
        page: Page {
            what_happened: "",
            why_it_fails: "",
            fix: "",
            how_to_tell: "",
            sources: &[],
        },
        doc: None,
        outranks: &[],
        silences: &[],
        gate: &[],
        beside: &[],
        alternative: false,
        fires: &[],
        silent: &[],
    };

    /// The best case that holds, if any.
    pub fn holds(&self, evidence: &Evidence) -> Option<&'static Case> {
        let held = self.cases.iter().filter(|case| case.holds(evidence));
        // `max_by_key` takes the last of equals; the first one written is the one meant.
        held.rev().max_by_key(|case| case.certainty)
    }

    /// The advice for these circumstances.
    pub fn advice(&self, evidence: &Evidence) -> &'static Advice {
        let fitting = |advice: &&Advice| advice.when.iter().all(|signal| evidence.has(*signal));
        let last = self
            .advice
            .last()
            .expect("a meta-test demands advice without signals in every rule");
        self.advice.iter().find(fitting).unwrap_or(last)
    }
}

/// One line of a condition: all of `all`, one of `any` (unless that is empty), none of `unless`.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub certainty: Certainty,
    pub all: &'static [Signal],
    pub any: &'static [Signal],
    pub unless: &'static [Signal],
    /// The same three as sets: there are hundreds of cases, and each refusal is held against all.
    sets: [SignalSet; 3],
}

impl Case {
    pub const fn proven(all: &'static [Signal]) -> Self {
        Self::new(Proven, all)
    }

    pub const fn likely(all: &'static [Signal]) -> Self {
        Self::new(Likely, all)
    }

    pub const fn possible(all: &'static [Signal]) -> Self {
        Self::new(Possible, all)
    }

    const fn new(certainty: Certainty, all: &'static [Signal]) -> Self {
        Self {
            certainty,
            all,
            any: &[],
            unless: &[],
            sets: [SignalSet::of(all), SignalSet::NONE, SignalSet::NONE],
        }
    }

    /// Holds only with one of these too.
    pub const fn any(self, any: &'static [Signal]) -> Self {
        let [all, _, unless] = self.sets;
        let sets = [all, SignalSet::of(any), unless];
        Self { any, sets, ..self }
    }

    /// Gives way when one of these is there.
    pub const fn unless(self, unless: &'static [Signal]) -> Self {
        let [all, any, _] = self.sets;
        let sets = [all, any, SignalSet::of(unless)];
        Self {
            unless,
            sets,
            ..self
        }
    }

    fn holds(&self, evidence: &Evidence) -> bool {
        let (here, [all, any, unless]) = (evidence.set(), &self.sets);
        here.has_all(all) && (self.any.is_empty() || here.has_any(any)) && !here.has_any(unless)
    }

    /// The signals of this case that are there, in their own order.
    pub fn reasons(&self, evidence: &Evidence) -> impl Iterator<Item = Signal> {
        let [all, any, _] = &self.sets;
        evidence.set().intersection(&all.union(any)).iter()
    }
}

/// The words for one circumstance. May hold the places that [`super::wording::fill`] knows.
#[derive(Clone, Copy, Debug)]
pub struct Advice {
    /// All of these must be there.
    pub when: &'static [Signal],
    /// Imperative, at most 140 ASCII characters when filled; names the whole form that will work.
    pub fix: &'static str,
    /// For a reason phrase: at most 50 ASCII characters when filled.
    pub reason: &'static str,
    /// A page of the vendor that fits better than the rule's.
    pub doc: Option<&'static str>,
}

impl Advice {
    /// The advice where nothing more special is written.
    pub const fn always(fix: &'static str, reason: &'static str) -> Self {
        Self::when(&[], fix, reason)
    }

    pub const fn when(when: &'static [Signal], fix: &'static str, reason: &'static str) -> Self {
        Self {
            when,
            fix,
            reason,
            doc: None,
        }
    }

    /// With a page of its own.
    pub const fn doc(self, doc: &'static str) -> Self {
        Self {
            doc: Some(doc),
            ..self
        }
    }
}

/// The explanation, one Markdown text per heading.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub what_happened: &'static str,
    pub why_it_fails: &'static str,
    pub fix: &'static str,
    pub how_to_tell: &'static str,
    /// Numbers of `docs/facts.md`.
    pub sources: &'static [&'static str],
}

/// Whom a rule outranks or silences.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// One finding; its rule may come later.
    One(&'static str),
    /// Every other finding of a family.
    All(Family),
}

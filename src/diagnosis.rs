//! Observation + past + date → report: a plain function, linear over capped input, without I/O.

use crate::evidence::{Evidence, Signal};
use crate::history::Past;
use crate::observation::{Clock, Observation};
use order::Held;
use std::borrow::Cow;
use taxonomy::{Family, Verdict};
use watch::Watch;

pub mod example;
mod nearest;
mod order;
mod precedence;
pub mod registry;
pub mod right_form;
pub mod rule;
mod rules;
mod silenced;
pub mod taxonomy;
mod watch;
mod wording;

pub use nearest::nearest;
pub use silenced::{Silenced, UnknownSlug};

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Worth listing; others fit as well.
    Possible,
    /// The best explanation by a documented or widely reported rule.
    Likely,
    /// Follows from the bytes of the exchange, or from the server's own words.
    Proven,
}

impl Certainty {
    /// As field and event write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Proven => "proven",
        }
    }
}

/// One finding of a [`Report`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The slug.
    pub mistake: &'static str,
    pub certainty: Certainty,
    pub verdict: Verdict,
    /// Imperative, at most 140 ASCII characters.
    pub fix: Cow<'static, str>,
    /// For a reason phrase: at most 50 ASCII characters.
    pub reason: Cow<'static, str>,
    /// An existing page of the vendor.
    pub doc: Option<&'static str>,
    /// Scopes that the credential lacks, of our own list.
    pub missing: Vec<&'static str>,
}

/// Everything the diagnosis has to say about one observation, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub findings: Vec<Finding>,
    /// What made the first finding hold, in our own words.
    pub because: Vec<&'static str>,
}

/// Diagnoses one observation; rules named in `silenced` do not take part.
pub fn diagnose(seen: &Observation, past: &Past, clock: Clock, silenced: &Silenced) -> Report {
    by_rules(&watch::WATCH, seen, past, clock, silenced)
}

/// In whatever order the rules stand: it makes no difference.
fn by_rules(
    rules: &Watch,
    seen: &Observation,
    past: &Past,
    clock: Clock,
    silenced: &Silenced,
) -> Report {
    let evidence = Evidence::of(seen, past, clock);
    let candidates = rules.candidates(&evidence);
    let speaking = candidates.filter(|one| !silenced.contains(one.rule.slug));
    let held = speaking.filter_map(|one| Held::of(one, &evidence));
    let arranged = order::arrange(held.collect(), &evidence);
    Report {
        because: arranged
            .first()
            .map_or(vec![], |first| because(first, &evidence)),
        findings: arranged
            .iter()
            .map(|held| finding(held, &evidence))
            .collect(),
    }
}

fn because(first: &Held, evidence: &Evidence) -> Vec<&'static str> {
    first.case.reasons(evidence).map(Signal::sentence).collect()
}

fn finding(held: &Held, evidence: &Evidence) -> Finding {
    let rule = held.rule;
    let advice = rule.advice(evidence);
    let about_scopes = rule.family == Family::Access;
    let missing = evidence.missing.iter().filter(|_| about_scopes);
    Finding {
        mistake: rule.slug,
        certainty: held.certainty(),
        verdict: rule.verdict,
        fix: wording::fill(advice.fix, evidence, wording::FIX_LIMIT),
        reason: wording::fill(advice.reason, evidence, wording::REASON_LIMIT),
        doc: advice.doc.or(rule.doc).filter(|_| evidence.on_bitbucket()),
        missing: missing.map(|scope| scope.as_str()).collect(),
    }
}

#[cfg(test)]
mod tests;

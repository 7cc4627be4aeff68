//! What was found against what is true.

use super::composition::Composition;
use super::exchange::Heard;
use super::truth::{self, Truth};
use why401::diagnosis::taxonomy::Verdict;
use why401::diagnosis::{Certainty, Finding};

/// Where the sandbox and the facts part, by the usual reading.
pub fn disagreement(composed: &Composition, heard: &Heard) -> Option<String> {
    let expected = truth::taken_for(composed);
    let differs = expected != heard.taken_for;
    differs.then(|| format!("taken for {:?}, not {expected:?}", heard.taken_for))
}

/// What is wrong with the findings of one exchange.
pub fn complaints(composed: &Composition, heard: &Heard) -> Vec<String> {
    let found = &heard.report.findings;
    if heard.status.is_success() {
        let blamed = found.iter().filter(|one| one.verdict != Verdict::Note);
        return blamed
            .map(|one| format!("{} though it was accepted", one.mistake))
            .collect();
    }
    let truth = Truth::of(composed, heard);
    let untrue = found.iter().filter_map(|one| untrue(one, &truth));
    let mut all: Vec<_> = untrue.collect();
    all.extend(first(found, &truth));
    all.extend(missing(found, &truth));
    all
}

/// An accusation that is not true, or one that claims more than the facts grant.
fn untrue(finding: &Finding, truth: &Truth) -> Option<String> {
    let slug = finding.mistake;
    let seen = truth.visible.iter().find(|one| one.slug == slug);
    match seen {
        Some(seen) if finding.certainty > seen.most => {
            Some(format!("{slug} is called {}", finding.certainty.as_str()))
        }
        Some(_) => None,
        None if finding.verdict == Verdict::Note => None,
        None if !truth.hidden.contains(&slug) => Some(format!("{slug} is not true")),
        None if finding.certainty > Certainty::Possible => Some(format!(
            "{slug} cannot be seen, and is called {}",
            finding.certainty.as_str()
        )),
        None => None,
    }
}

/// The one that comes first, and how sure it is.
fn first(found: &[Finding], truth: &Truth) -> Option<String> {
    let (expected, first) = (truth.first(), found.first());
    let Some(first) = first else {
        let expected = expected.iter().filter(|one| one.must).map(|one| one.slug);
        let expected: Vec<_> = expected.chain(truth.real.iter().copied()).collect();
        return (!expected.is_empty()).then(|| format!("nothing is said, not {expected:?}"));
    };
    if expected.is_empty() {
        return None;
    }
    // Where all is possible, no order was agreed but for the foremost.
    // A brownout is more than possible only where the server speaks of it.
    let equal = expected.iter().all(|one| {
        one.most == Certainty::Possible || one.slug == "app-password-brownout" && !one.must
    });
    if equal && truth.foremost.is_none() && first.certainty == Certainty::Possible {
        return None;
    }
    let Some(fitting) = expected.iter().find(|one| one.slug == first.mistake) else {
        let slugs: Vec<_> = expected.iter().map(|one| one.slug).collect();
        return Some(format!("{} comes first, not {slugs:?}", first.mistake));
    };
    let timid = first.certainty < fitting.least;
    timid.then(|| {
        format!(
            "{} is only called {}",
            first.mistake,
            first.certainty.as_str()
        )
    })
}

/// A true one that is not among the three that the field shows.
fn missing(found: &[Finding], truth: &Truth) -> Option<String> {
    let shown = |slug: &str| found.iter().take(3).any(|one| one.mistake == slug);
    let three = truth.visible.iter().take(3);
    let seen = three.into_iter().find(|one| one.must && !shown(one.slug));
    if let Some(seen) = seen {
        return Some(format!("{} is not among the first three", seen.slug));
    }
    let hidden = truth.visible.is_empty() && !truth.real.is_empty();
    let named = truth.real.iter().any(|slug| shown(slug));
    (hidden && !named).then(|| format!("none of {:?} is among the first three", truth.real))
}

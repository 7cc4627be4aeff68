//! Exchanges composed of everything that can be sent, answered by the sandbox, which knows the truth, and diagnosed.
//!
//! What is true of a composition stands in `truth`, read from the facts. A disagreement is a fault of the diagnosis, of
//! the sandbox, or a limit that `limits` gives the reason of.

mod composition;
mod credential;
mod exchange;
mod form;
mod judge;
mod limits;
mod past;
mod place;
mod token_request;
mod truth;

use composition::Composition;
use exchange::Bitbuckets;
use std::collections::BTreeMap;
use why401::sandbox::reading::{Disputed, Reading};

/// Every so manieth, by primes that no list is a multiple of: each meets each, within seconds.
const WELL_FORMED: usize = 47;
const FAULTY: usize = 997;
const DISPUTED: usize = 997;

/// Complaints in the same words, and the first that gives rise to each.
#[derive(Default)]
struct Complaints(BTreeMap<String, (usize, String)>);

impl Complaints {
    fn add(&mut self, complaint: String, example: impl FnOnce() -> String) {
        let (count, _) = self.0.entry(complaint).or_insert_with(|| (0, example()));
        *count += 1;
    }

    fn assert_none(&self, heard: usize) {
        let all = self.0.iter();
        let told = all.map(|(what, (count, example))| format!("{count} × {what}, as {example}"));
        let told: Vec<_> = told.collect();
        assert!(told.is_empty(), "of {heard}:\n{}", told.join("\n"));
    }
}

fn assert_agreed(composed: impl Iterator<Item = Composition>, reading: &Reading, least: usize) {
    let bitbuckets = Bitbuckets::reading(reading);
    let is_usual = *reading == Reading::default();
    let (mut heard, mut complaints) = (0, Complaints::default());
    for one in composed.filter(|one| limits::reason(one).is_none()) {
        let Some(answer) = bitbuckets.exchange(&one) else {
            continue;
        };
        heard += 1;
        let parted = is_usual.then(|| judge::disagreement(&one, &answer));
        for complaint in judge::complaints(&one, &answer)
            .into_iter()
            .chain(parted.flatten())
        {
            complaints.add(complaint, || format!("{one:?}: {answer:?}"));
        }
    }
    complaints.assert_none(heard);
    assert!(heard > least, "only {heard} could be sent");
}

#[test]
fn well_formed_ones_are_diagnosed_truly() {
    let composed = composition::well_formed(WELL_FORMED);
    assert_agreed(composed, &Reading::default(), 5000);
}

#[test]
fn faulty_ones_are_diagnosed_truly() {
    assert_agreed(composition::faulty(FAULTY), &Reading::default(), 2000);
}

#[test]
fn whatever_the_conflicting_facts_mean_the_diagnosis_stays_true() {
    for dispute in Disputed::ALL {
        let reading = Reading::from_iter([dispute.fact]);
        assert_agreed(composition::well_formed(DISPUTED), &reading, 200);
    }
}

#[test]
#[ignore = "takes minutes"]
fn all_of_them_are_diagnosed_truly() {
    assert_agreed(composition::well_formed(1), &Reading::default(), 100_000);
    assert_agreed(composition::faulty(17), &Reading::default(), 100_000);
}

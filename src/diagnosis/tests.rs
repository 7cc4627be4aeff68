//! What holds the collection together: every rule brings all that a rule must bring.

use super::registry::RULES;
use super::taxonomy::{TAXONOMY, position};
use super::*;

mod answers;
mod examples;
mod form;
mod judgement;
mod parameters;
mod shuffled;
mod words;

#[test]
fn rules_agree_with_the_taxonomy_and_stand_in_its_order() {
    let place = |slug| position(slug).unwrap_or_else(|| panic!("{slug} is not in the taxonomy"));
    let places: Vec<usize> = RULES.iter().map(|rule| place(rule.slug)).collect();
    let sorted = places.is_sorted_by(|first, second| first < second);
    assert!(sorted, "sort the registry by family and slug");
    for (rule, place) in RULES.iter().zip(places) {
        let entry = TAXONOMY[place];
        assert_eq!(rule.family, entry.family, "family of {}", rule.slug);
        assert_eq!(rule.verdict, entry.verdict, "verdict of {}", rule.slug);
        assert_eq!(
            rule.strongest, entry.strongest,
            "certainty of {}",
            rule.slug
        );
    }
}

#[test]
fn the_strongest_case_is_as_strong_as_the_taxonomy_allows() {
    for rule in RULES {
        let strongest = rule.cases.iter().map(|case| case.certainty).max();
        assert_eq!(strongest, Some(rule.strongest), "{}", rule.slug);
    }
}

#[test]
fn every_rule_has_both_kinds_of_examples() {
    for rule in RULES {
        assert!(
            !rule.fires.is_empty(),
            "{} has no example that fires",
            rule.slug
        );
        assert!(
            !rule.silent.is_empty(),
            "{} has no example that is silent",
            rule.slug
        );
    }
}

#[test]
fn the_last_advice_of_a_rule_has_no_condition() {
    for rule in RULES {
        let (last, others) = rule.advice.split_last().expect("advice");
        assert!(last.when.is_empty(), "{}", rule.slug);
        assert!(
            others.iter().all(|advice| !advice.when.is_empty()),
            "{}",
            rule.slug
        );
    }
}

#[test]
fn pages_tell_something_under_every_heading() {
    for rule in RULES {
        let page = rule.page;
        for text in [
            page.what_happened,
            page.why_it_fails,
            page.fix,
            page.how_to_tell,
        ] {
            let in_code = text
                .lines()
                .last()
                .is_some_and(|line| line.starts_with("    "));
            let ended = text.ends_with(['.', ')']) || in_code;
            assert!(text.len() >= 40 && ended, "{}: {text:?}", rule.slug);
        }
        assert!(!page.sources.is_empty(), "{} cites nothing", rule.slug);
    }
}

#[test]
fn a_silenced_finding_is_as_if_it_did_not_exist() {
    let fired = registry::rule("rate-limited").expect("written").fires[0];
    let (seen, past, clock) = fired.observe();
    let silenced = Silenced::of(&["rate-limited"]).expect("a slug");
    let report = diagnose(&seen, &past, clock, &silenced);
    assert!(report.findings.is_empty(), "{report:?}");
}

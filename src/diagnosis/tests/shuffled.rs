//! The registry is a set: in which order its rules stand shows nowhere.

use super::super::by_rules;
use super::super::registry::RULES;
use super::examples::all;
use crate::diagnosis::Silenced;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

#[test]
fn every_order_of_the_rules_gives_the_same_reports() {
    let shuffled = |seed: u64| {
        let mut rules = RULES.to_vec();
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        rules.sort_by_cached_key(|rule| hasher.hash_one((seed, rule.slug)));
        rules
    };
    let orders: Vec<_> = (0..8).map(shuffled).collect();
    let first = |order: usize| orders[order].first().map(|rule| rule.slug);
    assert_ne!(first(0), first(1));
    for (rule, example) in all() {
        let (seen, past, clock) = example.observe();
        let report = |rules: &[_]| by_rules(rules, &seen, &past, clock, &Silenced::default());
        let expected = report(RULES);
        for (seed, rules) in orders.iter().enumerate() {
            let (slug, shows) = (rule.slug, example.shows);
            assert_eq!(report(rules), expected, "{slug}: {shows:?}, seed {seed}");
        }
    }
}

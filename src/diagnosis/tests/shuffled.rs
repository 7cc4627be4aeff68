//! The registry is a set: in which order its rules stand shows nowhere.

use super::super::by_rules;
use super::super::registry::RULES;
use super::super::watch::Watch;
use super::examples::all;
use crate::diagnosis::Silenced;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

#[test]
fn every_order_of_the_rules_gives_the_same_reports() {
    let shuffled = |seed: u64| {
        let mut rules = RULES.to_vec();
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        rules.sort_by_cached_key(|rule| hasher.hash_one((seed, rule.slug)));
        (rules[0].slug, Watch::of(&rules))
    };
    let orders: Vec<_> = (0..8).map(shuffled).collect();
    assert_ne!(orders[0].0, orders[1].0);
    let in_registry = Watch::of(RULES);
    for (rule, example) in all() {
        let (seen, past, clock) = example.observe();
        let report = |rules: &Watch| by_rules(rules, &seen, &past, clock, &Silenced::default());
        let expected = report(&in_registry);
        for (seed, (_, rules)) in orders.iter().enumerate() {
            let (slug, shows) = (rule.slug, example.shows);
            assert_eq!(report(rules), expected, "{slug}: {shows:?}, seed {seed}");
        }
    }
}

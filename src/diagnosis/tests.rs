//! What holds the collection together: every rule brings all that a rule must bring.

use super::registry::RULES;
use super::rule::Rule;
use super::taxonomy::{TAXONOMY, position};
use super::wording::{FIX_LIMIT, REASON_LIMIT};
use super::*;
use crate::diagnosis::example::Example;
use crate::evidence::Signal;
use std::collections::BTreeSet;

fn report(example: &Example) -> Report {
    let (seen, past, clock) = example.observe();
    diagnose(&seen, &past, clock, &Silenced::default())
}

fn slugs(report: &Report) -> Vec<&'static str> {
    report
        .findings
        .iter()
        .map(|finding| finding.mistake)
        .collect()
}

/// Every example of every rule, with the rule it belongs to.
fn examples() -> impl Iterator<Item = (&'static Rule, &'static Example)> {
    RULES.iter().flat_map(|rule| {
        rule.fires
            .iter()
            .chain(rule.silent)
            .map(move |one| (*rule, one))
    })
}

#[test]
fn rules_agree_with_the_taxonomy_and_stand_in_its_order() {
    let places: Vec<usize> = RULES
        .iter()
        .map(|rule| {
            position(rule.slug).unwrap_or_else(|| panic!("{} is not in the taxonomy", rule.slug))
        })
        .collect();
    assert!(
        places.is_sorted_by(|first, second| first < second),
        "sort the registry by family and slug"
    );
    for (rule, place) in RULES.iter().zip(places) {
        let entry = TAXONOMY[place];
        assert_eq!(rule.family, entry.family, "family of {}", rule.slug);
        assert_eq!(rule.verdict, entry.verdict, "verdict of {}", rule.slug);
        assert_eq!(
            rule.strongest, entry.strongest,
            "strongest certainty of {}",
            rule.slug
        );
    }
}

#[test]
fn no_case_claims_more_than_the_taxonomy_allows() {
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
fn every_firing_example_holds_its_own_rule_first_or_where_it_says() {
    for rule in RULES {
        for example in rule.fires {
            let found = report(example);
            let mut expected = example.after.to_vec();
            expected.push(rule.slug);
            let first = &slugs(&found)[..expected.len().min(found.findings.len())];
            assert_eq!(
                first, expected,
                "{}: {}\n{found:#?}",
                rule.slug, example.shows
            );
        }
    }
}

#[test]
fn no_silent_example_holds_its_own_rule() {
    for rule in RULES {
        for example in rule.silent {
            let found = slugs(&report(example));
            assert!(
                !found.contains(&rule.slug),
                "{}: {} gave {found:?}",
                rule.slug,
                example.shows
            );
        }
    }
}

#[test]
fn every_case_of_every_rule_is_shown_by_an_example() {
    for rule in RULES {
        for case in rule.cases {
            let shown = examples().any(|(_, example)| {
                let (seen, past, clock) = example.observe();
                rule.holds(&Evidence::of(&seen, &past, clock))
                    .is_some_and(|held| std::ptr::eq(held, case))
            });
            assert!(
                shown,
                "no example shows this case of {}: {case:?}",
                rule.slug
            );
        }
    }
}

#[test]
fn every_advice_is_given_in_an_example() {
    for rule in RULES {
        for advice in rule.advice {
            let given = rule.fires.iter().any(|example| {
                let (seen, past, clock) = example.observe();
                std::ptr::eq(rule.advice(&Evidence::of(&seen, &past, clock)), advice)
            });
            assert!(
                given,
                "no example of {} gives this advice: {advice:?}",
                rule.slug
            );
        }
    }
}

#[test]
fn every_signal_is_produced_and_used() {
    let produced: BTreeSet<Signal> = examples()
        .flat_map(|(_, example)| {
            let (seen, past, clock) = example.observe();
            Evidence::of(&seen, &past, clock)
                .signals()
                .collect::<Vec<_>>()
        })
        .collect();
    let used: BTreeSet<Signal> = RULES.iter().flat_map(|rule| signals_of(rule)).collect();
    for signal in Signal::ALL {
        assert!(produced.contains(signal), "no example produces {signal:?}");
        assert!(used.contains(signal), "no rule uses {signal:?}");
    }
}

fn signals_of(rule: &'static Rule) -> Vec<Signal> {
    let of_cases = rule
        .cases
        .iter()
        .flat_map(|case| [case.all, case.any, case.unless]);
    let of_advice = rule.advice.iter().map(|advice| advice.when);
    of_cases
        .chain(of_advice)
        .chain([rule.gate])
        .flatten()
        .copied()
        .collect()
}

#[test]
fn titles_and_summaries_are_short_ascii() {
    for rule in RULES {
        assert!(
            rule.title.is_ascii() && (1..=60).contains(&rule.title.len()),
            "{}",
            rule.slug
        );
        assert!(
            !rule.title.ends_with('.'),
            "{}: a title is no sentence",
            rule.slug
        );
        assert!(
            rule.summary.is_ascii() && rule.summary.ends_with('.'),
            "{}",
            rule.slug
        );
    }
}

#[test]
fn filled_fixes_and_reasons_fit_everywhere() {
    for (rule, example) in examples() {
        for finding in report(example).findings {
            let (fix, reason) = (&finding.fix, &finding.reason);
            let place = format!(
                "{} in an example of {} ({})",
                finding.mistake, rule.slug, example.shows
            );
            for text in [fix, reason] {
                assert!(
                    text.is_ascii() && !text.contains(['{', '}', '"', '\\']),
                    "{place}: {text}"
                );
            }
            assert!(
                fix.len() <= FIX_LIMIT,
                "{place}: {} characters: {fix}",
                fix.len()
            );
            assert!(
                reason.len() <= REASON_LIMIT,
                "{place}: {} characters: {reason}",
                reason.len()
            );
            assert!(fix.ends_with('.') && !reason.ends_with('.'), "{place}");
        }
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
fn signal_sentences_are_plain_and_unlike() {
    let sentences: BTreeSet<&str> = Signal::ALL.iter().map(|signal| signal.sentence()).collect();
    assert_eq!(sentences.len(), Signal::ALL.len());
    assert!(
        sentences
            .iter()
            .all(|text| text.is_ascii() && text.len() <= 80 && !text.ends_with('.'))
    );
}

/// Advice that once turned a right diagnosis into a wrong cure.
const NEVER: &[(&str, &[&str])] = &[
    (
        "api-token-with-username",
        &["new token", "username wrong", "regenerate"],
    ),
    (
        "app-password-removed",
        &["reset", "use your username", "new app password"],
    ),
    (
        "app-password-brownout",
        &["create an app password", "new app password"],
    ),
    (
        "app-password-with-email",
        &["create an app password", "new app password"],
    ),
    (
        "api-token-without-scopes",
        &["wrong password", "has no scopes", "has expired"],
    ),
    ("email-of-another-account", &["wrong password"]),
    ("bearer-with-api-token", &["regenerate", "new token"]),
    (
        "basic-with-access-token",
        &["your email", "account email", "x-token-auth"],
    ),
    ("api-token-with-email-on-git", &["everywhere"]),
    (
        "access-token-with-wrong-git-user",
        &["your username", "bitbucket username"],
    ),
    (
        "scope-missing",
        &[
            "bad credentials",
            "edit the token",
            "all scopes",
            "same kind",
        ],
    ),
    ("damaged-token", &["must be 192", "expired"]),
    ("no-credentials", &["wrong password"]),
    (
        "account-password",
        &["you sent your password", "sent your account password"],
    ),
    ("challenge", &["nothing is wrong"]),
    ("credential-manager-probe", &["change the user name"]),
];
/// Never, by no finding.
const NEVER_ANYWHERE: &[&str] = &[
    "insecure",
    "verification off",
    "--user",
    "-u ",
    "all scopes",
    "contact",
    "support ticket",
    "create an app password",
];

#[test]
fn no_advice_says_what_must_never_be_said() {
    for rule in RULES {
        let own = NEVER
            .iter()
            .filter(|(slug, _)| *slug == rule.slug)
            .flat_map(|(_, phrases)| *phrases);
        for phrase in own.chain(NEVER_ANYWHERE) {
            for advice in rule.advice {
                for text in [advice.fix, advice.reason] {
                    assert!(
                        !text.to_lowercase().contains(phrase),
                        "{}: {text:?} says {phrase:?}",
                        rule.slug
                    );
                }
            }
        }
    }
}

#[test]
fn on_git_no_advice_about_bearer_names_the_email() {
    let rule = registry::rule("bearer-with-api-token").expect("written");
    let on_git = rule
        .advice
        .iter()
        .filter(|advice| advice.when.contains(&Signal::OnGit));
    assert!(on_git.clone().count() > 0);
    assert!(
        on_git
            .into_iter()
            .all(|advice| !advice.fix.contains("email") && !advice.reason.contains("email"))
    );
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
            assert!(
                text.len() >= 40 && text.ends_with('.'),
                "{}: {text:?}",
                rule.slug
            );
        }
        assert!(!page.sources.is_empty(), "{} cites nothing", rule.slug);
    }
}

#[test]
fn both_pages_on_app_passwords_explain_the_two_dates() {
    for slug in ["app-password-removed", "app-password-with-email"] {
        let page = registry::rule(slug).expect("written").page;
        let text = [page.why_it_fails, page.fix, page.how_to_tell].join(" ");
        assert!(
            text.contains("2026-06-09") && text.contains("2026-07-28"),
            "{slug}"
        );
    }
}

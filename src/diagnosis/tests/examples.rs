//! The examples of the rules, replayed.

use super::super::registry::RULES;
use super::super::rule::Rule;
use super::super::*;
use crate::diagnosis::example::{Example, Way};
use crate::evidence::Signal;
use std::collections::BTreeSet;

fn evidence(example: &Example) -> Evidence {
    let (seen, past, clock) = example.observe();
    Evidence::of(&seen, &past, clock)
}

pub(super) fn report(example: &Example) -> Report {
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
pub(super) fn all() -> impl Iterator<Item = (&'static Rule, &'static Example)> {
    let of = |rule: &'static Rule| {
        rule.fires
            .iter()
            .chain(rule.silent)
            .map(move |one| (rule, one))
    };
    RULES.iter().copied().flat_map(of)
}

/// Fails with all complaints at once.
fn assert_none(complaints: impl Iterator<Item = String>) {
    let complaints: Vec<String> = complaints.collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_firing_example_holds_its_own_rule_first_or_where_it_says() {
    let fires = RULES
        .iter()
        .flat_map(|rule| rule.fires.iter().map(move |one| (rule, one)));
    let complaints = fires.filter_map(|(rule, example)| {
        let found = slugs(&report(example));
        let expected = [example.after, &[rule.slug]].concat();
        let wrong = !found.starts_with(&expected);
        let (slug, shows) = (rule.slug, example.shows);
        wrong.then(|| format!("{slug}: {shows:?} gives {found:?}, not {expected:?}"))
    });
    assert_none(complaints);
}

#[test]
fn no_silent_example_holds_its_own_rule() {
    let silent = RULES
        .iter()
        .flat_map(|rule| rule.silent.iter().map(move |one| (rule, one)));
    let complaints = silent.filter_map(|(rule, example)| {
        let found = slugs(&report(example));
        let (slug, shows) = (rule.slug, example.shows);
        found
            .contains(&slug)
            .then(|| format!("{slug}: {shows:?} gives {found:?}"))
    });
    assert_none(complaints);
}

#[test]
fn every_case_of_a_rule_is_shown_by_one_of_its_examples() {
    let cases = RULES
        .iter()
        .flat_map(|rule| rule.cases.iter().map(move |case| (rule, case)));
    let complaints = cases.filter_map(|(rule, case)| {
        let shows = |example: &Example| {
            let held = rule.holds(&evidence(example));
            held.is_some_and(|held| std::ptr::eq(held, case))
        };
        let found = rule.fires.iter().any(shows);
        (!found).then(|| format!("no example of {} shows {case:?}", rule.slug))
    });
    assert_none(complaints);
}

#[test]
fn every_advice_is_given_in_an_example() {
    let advice = RULES
        .iter()
        .flat_map(|rule| rule.advice.iter().map(move |one| (rule, one)));
    let complaints = advice.filter_map(|(rule, advice)| {
        let gives = |example: &Example| std::ptr::eq(rule.advice(&evidence(example)), advice);
        let found = rule.fires.iter().any(gives);
        (!found).then(|| format!("no example of {} gives {advice:?}", rule.slug))
    });
    assert_none(complaints);
}

#[test]
fn every_signal_is_produced_and_used() {
    let signals = |example: &Example| evidence(example).set().iter().collect::<Vec<_>>();
    let produced: BTreeSet<Signal> = all().flat_map(|(_, example)| signals(example)).collect();
    let used: BTreeSet<Signal> = RULES.iter().flat_map(|rule| signals_of(rule)).collect();
    let never = Signal::ALL.iter().filter_map(|signal| {
        let (made, read) = (produced.contains(signal), used.contains(signal));
        (!made || !read).then(|| format!("{signal:?}: produced {made}, used {read}"))
    });
    assert_none(never);
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

/// Rules about Bitbucket are about Bitbucket: another host gets faults of form and its own status, no more.
#[test]
fn another_host_is_not_told_about_user_names_kinds_and_dates() {
    for (rule, example) in all() {
        let elsewhere = example.call("GET https://git.acme.com/rest/api/user");
        for finding in report(&elsewhere).findings {
            let family = registry::rule(finding.mistake).map(|rule| rule.family);
            let allowed = matches!(family, Some(Family::Form | Family::Other))
                || finding.mistake == "wrong-host";
            assert!(
                allowed,
                "{} by an example of {}",
                finding.mistake, rule.slug
            );
        }
    }
}

/// True of a request whatever became of it, and about no credential's worth.
const WHATEVER_THE_ANSWER: &[&str] = &["absolute-form-https", "plain-http"];

/// What the server recognised is not to blame, whatever it looks like (B1-B6).
#[test]
fn a_recognised_credential_is_never_blamed() {
    for (rule, example) in all().filter(|(_, example)| example.authorization.is_some()) {
        for status in [401, 403, 404] {
            let known = example
                .status(status)
                .body("")
                .answer(&[("x-credential-type", "api_token")]);
            for finding in report(&known).findings {
                let family = registry::rule(finding.mistake).map(|rule| rule.family);
                let allowed = matches!(family, Some(Family::Access | Family::Other))
                    || WHATEVER_THE_ANSWER.contains(&finding.mistake);
                assert!(
                    allowed,
                    "{} by an example of {}",
                    finding.mistake, rule.slug
                );
            }
        }
    }
}

#[test]
fn nothing_is_said_about_what_succeeded() {
    let has_status =
        |example: &Example| !matches!(example.way, Way::Handshake(_) | Way::AnotherHandshake(_));
    for (rule, example) in all().filter(|(_, example)| has_status(example)) {
        for status in [101, 200, 201, 204, 304] {
            let mut found = slugs(&report(&example.status(status).body("")));
            found.retain(|slug| !WHATEVER_THE_ANSWER.contains(slug));
            assert!(
                found.is_empty(),
                "{found:?} by an example of {}, status {status}",
                rule.slug
            );
        }
    }
}

#[test]
fn no_report_names_a_finding_twice() {
    for (_, example) in all() {
        let found = slugs(&report(example));
        let unlike: BTreeSet<&str> = found.iter().copied().collect();
        assert_eq!(unlike.len(), found.len(), "{found:?}");
    }
}

/// Whole reports, in their order.
#[test]
fn several_findings_stand_in_the_agreed_order() {
    use time::macros::utc_datetime;
    let between = utc_datetime!(2026-06-20 9:00);
    for (example, expected) in [
        (
            Example::rest("").pair("me@acme.com:{api_token}"),
            vec![
                "api-token-without-scopes",
                "token-expired",
                "email-of-another-account",
                "wrong-product-token",
            ],
        ),
        (
            Example::rest("").pair("jane:{cut api_token}\n"),
            vec![
                "trailing-newline",
                "damaged-token",
                "api-token-with-username",
            ],
        ),
        (
            Example::rest("")
                .pair("me@acme.com:{app_password}")
                .on(between),
            vec![
                "app-password-with-email",
                "app-password-brownout",
                "wrong-secret",
            ],
        ),
        (
            Example::rest("").pair("me@acme.com:{app_password}\n"),
            vec!["app-password-removed", "trailing-newline"],
        ),
        (
            Example::rest("").field("Basic {base64 access_token}"),
            vec!["basic-without-user", "basic-with-access-token"],
        ),
        (
            Example::rest("").pair(":{api_token}"),
            vec!["api-token-with-username", "empty-credentials"],
        ),
        (
            Example::rest("").pair("$USER:correct horse"),
            vec!["unexpanded-placeholder", "account-password"],
        ),
        (
            Example::rest("")
                .call("GET https://api.bitbucket.org/2.0/workspaces")
                .status(404),
            vec!["endpoint-removed", "no-credentials"],
        ),
    ] {
        assert_eq!(slugs(&report(&example)), expected, "{example:?}");
    }
}

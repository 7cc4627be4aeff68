//! The agreed order, and that nobody comes before himself.

use super::*;
use crate::diagnosis::taxonomy::Family;

/// The order that was agreed on, written as people say it: `a, b > c > @family`.
const AGREED: &[&str] = &[
    "app-password-removed > @form, @kind, @user, @life",
    "app-password-brownout > token-revoked, upstream-bug, wrong-secret",
    "unexpanded-placeholder > oauth-token-in-query, quoted-credentials, bearer-with-basic-pair, account-password",
    "escaped-credentials, trailing-newline, invisible-characters, base64-line-wrapped > damaged-token, malformed-basic, @user",
    "text-around-token, double-encoded > damaged-token, malformed-basic, @user",
    "trailing-newline > invisible-characters > quoted-credentials, non-ascii-credentials",
    "duplicate-scheme > basic-not-encoded > malformed-basic",
    "swapped-halves > empty-credentials, @user",
    "damaged-token > @user, @kind",
    "access-token-with-wrong-git-user, basic-with-access-token, api-token-with-username > empty-credentials",
    "uuid-as-user, git-user-on-rest > api-token-with-username > token-label-as-user, workspace-as-user",
    "basic-with-access-token > git-user-on-rest, workspace-as-user",
    "x-token-auth-with-api-token > git-wrong-username",
    "wrong-endpoint > wrong-host > @user, @kind",
    "data-center-token, wrong-vendor-token > token-expired, wrong-scheme, account-password",
    "private-key-as-secret, pipelines-oidc-token > token-expired, wrong-scheme, account-password",
    "legacy-api-token, oauth-consumer-as-basic, uuid-as-user, damaged-token > account-password",
    "oauth-consumer-misconfigured, spent-refresh-token > @user, @kind",
    "access-token-on-user-endpoint > auth-method-unsupported-for-endpoint > scope-missing",
    "write-scope-without-read > scope-missing > no-access > wrong-path",
    "endpoint-removed > no-access, wrong-path, no-credentials",
    "oauth1-signature, oauth-token-in-query > no-credentials",
    "token-request-not-form-encoded > oauth-consumer-misconfigured",
    "conflicting-credentials > oauth-token-in-query",
    "api-token-without-scopes > token-expired > email-of-another-account",
];

#[test]
fn the_agreed_order_is_declared() {
    for line in AGREED {
        let steps: Vec<Vec<&str>> = line
            .split(" > ")
            .map(|step| step.split(", ").flat_map(slugs).collect())
            .collect();
        for pair in steps.windows(2) {
            for first in &pair[0] {
                for second in pair[1].iter().filter(|second| *second != first) {
                    assert!(
                        PRECEDENCE.outranks(first, second),
                        "{first} must outrank {second}"
                    );
                }
            }
        }
    }
}

fn slugs(word: &'static str) -> Vec<&'static str> {
    let family = match word {
        "@form" => Family::Form,
        "@kind" => Family::Kind,
        "@user" => Family::User,
        "@life" => Family::Life,
        slug => {
            assert!(position(slug).is_some(), "{slug} is not in the taxonomy");
            return vec![slug];
        }
    };
    TAXONOMY
        .iter()
        .filter(|entry| entry.family == family)
        .map(|entry| entry.slug)
        .collect()
}

#[test]
fn silencing_of_probes_and_redacted_records_is_declared() {
    for slug in [
        "bearer-with-api-token",
        "api-token-with-username",
        "scope-missing",
    ] {
        assert!(
            PRECEDENCE.silences("credential-manager-probe", slug),
            "{slug}"
        );
    }
    for slug in [
        "masked-secret",
        "unexpanded-placeholder",
        "quoted-credentials",
        "no-credentials",
    ] {
        assert!(PRECEDENCE.silences("redacted-record", slug), "{slug}");
    }
}

#[test]
fn nobody_comes_before_himself() {
    for entry in TAXONOMY {
        assert!(
            !PRECEDENCE.outranks(entry.slug, entry.slug),
            "{} outranks itself over others",
            entry.slug
        );
        assert!(
            !PRECEDENCE.silences(entry.slug, entry.slug),
            "{} silences itself over others",
            entry.slug
        );
    }
}

#[test]
fn every_name_in_a_relation_is_in_the_taxonomy() {
    let of_rules = RULES
        .iter()
        .flat_map(|rule| rule.outranks.iter().chain(rule.silences));
    for target in of_rules {
        if let One(slug) = target {
            assert!(position(slug).is_some(), "{slug}");
        }
    }
}

#[test]
fn beside_names_are_in_the_taxonomy() {
    for slug in RULES.iter().flat_map(|rule| rule.beside) {
        assert!(position(slug).is_some(), "{slug}");
    }
}

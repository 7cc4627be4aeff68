//! What findings say, and must never say.

use super::super::registry::RULES;
use super::super::wording::{FIX_LIMIT, REASON_LIMIT};
use super::super::*;
use super::examples;
use crate::evidence::Signal;
use std::collections::BTreeSet;

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
    for (rule, example) in examples::all() {
        for finding in examples::report(example).findings {
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

/// The examples do not combine every advice with every form, so the longest form is tried everywhere.
#[test]
fn the_longest_form_fits_into_every_fix() {
    let longest = "Basic base64(ACCOUNT_EMAIL:API_TOKEN)";
    for rule in RULES {
        for advice in rule.advice {
            let filled = advice
                .fix
                .replace("{form}", longest)
                .replace("{api_token_form}", longest)
                .replace("{vendor}", "another vendor")
                .replace("{length}", "9999");
            assert!(
                filled.len() <= FIX_LIMIT,
                "{}: {} characters: {filled}",
                rule.slug,
                filled.len()
            );
            let filled = advice
                .reason
                .replace("{length}", "9999")
                .replace("{vendor}", "another vendor")
                .replace("{missing}", "a scope");
            assert!(filled.len() <= REASON_LIMIT, "{}: {filled}", rule.slug);
        }
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
        "git-user-on-rest",
        &["new token", "regenerate", "x-token-auth"],
    ),
    ("x-token-auth-with-api-token", &["new token", "regenerate"]),
    (
        "bearer-with-app-password",
        &["new app password", "reset the app password"],
    ),
    (
        "access-token-on-user-endpoint",
        &["new token", "new access token"],
    ),
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

//! Who is blamed for a plain refusal: every kind of secret under every scheme and user-id, on every surface and in
//! every era, composed and held against what was agreed.

use super::super::*;
use crate::diagnosis::example::{Example, Sent};
use crate::diagnosis::registry;
use std::fmt;
use std::sync::LazyLock;
use time::UtcDateTime;
use time::macros::utc_datetime;

/// Eras of app passwords, account passwords and OAuth: each has its own truth (table C).
const DAYS: &[UtcDateTime] = &[
    utc_datetime!(2021-06-01 9:00),
    utc_datetime!(2025-10-15 9:00),
    utc_datetime!(2026-06-20 6:05),
    utc_datetime!(2026-06-20 9:00),
    utc_datetime!(2026-11-24 9:00),
];
const BROWNOUTS: UtcDateTime = utc_datetime!(2026-06-09 0:00);
const REMOVAL: UtcDateTime = utc_datetime!(2026-07-28 0:00);
const WEBSITE_API_ENDED: UtcDateTime = utc_datetime!(2026-05-04 0:00);

const REST: &str = "GET https://api.bitbucket.org/2.0/repositories/acme/site";
const GIT: &str = "GET https://bitbucket.org/acme/site.git/info/refs";
const WEBSITE_API: &str = "GET https://bitbucket.org/api/2.0/user";
const CALLS: &[&str] = &[
    REST,
    GIT,
    "GET https://api.bitbucket.org/2.0/user",
    "GET https://bitbucket.org/acme/site/get/main.tar.gz",
    WEBSITE_API,
];

const API_TOKEN: &str = "{api_token}";
const ACCESS_TOKEN: &str = "{access_token}";
const APP_PASSWORD: &str = "{app_password}";
const CUT_API_TOKEN: &str = "{cut api_token}";
const CUT_ACCESS_TOKEN: &str = "{cut access_token}";
const JWT: &str = "{jwt}";
const PIPELINES_JWT: &str = "{pipelines_jwt}";
const OAUTH_TOKEN: &str = "{oauth_token}";
const GITHUB_TOKEN: &str = "{github_token}";
const DATA_CENTER_TOKEN: &str = "{data_center_token}";
const PRIVATE_KEY: &str = "{cut private_key}";
const SECRETS: &[&str] = &[
    API_TOKEN,
    ACCESS_TOKEN,
    APP_PASSWORD,
    CUT_API_TOKEN,
    CUT_ACCESS_TOKEN,
    "{old_app_password}",
    JWT,
    PIPELINES_JWT,
    OAUTH_TOKEN,
    "correct horse",
    GITHUB_TOKEN,
    DATA_CENTER_TOKEN,
    PRIVATE_KEY,
];

const EMAIL: &str = "me@company.com";
const UUID: &str = "{11111111-2222-3333-4444-555555555555}";
const X_TOKEN_AUTH: &str = "x-token-auth";
const API_TOKEN_AUTH: &str = "x-bitbucket-api-token-auth";
/// `None` sends the secret as Bearer.
const USERS: &[Option<&str>] = &[
    None,
    Some(EMAIL),
    Some("jane"),
    Some("acme"),
    Some("my ci token"),
    Some(UUID),
    Some(X_TOKEN_AUTH),
    Some(API_TOKEN_AUTH),
    Some("oauth2"),
    Some(""),
];

/// One request that is refused with an empty 401.
#[derive(Clone, Copy)]
struct Try {
    call: &'static str,
    user: Option<&'static str>,
    secret: &'static str,
    day: UtcDateTime,
}

impl fmt::Debug for Try {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {:?} {} on {}",
            self.call, self.user, self.secret, self.day
        )
    }
}

fn tries() -> impl Iterator<Item = Try> {
    let days = DAYS.iter().copied();
    let calls = days.flat_map(|day| CALLS.iter().map(move |call| (day, *call)));
    let users = calls.flat_map(|(day, call)| USERS.iter().map(move |user| (day, call, *user)));
    users.flat_map(|(day, call, user)| {
        SECRETS.iter().map(move |secret| Try {
            call,
            user,
            secret,
            day,
        })
    })
}

impl Try {
    fn findings(&self) -> Vec<Finding> {
        self.answered(401, Past::NONE)
    }

    fn answered(&self, status: u16, past: Past) -> Vec<Finding> {
        // Examples are constants; these few thousand stay for the life of the test.
        let sent = match self.user {
            Some(user) => Sent::Basic(format!("{user}:{}", self.secret).leak()),
            None => Sent::Field(format!("Bearer {}", self.secret).leak()),
        };
        let example = Example::rest("").call(self.call).sent(sent).on(self.day);
        let (seen, past, clock) = example.status(status).past(past).observe();
        diagnose(&seen, &past, clock, &Silenced::default()).findings
    }

    fn is_git(&self) -> bool {
        self.call == GIT
    }

    fn is_rest(&self) -> bool {
        self.call.contains("//api.bitbucket.org/2.0/") || self.call == WEBSITE_API
    }

    fn app_passwords_ended(&self) -> bool {
        self.day >= REMOVAL
    }

    /// The finding that must come first, where that is beyond doubt. Nothing at all before the secret is a fault of
    /// form as well, and may come before.
    fn first(&self) -> Option<&'static str> {
        if self.secret == APP_PASSWORD && self.app_passwords_ended() {
            return Some("app-password-removed");
        }
        if self.call == WEBSITE_API && self.day >= WEBSITE_API_ENDED {
            let token = matches!(self.secret, API_TOKEN | ACCESS_TOKEN | JWT | OAUTH_TOKEN);
            return token.then_some("wrong-host");
        }
        self.by_secret().or_else(|| self.by_surface())
    }

    /// Secrets that are wrong everywhere.
    fn by_secret(&self) -> Option<&'static str> {
        let by_beginning = match self.secret {
            GITHUB_TOKEN => "wrong-vendor-token",
            DATA_CENTER_TOKEN => "data-center-token",
            PRIVATE_KEY => "private-key-as-secret",
            CUT_API_TOKEN | CUT_ACCESS_TOKEN => "damaged-token",
            PIPELINES_JWT => "pipelines-oidc-token",
            _ => return None,
        };
        (self.user != Some("") && self.call != WEBSITE_API).then_some(by_beginning)
    }

    /// Kind, scheme and user-id on this surface.
    fn by_surface(&self) -> Option<&'static str> {
        let (git, rest) = (self.is_git(), self.is_rest());
        match (self.secret, self.user) {
            (APP_PASSWORD, None) => Some("bearer-with-app-password"),
            (API_TOKEN, None) => Some("bearer-with-api-token"),
            (API_TOKEN, Some(UUID)) => Some("uuid-as-user"),
            (API_TOKEN, Some(EMAIL)) if git => Some("api-token-with-email-on-git"),
            (API_TOKEN, Some(EMAIL)) if rest => Some("api-token-without-scopes"),
            (API_TOKEN, Some(X_TOKEN_AUTH)) if git => Some("x-token-auth-with-api-token"),
            (API_TOKEN, Some(X_TOKEN_AUTH | API_TOKEN_AUTH)) if rest => Some("git-user-on-rest"),
            (API_TOKEN, Some(API_TOKEN_AUTH | "jane")) if git => Some("api-token-without-scopes"),
            (API_TOKEN, Some(_)) if rest => Some("api-token-with-username"),
            (ACCESS_TOKEN | JWT, Some(_)) if rest => Some("basic-with-access-token"),
            (ACCESS_TOKEN | JWT, Some(X_TOKEN_AUTH)) if git => Some("wrong-secret"),
            (ACCESS_TOKEN, Some(UUID)) if git => None,
            (ACCESS_TOKEN, Some(_)) if git => Some("access-token-with-wrong-git-user"),
            (ACCESS_TOKEN, None) if self.call == REST => Some("wrong-secret"),
            ("correct horse", Some("jane")) if rest || git => Some("account-password"),
            _ => None,
        }
    }
}

/// Every request with what is found.
static TRIED: LazyLock<Vec<(Try, Vec<Finding>)>> =
    LazyLock::new(|| tries().map(|one| (one, one.findings())).collect());

/// Fails with all complaints about single findings at once.
fn assert_no_finding(complain: impl Fn(&Try, &Finding) -> Option<String>) {
    assert_none(TRIED.iter().flat_map(|(one, found)| {
        let complaints = found.iter().filter_map(|finding| complain(one, finding));
        complaints
            .map(|why| format!("{one:?}: {why}"))
            .collect::<Vec<_>>()
    }));
}

/// All complaints at once.
fn assert_none(complaints: impl Iterator<Item = String>) {
    let complaints: Vec<String> = complaints.collect();
    let shown = complaints.iter().take(40).cloned().collect::<Vec<_>>();
    assert!(
        complaints.is_empty(),
        "{} in all\n{}",
        complaints.len(),
        shown.join("\n")
    );
}

fn slugs(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.mistake).collect()
}

#[test]
fn the_right_one_is_blamed_first() {
    assert_none(TRIED.iter().filter_map(|(one, found)| {
        let (expected, found) = (one.first()?, slugs(found));
        let wrong = found.first() != Some(&expected);
        wrong.then(|| format!("{one:?}: {found:?}, not {expected}"))
    }));
}

/// A word that only may be right is still better than none.
#[test]
fn no_refusal_of_credentials_is_left_without_a_word() {
    let ours = TRIED
        .iter()
        .filter(|(one, _)| one.is_rest() || one.is_git());
    assert_none(
        ours.filter(|(_, found)| found.is_empty())
            .map(|(one, _)| format!("{one:?}")),
    );
}

/// Why a fix does not hold on this surface, for this kind, or on that day.
fn misleads(one: &Try, finding: &Finding) -> Option<&'static str> {
    let says = |words: &[&str]| words.iter().any(|words| finding.fix.contains(words));
    let email = says(&[
        "account email",
        "ACCOUNT_EMAIL",
        "with the email",
        "Use the email",
    ]);
    let of_git = says(&[
        "x-token-auth as",
        "x-token-auth:",
        "x-bitbucket-api-token-auth as",
        "x-bitbucket-api-token-auth:",
    ]);
    let app_password = says(&["APP_PASSWORD", "with this app password"]);
    let sure = finding.certainty >= Certainty::Likely;
    let replaces = one.secret == API_TOKEN && sure && says(&["new token", "Create an API token"]);
    let reasons = [
        (one.is_git() && email, "git does not take the email"),
        (one.is_rest() && of_git, "REST does not know git's literals"),
        (
            says(&["reate an app password"]),
            "nobody makes app passwords any more",
        ),
        (
            one.app_passwords_ended() && app_password,
            "app passwords ended",
        ),
        (replaces, "the token can stay"),
    ];
    reasons
        .into_iter()
        .find(|(holds, _)| *holds)
        .map(|(_, why)| why)
}

#[test]
fn no_fix_leads_to_the_next_refusal() {
    assert_no_finding(|one, finding| {
        let why = misleads(one, finding)?;
        Some(format!(
            "{} says {:?}, but {why}",
            finding.mistake, finding.fix
        ))
    });
}

/// What this request cannot be blamed for.
fn unfit(one: &Try, slug: &str) -> bool {
    let secret_is = |secrets: &[&str]| secrets.contains(&one.secret);
    match slug {
        "damaged-token" => !secret_is(&[CUT_API_TOKEN, CUT_ACCESS_TOKEN]),
        "account-password" => one.secret != "correct horse",
        "wrong-vendor-token" => one.secret != GITHUB_TOKEN,
        "data-center-token" => one.secret != DATA_CENTER_TOKEN,
        "private-key-as-secret" => one.secret != PRIVATE_KEY,
        "pipelines-oidc-token" => one.secret != PIPELINES_JWT,
        "wrong-product-token" => !secret_is(&[API_TOKEN, ACCESS_TOKEN]),
        "api-token-without-scopes" | "email-of-another-account" => one.secret != API_TOKEN,
        "wrong-host" => one.call != WEBSITE_API || one.day < WEBSITE_API_ENDED,
        "wrong-scheme" | "malformed-basic" | "no-credentials" | "wrong-user" => true,
        "app-password-brownout" => !(BROWNOUTS..REMOVAL).contains(&one.day),
        "app-password-removed" => {
            !one.app_passwords_ended() || secret_is(&[API_TOKEN, ACCESS_TOKEN, JWT])
        }
        "app-password-with-email" => one.app_passwords_ended() || one.user != Some(EMAIL),
        "git-user-on-rest" => !one.is_rest(),
        "api-token-with-username" => one.is_git(),
        "git-wrong-username" | "api-token-with-email-on-git" => !one.is_git(),
        "uuid-as-user" => one.user != Some(UUID),
        "workspace-as-user" => one.user != Some("acme"),
        _ => false,
    }
}

#[test]
fn nobody_is_blamed_for_what_was_not_sent() {
    assert_no_finding(|one, finding| {
        unfit(one, finding.mistake).then(|| finding.mistake.to_owned())
    });
}

#[test]
fn only_bytes_prove_anything_without_words_of_the_server() {
    const BY_BYTES: &[&str] = &[
        "bearer-with-app-password",
        "data-center-token",
        "private-key-as-secret",
        "wrong-vendor-token",
    ];
    assert_no_finding(|_, finding| {
        let family = registry::rule(finding.mistake).map(|rule| rule.family);
        let shown = family == Some(Family::Form) || BY_BYTES.contains(&finding.mistake);
        let proven = finding.certainty == Certainty::Proven;
        (proven && !shown).then(|| finding.mistake.to_owned())
    });
}

/// Who follows the first fix is let in: it names a scheme, or the user name that goes before the secret.
#[test]
fn the_first_fix_names_a_whole_form() {
    const FORMS: &[&str] = &[
        "Basic",
        "Bearer",
        "Bitbucket username",
        "user name",
        "x-bitbucket-api-token-auth",
        "x-token-auth",
    ];
    // Their cure is elsewhere: on the page of a token, or where the secret was made.
    const ELSEWHERE: &[&str] = &["api-token-without-scopes", "wrong-secret"];
    assert_none(TRIED.iter().filter_map(|(one, found)| {
        let first = found
            .first()
            .filter(|first| !ELSEWHERE.contains(&first.mistake))?;
        let whole = FORMS.iter().any(|form| first.fix.contains(form));
        (!whole).then(|| format!("{one:?}: {} says {:?}", first.mistake, first.fix))
    }));
}

/// Those of today and of the days of app passwords, where nothing but surface, user-id and secret vary.
fn fewer() -> impl Iterator<Item = Try> {
    let days = [DAYS[1], DAYS[4]];
    tries().filter(move |one| days.contains(&one.day) && matches!(one.call, REST | GIT))
}

#[test]
fn behind_another_status_user_names_and_kinds_are_only_possible() {
    const BY_BYTES: &[Certainty] = &[Certainty::Possible, Certainty::Proven];
    let complaints = fewer().flat_map(|one| {
        let found = [403, 404].map(|status| one.answered(status, Past::NONE));
        let sure = found.into_iter().flatten().filter(|finding| {
            let family = registry::rule(finding.mistake).map(|rule| rule.family);
            let judged = matches!(family, Some(Family::User | Family::Kind));
            judged && !BY_BYTES.contains(&finding.certainty)
        });
        let told = sure.map(|finding| format!("{one:?}: {}", finding.mistake));
        told.collect::<Vec<_>>()
    });
    assert_none(complaints);
}

#[test]
fn what_worked_like_this_before_is_blamed_for_neither_name_nor_kind() {
    let past = Past {
        accepted: true,
        accepted_here: true,
        ..Past::NONE
    };
    assert_none(fewer().flat_map(|one| {
        let found = one.answered(401, past);
        let blamed = found.into_iter().filter(|finding| {
            let family = registry::rule(finding.mistake).map(|rule| rule.family);
            let whole = ["damaged-token", "api-token-without-scopes"];
            matches!(family, Some(Family::User | Family::Kind)) || whole.contains(&finding.mistake)
        });
        let told = blamed.map(|finding| format!("{one:?}: {}", finding.mistake));
        told.collect::<Vec<_>>()
    }));
}

/// The secret is whole and alive: what differs is the name before it.
#[test]
fn what_worked_under_another_name_is_blamed_for_its_name() {
    let past = Past {
        accepted: true,
        accepted_otherwise: true,
        ..Past::NONE
    };
    let named = |one: &Try| matches!(one.user, Some(EMAIL | "jane" | "acme"));
    let token = |one: &Try| matches!(one.secret, API_TOKEN | "correct horse");
    assert_none(
        fewer()
            .filter(|one| named(one) && token(one))
            .filter_map(|one| {
                let found = slugs(&one.answered(401, past));
                let first = found.first().and_then(|slug| registry::rule(slug));
                let by_name = first.is_some_and(|rule| rule.family == Family::User);
                (!by_name).then(|| format!("{one:?}: {found:?}"))
            }),
    );
}

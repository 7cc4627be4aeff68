//! An app password, while there were any, under an email.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "app-password-with-email",
    family: Family::User,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "An app password goes with the username, not the email",
    summary: "An app password was sent under an email address; it went with the Bitbucket username.",
    cases: &[
        Case::likely(&[OnRest, Pair, AppPassword, EmailUser, Plain401]).unless(&[
            AppPasswordsGone,
            InKnownWindow,
            AcceptedHere,
        ]),
        Case::possible(&[Pair, EmailUser, Plain401])
            .any(&[AppPassword, OldAppPassword])
            .unless(&[AppPasswordsGone, AcceptedHere, OnTokenEndpoint]),
        Case::possible(&[Pair, EmailUser, Status410, InBrownouts])
            .any(&[AppPassword, OldAppPassword]),
    ],
    advice: &[
        Advice::when(
            &[OnGit],
            "Use the Bitbucket username, not the email, as user name; git takes it with an API token as well. Move to one.",
            "app password needs the username, not the email",
        ),
        Advice::always(
            "Use the Bitbucket username, not the email, with this app password; or move to an API token, which takes the email.",
            "app password needs the username, not the email",
        ),
    ],
    page: Page {
        what_happened: "The secret is an app password, and an email stands before it.",
        why_it_fails: "App passwords went with the Bitbucket username on REST. API tokens go with the email: the two are \
            easily mixed up when one replaces the other.",
        fix: "Use the Bitbucket username.\n\n\
            - curl: in netrc or a config file.\n\
            - Python: `auth=(username, password)`.\n\
            - Jenkins: in the credential.\n\
            - git: in the credential helper.\n\n\
            Better, move to an API token with scopes, with the account email on REST: app passwords ended on \
            2026-07-28. (Older copies of Atlassian's article say 2026-06-09: brownouts began then.)",
        how_to_tell: "git was seen to take the email while REST refused it, so on git this is only possible. After \
            2026-07-28 no user name helps: see `app-password-removed`.",
        sources: &["E4b", "I13", "C"],
    },
    doc: Some(links::REST_401),
    fires: &[
        Example::rest("The email, in the days of app passwords")
            .pair("me@acme.com:{app_password}")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("At the API's older address")
            .call("GET https://bitbucket.org/api/2.0/user")
            .pair("me@acme.com:{app_password}")
            .on(utc_datetime!(2024-05-01 9:00)),
        Example::rest("Between brownouts")
            .pair("me@acme.com:{app_password}")
            .on(utc_datetime!(2026-06-20 9:00)),
        Example::rest("Within a brownout")
            .pair("me@acme.com:{app_password}")
            .on(utc_datetime!(2026-06-20 6:05))
            .after(&["app-password-brownout"]),
        Example::git("A brownout that git is told of")
            .pair("me@acme.com:{app_password}")
            .status(410)
            .body("CHANGE-3222 - Functionality has been deprecated")
            .on(utc_datetime!(2026-06-20 6:05))
            .after(&["app-password-brownout"]),
    ],
    silent: &[
        Example::rest("The username is right")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("Removed for good").pair("me@acme.com:{app_password}"),
    ],
    ..Rule::PLAIN
};

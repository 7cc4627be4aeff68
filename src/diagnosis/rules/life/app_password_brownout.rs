//! App passwords in the weeks in which they were refused now and then.

use crate::diagnosis::rule::prelude::*;
use crate::observation::Recorded;

pub const RULE: Rule = Rule {
    slug: "app-password-brownout",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "App passwords are refused for hours at a time",
    summary: "Between 2026-06-09 and 2026-07-27 Bitbucket refused app passwords in brownouts, before their removal.",
    cases: &[
        Case::proven(&[InBrownouts, SaysAppPasswordsEnded]).any(&[
            AppPassword,
            OldAppPassword,
            PasswordShaped,
            OtherSecret,
        ]),
        // Nothing that the record shows contradicts the words.
        Case::proven(&[InBrownouts, SaysAppPasswordsEnded])
            .any(&[RecordRedacted, RecordDoubtful])
            .unless(&[ApiToken, AccessToken, OAuthToken, Jwt]),
        Case::likely(&[InKnownWindow, Basic, AppPassword, Plain401]).unless(&[OnTokenEndpoint]),
        // The body was not read.
        Case::likely(&[InBrownouts, AppPassword, Status410]).unless(&[WordsRead, RemovedOperation]),
        // The words contradict what was sent. On a 401 the request decides.
        Case::possible(&[InBrownouts, SaysAppPasswordsEnded, Status410]),
        Case::possible(&[InBrownouts, Basic, Plain401])
            .any(&[AppPassword, OldAppPassword])
            .unless(&[OnTokenEndpoint]),
    ],
    advice: &[
        Advice::when(
            &[OnGit],
            "Create an API token with scopes; git takes it with the Bitbucket username. App passwords end on 2026-07-28.",
            "app password brownout; removal on 2026-07-28",
        ),
        Advice::always(
            "Create an API token with scopes and send Basic with the account email: app passwords end on 2026-07-28.",
            "app password brownout; removal on 2026-07-28",
        ),
    ],
    page: Page {
        what_happened: "An app password was refused in the weeks of brownouts before app passwords ended.",
        why_it_fails: "From 2026-06-09 Bitbucket refused app passwords for a while every day (at first 15 minutes from \
            00, 06, 12 and 18 UTC, later for hours), so that people would notice. On 2026-07-28 they ended for good. \
            Older copies of Atlassian's article give 2026-06-09 as the removal: that was the first brownout.",
        fix: "Create an API token with scopes.\n\n\
            - REST: Basic with the email of the account.\n\
            - git: the Bitbucket username or `x-bitbucket-api-token-auth`.",
        how_to_tell: "git gets a 410 that names CHANGE-3222, REST a plain 401. If the same pair works an hour later, it \
            was a brownout; do not take it for a revoked one.",
        sources: &["0.1", "0.2", "B14", "B20", "C", "C4"],
    },
    doc: Some(links::CHANGE_3222),
    outranks: &[
        One("token-revoked"),
        One("upstream-bug"),
        One("wrong-secret"),
    ],
    gate: &[Status410],
    beside: &["app-password-with-email"],
    fires: &[
        Example::git("A record that hides the secret")
            .field("Basic <redacted>")
            .recorded(Recorded::Redacted)
            .status(410)
            .body("CHANGE-3222 - Functionality has been deprecated")
            .on(utc_datetime!(2026-06-20 6:05)),
        Example::git("git is told")
            .pair("jane:{app_password}")
            .status(410)
            .body(DEPRECATED)
            .on(utc_datetime!(2026-06-17 12:05)),
        Example::rest("Within an announced window")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2026-06-17 12:05)),
        Example::git("Words that were not read")
            .pair("me@acme.com:{app_password}")
            .status(410)
            .on(utc_datetime!(2026-06-17 12:05)),
        Example::rest("Outside of one it may have been a longer brownout")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2026-07-20 10:00)),
        Example::git("The words contradict what was sent")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(410)
            .body(DEPRECATED)
            .on(utc_datetime!(2026-06-17 12:05)),
    ],
    silent: &[
        Example::rest("Before the brownouts")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2026-06-01 12:05)),
        Example::git("After the removal")
            .pair("jane:{app_password}")
            .status(410)
            .body(DEPRECATED),
        Example::rest("The same words on a 401, and another mistake that the request shows")
            .pair("jane:{api_token}")
            .body(DEPRECATED)
            .on(utc_datetime!(2026-06-17 12:05)),
        Example::rest("An API token")
            .pair("me@acme.com:{api_token}")
            .on(utc_datetime!(2026-06-17 12:05)),
    ],
    ..Rule::PLAIN
};

const DEPRECATED: &str = "CHANGE-3222 - Functionality has been deprecated\n\
    App passwords are deprecated and must be replaced with API tokens.";

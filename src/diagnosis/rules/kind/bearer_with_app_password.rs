//! An app password under Bearer.

use crate::diagnosis::rule::prelude::*;

const ON: &[crate::evidence::Signal] = &[OnRest, OnGit, OnWebsite];
/// A pair under Bearer has a finding of its own, and is judged as a pair.
const GIVES_WAY: &[crate::evidence::Signal] = &[AcceptedHere, PairWithoutBasic];

pub const RULE: Rule = Rule {
    slug: "bearer-with-app-password",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "An app password was sent as Bearer",
    summary: "App passwords went as Basic, with the Bitbucket username; they were never Bearer tokens.",
    cases: &[
        Case::proven(&[Bearer, AppPassword, ChecksumFits, Refused])
            .any(ON)
            .unless(GIVES_WAY),
        Case::likely(&[Bearer, AppPassword, Plain401])
            .any(ON)
            .unless(GIVES_WAY),
        Case::possible(&[Bearer, OldAppPassword, Plain401])
            .any(ON)
            .unless(GIVES_WAY),
    ],
    advice: &[
        Advice::when(
            &[AppPasswordsGone],
            "Create an API token with scopes and send {api_token_form}: app passwords ended on 2026-07-28, as Bearer or Basic.",
            "app password sent as Bearer, and they ended",
        ),
        Advice::when(
            &[InBrownouts],
            "Send Basic with the Bitbucket username and this app password; it ends on 2026-07-28, so move to an API token.",
            "app password sent as Bearer, needs Basic",
        ),
        Advice::always(
            "Send Basic with the Bitbucket username and this app password; Bearer is for access tokens and OAuth.",
            "app password sent as Bearer, needs Basic",
        ),
    ],
    page: Page {
        what_happened: "The secret is an app password by its beginning and checksum (or twenty letters and digits, as older \
            ones had), and it came as Bearer.",
        why_it_fails: "An app password stood for a person, who had to be named: Basic, with the Bitbucket username before \
            it. Bitbucket may even answer *Access token expired*, since it looks for an OAuth token there.",
        fix: "- Until 2026-07-27: Basic with the Bitbucket username.\n\
            - From 2026-07-28 no app password is taken: create an API token with scopes. REST (curl, Jenkins, Python) \
            wants it as Basic with the account email, git under `x-bitbucket-api-token-auth` or the Bitbucket \
            username.",
        how_to_tell: "ATBB begins an app password, ATATT an API token (`bearer-with-api-token`). After the removal \
            `app-password-removed` is told first: no scheme helps then. Twenty letters and digits may be anything and are \
            only possible.",
        sources: &["A1", "A3", "A21", "B12", "C", "E15"],
    },
    doc: Some(links::AUTHENTICATION),
    fires: &[
        Example::rest("In the days of app passwords")
            .field("Bearer {app_password}")
            .on(utc_datetime!(2025-08-01 9:00)),
        Example::rest("The body misleads")
            .field("Bearer {app_password}")
            .body("Access token expired.")
            .on(utc_datetime!(2025-08-01 9:00)),
        Example::rest("In the weeks of brownouts")
            .field("Bearer {app_password}")
            .on(utc_datetime!(2026-06-20 9:00)),
        Example::git("They are gone")
            .field("Bearer {app_password}")
            .after(&["app-password-removed"]),
        Example::rest("Cut as well")
            .field("Bearer {cut app_password}")
            .on(utc_datetime!(2025-08-01 9:00))
            .after(&["damaged-token"]),
        Example::rest("Twenty letters and digits")
            .field("Bearer {old_app_password}")
            .on(utc_datetime!(2025-08-01 9:00)),
    ],
    silent: &[
        Example::rest("As Basic")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2025-08-01 9:00)),
        Example::rest("A pair is another mistake")
            .sent(Sent::BearerPair("jane:{app_password}"))
            .on(utc_datetime!(2025-08-01 9:00)),
        Example::rest("An access token").field("Bearer {access_token}"),
        Example::rest("Accepted")
            .field("Bearer {app_password}")
            .status(200)
            .on(utc_datetime!(2025-08-01 9:00)),
    ],
    ..Rule::PLAIN
};

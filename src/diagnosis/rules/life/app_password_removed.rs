//! App passwords after their end.

use crate::diagnosis::rule::prelude::*;
use crate::observation::Recorded;

pub const RULE: Rule = Rule {
    slug: "app-password-removed",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "App passwords were removed on 2026-07-28",
    summary: "Bitbucket takes no app passwords since 2026-07-28, neither on REST nor on git.",
    cases: &[
        Case::proven(&[AppPasswordsGone, SaysAppPasswordsEnded]).any(&[
            AppPassword,
            OldAppPassword,
            PasswordShaped,
            OtherSecret,
        ]),
        // Nothing that the record shows contradicts the words.
        Case::proven(&[AppPasswordsGone, SaysAppPasswordsEnded])
            .any(&[RecordRedacted, RecordDoubtful])
            .unless(&[ApiToken, AccessToken, OAuthToken, Jwt]),
        Case::likely(&[AppPasswordsGone, AppPassword, Plain401]).unless(&[OnTokenEndpoint]),
        // The body was not read.
        Case::likely(&[AppPasswordsGone, AppPassword, Status410])
            .unless(&[WordsRead, RemovedOperation]),
        // The words contradict what was sent. On a 401 the request decides.
        Case::possible(&[AppPasswordsGone, SaysAppPasswordsEnded, Status410]),
        // Nobody was told so before the brownouts: the record's clock is wrong.
        Case::possible(&[AppPasswordsWork, SaysAppPasswordsEnded, Status410]),
        // A shape alone does not come before what the form proves.
        Case::possible(&[AppPasswordsGone, OldAppPassword, WellFormed, Plain401])
            .unless(&[OnTokenEndpoint, SaysAccountPasswordsEnded]),
    ],
    advice: &[
        Advice::when(
            &[OnGit],
            "Create an API token with scopes; git takes it with the Bitbucket username, not the email. App passwords ended 2026-07-28.",
            "app passwords were removed on 2026-07-28",
        ),
        Advice::always(
            "Create an API token with scopes and send Basic with the account email: app passwords ended on 2026-07-28.",
            "app passwords were removed on 2026-07-28",
        ),
    ],
    page: Page {
        what_happened: "The secret is an app password, and there are none any more.",
        why_it_fails: "Bitbucket removed app passwords on 2026-07-28 (CHANGE-3222). Older copies of Atlassian's article \
            give 2026-06-09: brownouts began then. No user name and no new password of that kind helps.",
        fix: "Create an API token with scopes.\n\n\
            - REST (curl, Jenkins, Python): Basic with the email of the Atlassian account.\n\
            - git: the Bitbucket username or the literal `x-bitbucket-api-token-auth`, not the email. Then remove the \
            old secret from credential helpers: git keeps it after a 410 and sends it again.\n\n\
            This makes git's credential helper forget all that it has for the host, where git is configured with a \
            user name only that one's:\n\n    printf 'protocol=https\\nhost=bitbucket.org\\n\\n' | git credential \
            reject",
        how_to_tell: "git gets a 410 that names CHANGE-3222. REST answers 401 like any wrong secret, so there the \
            beginning ATBB decides; twenty letters and digits could be something else and are only possible.",
        sources: &["0.1", "0.2", "A21", "B14", "B20", "E4", "F1", "I3", "C"],
    },
    doc: Some(links::CHANGE_3222),
    outranks: &[
        All(Family::Form),
        All(Family::Kind),
        All(Family::User),
        All(Family::Life),
    ],
    gate: &[Status410],
    fires: &[
        Example::rest("REST says nothing").pair("jane:{app_password}"),
        Example::git("git is told")
            .pair("jane:{app_password}")
            .status(410)
            .body(DEPRECATED),
        Example::git("A record that hides the secret")
            .field("Basic <redacted>")
            .recorded(Recorded::Redacted)
            .status(410)
            .body(DEPRECATED),
        Example::git("A secret of no known shape, and the same words")
            .pair("jane:correct horse")
            .status(410)
            .body(DEPRECATED),
        Example::rest("The email is wrong as well, and does not matter")
            .pair("me@acme.com:{app_password}"),
        Example::rest("Twenty letters and digits").pair("jane:{old_app_password}"),
        Example::git("Words that were not read")
            .pair("jane:{app_password}")
            .status(410),
        Example::rest("Words that were not read, on REST")
            .pair("jane:{app_password}")
            .status(410),
        Example::git("Nothing was sent").status(410).body(DEPRECATED),
        Example::git("Words that contradict what was sent")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(410)
            .body(DEPRECATED),
        Example::git("A record with a wrong clock")
            .pair("jane:{app_password}")
            .status(410)
            .body(DEPRECATED)
            .on(utc_datetime!(2025-01-07 9:00)),
    ],
    silent: &[
        Example::rest("Still alive then")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2026-05-01 9:00)),
        Example::git("In the brownouts")
            .pair("jane:{app_password}")
            .status(410)
            .body(DEPRECATED)
            .on(utc_datetime!(2026-06-17 12:05)),
        Example::rest("An API token").pair("me@acme.com:{api_token}"),
        Example::rest("The same words on a 401, and another mistake that the request shows")
            .pair("jane:{api_token}")
            .body(DEPRECATED),
        Example::rest("The server takes it for an account password")
            .pair("jane:{old_app_password}")
            .body("Bitbucket Cloud recently stopped supporting account passwords for API authentication."),
        Example::rest("Twenty letters and digits, and a fault that is proven")
            .field("Basic jane:{old_app_password}"),
        Example::rest("The secret of an OAuth consumer")
            .call("POST https://bitbucket.org/site/oauth2/access_token")
            .pair("consumer:{old_app_password}"),
    ],
    ..Rule::PLAIN
};

const DEPRECATED: &str = "CHANGE-3222 - Functionality has been deprecated\n\
    App passwords are deprecated and must be replaced with API tokens.";

//! What worked before and does not any more.

use crate::diagnosis::rule::prelude::*;
use crate::evidence::Signal;
use crate::history::Past;

const ACCEPTED: Past = Past {
    accepted: true,
    accepted_here: true,
    ..Past::NONE
};
const ON_GIT: Past = Past {
    accepted_here: false,
    accepted_otherwise: true,
    ..ACCEPTED
};
const ALTERNATES: Past = Past {
    alternates: true,
    ..ACCEPTED
};

const KINDS: &[Signal] = &[
    ApiToken,
    AccessToken,
    OAuthToken,
    Jwt,
    OtherSecret,
    PasswordShaped,
];

pub const RULE: Rule = Rule {
    slug: "token-revoked",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Possible,
    title: "The credential worked before and was withdrawn",
    summary: "This very credential was accepted before; it was revoked, or its time or its owner's account ended.",
    cases: &[
        // Under another user-id or on another surface the user-id is the suspect; Bearer has none.
        Case::possible(&[AcceptedHere, Plain401])
            .any(KINDS)
            .unless(&[Alternates, OnTokenEndpoint, JwtExpired]),
        Case::possible(&[AcceptedBefore, Bearer, Plain401])
            .any(KINDS)
            .unless(&[Alternates, OnTokenEndpoint, JwtExpired]),
        Case::possible(&[AcceptedHere, Plain401])
            .any(&[AppPassword, OldAppPassword])
            .unless(&[Alternates, OnTokenEndpoint, AppPasswordsGone]),
    ],
    advice: &[Advice::always(
        "See where it was made and make a new one: it worked before, so it was revoked or expired, or its account closed.",
        "worked before: revoked, expired or closed",
    )],
    page: Page {
        what_happened: "A credential that was accepted before is refused now, under the same user name or another.",
        why_it_fails: "Somebody revoked it, it expired, or the account of its owner was closed or deactivated. The answer \
            is the same for all of them, so they cannot be told apart from outside.",
        fix: "Look for it where it was made: the page of the Atlassian account, the settings of repository, project or \
            workspace, the OAuth consumer. If it is gone or over, make a new one and replace it everywhere: git's \
            credential helper, the credentials of Jenkins, variables of CI, files that curl and Python programs read.",
        how_to_tell: "What was never accepted is no case of this: see `api-token-without-scopes` and `wrong-secret`. If \
            only one of many requests was refused, it is `upstream-bug`. An `exp` that has passed is `token-expired`.",
        sources: &["A11", "E26", "E42"],
    },
    doc: Some(links::REST_401),
    fires: &[
        Example::rest("It worked until now")
            .pair("me@acme.com:{api_token}")
            .past(ACCEPTED)
            .after(&["token-expired"]),
        Example::rest("Known from git, refused here")
            .field("Bearer {access_token}")
            .past(ON_GIT),
        Example::rest("An app password, while there were any")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2025-10-01 9:00))
            .past(ACCEPTED),
    ],
    silent: &[
        Example::rest("Never seen before").field("Bearer {access_token}"),
        Example::rest("It was accepted under another user name")
            .pair("jane:correct horse")
            .past(ON_GIT),
        Example::rest("One refusal between successes")
            .field("Bearer {access_token}")
            .past(ALTERNATES),
        Example::rest("App passwords have ended")
            .pair("jane:{app_password}")
            .past(ACCEPTED),
    ],
    ..Rule::PLAIN
};

//! A secret that worked under another name.

use crate::diagnosis::rule::prelude::*;
use crate::history::Past;

/// What has a finding of its own.
const GIVES_WAY: &[crate::evidence::Signal] = &[
    AcceptedHere,
    EmptyUserId,
    IdUser,
    LabelUser,
    LiteralUser,
    NearLiteral,
    OnTokenEndpoint,
    WorkspaceUser,
];

const NO_NAME_HELPS: &[crate::evidence::Signal] = &[
    AcceptedHere,
    AppPasswordsGone,
    LabelUser,
    NearLiteral,
    OnTokenEndpoint,
    WorkspaceUser,
];

pub const RULE: Rule = Rule {
    slug: "wrong-user",
    family: Family::User,
    verdict: Verdict::Mistake,
    strongest: Possible,
    title: "The same secret worked under another user name",
    summary: "This very secret was accepted before, under another user name or in another place.",
    cases: &[
        Case::possible(&[Pair, AcceptedElsewhere, Plain401])
            .any(&[PasswordShaped, OtherSecret])
            .unless(GIVES_WAY),
        Case::possible(&[Pair, NamedUser, AcceptedElsewhere, Plain401])
            .any(&[AppPassword, OldAppPassword])
            .unless(NO_NAME_HELPS),
    ],
    advice: &[Advice::always(
        "Use the user name under which this secret worked before; here it came under another one, or to another service.",
        "the secret worked under another user name",
    )],
    page: Page {
        what_happened: "The pair was refused. Its secret was seen to work before, with another user name before it, or on \
            the other of REST and git.",
        why_it_fails: "User name and secret belong together, and which name is right differs between REST and git. A \
            secret that works elsewhere is whole and alive, so the name is the first suspect.",
        fix: "Compare with the client where it works, and use that user name.\n\n\
            - curl and Python: in their arguments.\n\
            - git: in the credential helper or the remote's address.\n\
            - Jenkins: in the credential.",
        how_to_tell: "It stands last: if the secret is a known kind of token, the finding about its user name says more. \
            If the other client is refused now too, the secret ended in the meantime.",
        sources: &["0.5", "E26"],
    },
    doc: Some(links::REST_401),
    alternative: true,
    fires: &[
        Example::rest("An app password that worked for somebody else")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2025-10-01 9:00))
            .past(ELSEWHERE),
        Example::rest("A secret of no known shape")
            .pair("jane:correct horse")
            .past(ELSEWHERE),
    ],
    silent: &[
        Example::rest("Never seen")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("An API token has findings of its own")
            .pair("jane:{api_token}")
            .past(ELSEWHERE),
        Example::rest("It worked here")
            .pair("jane:correct horse")
            .past(Past {
                accepted_here: true,
                ..ELSEWHERE
            }),
        Example::rest("App passwords ended in the meantime")
            .pair("jane:{app_password}")
            .past(ELSEWHERE),
    ],
    ..Rule::PLAIN
};

const ELSEWHERE: Past = Past {
    accepted: true,
    accepted_otherwise: true,
    ..Past::NONE
};

//! The name of a token where its owner's name belongs.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "token-label-as-user",
    family: Family::User,
    verdict: Verdict::Mistake,
    strongest: Possible,
    title: "The user name looks like the name of a token",
    summary: "What stands before the secret cannot be, or hardly is, a user name; it looks like a token's label.",
    cases: &[Case::possible(&[Pair, LabelUser, Plain401])
        .any(&[
            ApiToken,
            AppPassword,
            OldAppPassword,
            PasswordShaped,
            OtherSecret,
        ])
        .unless(&[AcceptedHere, OnTokenEndpoint])],
    advice: &[Advice::always(
        "Put the owner of the token before it, not the token's own name: send {form}.",
        "user name looks like the name of a token",
    )],
    page: Page {
        what_happened: "The user name has blanks in it, or words such as token, password or key.",
        why_it_fails: "When a token is made it gets a name, and forms that ask for *name and secret* invite to fill in \
            that one. Bitbucket wants the name of the account.",
        fix: "- REST (curl, Python, Jenkins): the email of the Atlassian account.\n\
            - git: the Bitbucket username, or `x-bitbucket-api-token-auth` for an API token.",
        how_to_tell: "Only the shape speaks for it, and somebody may really be called so: it is never more than possible.",
        sources: &["E24"],
    },
    doc: Some(links::REST_401),
    fires: &[
        Example::rest("The label of an app password")
            .pair("my ci token:{app_password}")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("An API token under its own name")
            .pair("my ci token:{api_token}")
            .after(&["api-token-with-username"]),
    ],
    silent: &[
        Example::rest("A username")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("The name of an OAuth consumer")
            .call("POST https://bitbucket.org/site/oauth2/access_token")
            .pair("my ci token:correct horse"),
        Example::git("The literal").pair("x-bitbucket-api-token-auth:{api_token}"),
    ],
    ..Rule::PLAIN
};

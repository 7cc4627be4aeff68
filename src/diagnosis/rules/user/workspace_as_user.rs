//! The name of the workspace where a person's belongs.

use crate::diagnosis::rule::prelude::*;

/// It may be a person's name too, so what a workspace or no user name goes with is not taken for it.
const GIVES_WAY: &[crate::evidence::Signal] = &[AcceptedHere, AppPasswordsGone];

pub const RULE: Rule = Rule {
    slug: "workspace-as-user",
    family: Family::User,
    verdict: Verdict::Mistake,
    strongest: Possible,
    title: "The user name may be the name of the workspace",
    summary: "What stands before the secret is the workspace of the path; it may, or may not, be a person's name.",
    cases: &[
        Case::possible(&[Pair, WorkspaceUser, Plain401])
            .any(&[ApiToken, AccessToken, PasswordShaped, OtherSecret])
            .unless(&[AcceptedHere]),
        Case::possible(&[Pair, WorkspaceUser, Plain401])
            .any(&[AppPassword, OldAppPassword])
            .unless(GIVES_WAY),
    ],
    advice: &[Advice::always(
        "Put the owner of the secret before it, unless you have the workspace's name: send {form}.",
        "user name is the workspace's name",
    )],
    page: Page {
        what_happened: "The user name is the same word as the workspace in the path.",
        why_it_fails: "A workspace cannot sign in. Its name stands in every address, so it is easily taken for the user \
            name; before workspaces came, accounts of teams could be used like that.",
        fix: "- REST: the email of the Atlassian account with an API token, Bearer with an access token.\n\
            - git: the Bitbucket username or `x-bitbucket-api-token-auth` with an API token, `x-token-auth` with an \
            access token.",
        how_to_tell: "The first workspace of a person has the person's username for a name, so nothing more than possible \
            can be said. If the name is that of a company, it is this.",
        sources: &["0.5", "A10", "C"],
    },
    doc: Some(links::REST_401),
    fires: &[
        Example::rest("A company's name")
            .pair("acme:{app_password}")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("An API token")
            .pair("acme:{api_token}")
            .after(&["api-token-with-username"]),
        Example::git("An access token")
            .pair("acme:{access_token}")
            .after(&["access-token-with-wrong-git-user"]),
    ],
    silent: &[
        Example::rest("Another name")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("No workspace in the path")
            .call("GET https://api.bitbucket.org/2.0/user")
            .pair("acme:{api_token}"),
        Example::rest("No name helps any more").pair("acme:{app_password}"),
    ],
    ..Rule::PLAIN
};

//! A token of GitHub, GitLab or another vendor.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "wrong-vendor-token",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "This token belongs to another vendor",
    summary: "The secret begins like a token of another vendor, which Bitbucket cannot know.",
    cases: &[Case::proven(&[ForeignToken, Refused])
        .any(&[OnRest, OnGit, OnWebsite])
        .unless(&[AcceptedBefore])],
    advice: &[Advice::always(
        "Use a token made for Bitbucket, this one is of {vendor}. Send {api_token_form}.",
        "the token is of {vendor}, not of Bitbucket",
    )],
    page: Page {
        what_happened: "The secret has the beginning of a token that GitHub, GitLab, npm, Slack, OpenAI, AWS, Azure or \
            Sentry makes.",
        why_it_fails: "Vendors mark their tokens so that everybody sees whose they are. Bitbucket never made this one. \
            Mostly a variable holds the token of another service, or a script was taken over with its secrets.",
        fix: "Create an API token with scopes for Bitbucket.\n\n\
            - REST (curl, Python): Basic with the account email.\n\
            - git: `x-bitbucket-api-token-auth`.\n\
            - Jenkins: choose the credential for Bitbucket in the job.\n\n\
            Look why the other one was sent here, and replace it: it was shown to a service that is not its own.",
        how_to_tell: "The beginning proves it, whatever the server says. Tokens of other Atlassian products are \
            `data-center-token` and `wrong-product-token`.",
        sources: &["A24", "E19"],
    },
    doc: Some(links::AUTHENTICATION),
    outranks: &[
        One("basic-without-user"),
        One("token-expired"),
        One("wrong-scheme"),
        One("account-password"),
    ],
    fires: &[
        Example::rest("GitHub's").field("Bearer {github_token}"),
        Example::rest("GitHub's, and in GitHub's way").field("token {github_token}"),
        Example::rest("GitHub's, and without a user name").field("Basic {base64 github_token}"),
        Example::git("GitLab's").pair("oauth2:{gitlab_token}"),
        Example::rest("Behind a 404")
            .pair("jane:{github_token}")
            .status(404),
    ],
    silent: &[
        Example::rest("An API token").pair("me@acme.com:{api_token}"),
        Example::rest("A word that begins so").pair("jane:ghp_short"),
        Example::rest("At the vendor itself")
            .call("GET https://api.github.com/user")
            .field("Bearer {github_token}"),
    ],
    ..Rule::PLAIN
};

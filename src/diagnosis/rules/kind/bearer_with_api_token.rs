//! An API token under Bearer.

use crate::diagnosis::rule::prelude::*;

const ON: &[crate::evidence::Signal] = &[OnRest, OnGit, OnWebsite];
/// A pair under Bearer has a finding of its own, and is judged as a pair.
const GIVES_WAY: &[crate::evidence::Signal] = &[AcceptedHere, PairWithoutBasic];

pub const RULE: Rule = Rule {
    slug: "bearer-with-api-token",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "An API token was sent as Bearer",
    summary: "API tokens go as Basic, with a user name; Bearer is for access tokens and OAuth.",
    cases: &[
        Case::likely(&[Bearer, ApiToken, Plain401])
            .any(ON)
            .unless(GIVES_WAY),
        Case::possible(&[Bearer, ApiToken, Refused])
            .any(ON)
            .unless(GIVES_WAY),
    ],
    advice: &[
        Advice::when(
            &[OnGit],
            "For git send Basic with x-bitbucket-api-token-auth or the Bitbucket username as user name; keep the token.",
            "API token sent as Bearer, needs Basic",
        ),
        Advice::always(
            "Send Basic with the account email as user name and this token as password; Bearer is for access tokens and OAuth.",
            "API token sent as Bearer, needs Basic with email",
        ),
    ],
    page: Page {
        what_happened: "The secret begins like an API token of an Atlassian account, and it came as Bearer.",
        why_it_fails: "An API token stands for a person, and Bitbucket wants that person named: Basic, with a user name \
            before the token. The answer says only that the token is invalid, expired or not supported, which it says \
            for many other reasons as well.",
        fix: "- REST: Basic with the email of the Atlassian account and the token.\n\
            - curl: `--user EMAIL`, which asks for the token, or the line `user = \"EMAIL:TOKEN\"` in a file for \
            `--config`, instead of a header.\n\
            - Python: `auth=(email, token)`; in atlassian-python-api `username` and `password`, not `token`.\n\
            - Jenkins: *Username with password*.\n\
            - git: Basic with `x-bitbucket-api-token-auth` or the Bitbucket username, and no `http.extraHeader`.\n\n\
            The token itself can stay.",
        how_to_tell: "The beginning tells the kinds apart: ATATT is an API token, ATCTT an access token, which does go \
            as Bearer.",
        sources: &["A7", "A8", "B10", "E15", "F4", "F6"],
    },
    doc: Some(links::USING_API_TOKENS),
    fires: &[
        Example::rest("As other APIs want it")
            .field("Bearer {api_token}")
            .body(INVALID),
        Example::git("The same on git").field("Bearer {api_token}"),
        Example::rest("An archive of the website")
            .call("GET https://bitbucket.org/acme/site/get/main.tar.gz")
            .field("Bearer {api_token}"),
        Example::rest("Cut as well")
            .field("Bearer {cut api_token}")
            .after(&["damaged-token"]),
        Example::rest("A private repository hides behind a 404")
            .field("Bearer {api_token}")
            .status(404),
        Example::git("Or behind a 403")
            .field("Bearer {api_token}")
            .status(403),
    ],
    silent: &[
        Example::rest("An access token does go as Bearer").field("Bearer {access_token}"),
        Example::rest("A pair is another mistake").field("Bearer me@acme.com:{api_token}"),
        Example::rest("It was accepted")
            .field("Bearer {api_token}")
            .status(200),
        Example::rest("Not a host of Bitbucket")
            .call("GET https://git.acme.com/rest/api")
            .field("Bearer {api_token}"),
    ],
    ..Rule::PLAIN
};

const INVALID: &str = r#"{"type":"error","error":{"message":"Token is invalid, expired, or not supported for this endpoint."}}"#;

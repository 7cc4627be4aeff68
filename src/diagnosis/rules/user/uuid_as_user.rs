//! An id where a name belongs.

use crate::diagnosis::rule::prelude::*;

const ON: &[crate::evidence::Signal] = &[OnRest, OnGit, OnWebsite];

pub const RULE: Rule = Rule {
    slug: "uuid-as-user",
    family: Family::User,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "An id stands where the user name belongs",
    summary: "The user-id is a `{uuid}` or an Atlassian account id; Bitbucket wants an email or a username.",
    cases: &[
        Case::likely(&[Pair, IdUser, Plain401])
            .any(ON)
            .unless(&[AcceptedHere, EmptySecret]),
        Case::possible(&[Pair, IdUser])
            .any(&[Plain403, Plain404])
            .unless(&[AcceptedHere, OnTokenEndpoint]),
    ],
    advice: &[Advice::always(
        "Put a name there, not an id, and keep the secret if it is a token: send {form}.",
        "user name is an id, not a name",
    )],
    page: Page {
        what_happened: "Before the secret stands a uuid, with or without braces, or the digits of an Atlassian account id, \
            whose rest then became part of the secret.",
        why_it_fails: "The API names people by such ids, so they are at hand, but nobody signs in with one. An account id \
            has a colon inside, and Basic ends the user name at the first colon: the server sees some digits, and a \
            secret that begins with a uuid.",
        fix: "- REST (curl, Jenkins, Python): the email of the Atlassian account with the API token.\n\
            - git: the Bitbucket username or `x-bitbucket-api-token-auth`.\n\n\
            An access token has no user at all: Bearer on REST, `x-token-auth` on git.",
        how_to_tell: "The shape decides: 36 characters in five groups, or digits with such a group behind the colon. Any \
            other word that is no email is `api-token-with-username`.",
        sources: &["0.5", "A25"],
    },
    doc: Some(links::REST_401),
    outranks: &[One("api-token-with-username"), One("account-password")],
    fires: &[
        Example::rest("A uuid").pair("{11111111-2222-3333-4444-555555555555}:{api_token}"),
        Example::rest("As an address has it")
            .pair("%7B11111111-2222-3333-4444-555555555555%7D:{api_token}"),
        Example::git("An account id with its colon escaped")
            .pair("557058%3A11111111-2222-3333-4444-555555555555:{api_token}"),
        Example::rest("An account id")
            .pair("557058:11111111-2222-3333-4444-555555555555:{api_token}"),
        Example::git("On git").pair("11111111-2222-3333-4444-555555555555:{api_token}"),
        Example::rest("A secret of no known shape")
            .pair("557058:11111111-2222-3333-4444-555555555555:correct horse"),
        Example::rest("Behind a 404")
            .pair("{11111111-2222-3333-4444-555555555555}:{api_token}")
            .status(404),
    ],
    silent: &[
        Example::rest("Digits alone").pair("557058:{api_token}"),
        Example::rest("The token endpoint")
            .call("POST https://bitbucket.org/site/oauth2/access_token")
            .pair("{11111111-2222-3333-4444-555555555555}:correct horse"),
    ],
    ..Rule::PLAIN
};

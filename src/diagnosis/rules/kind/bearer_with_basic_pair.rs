//! A pair where Bearer wants a token.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "bearer-with-basic-pair",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "A pair of user name and secret was sent as Bearer",
    summary: "Behind Bearer stands user:secret, in clear or in base64; that is the form of Basic.",
    cases: &[Case::proven(&[Bearer, PairWithoutBasic, Refused]).any(&[
        OnRest,
        OnGit,
        OnWebsite,
        OnTokenEndpoint,
    ])],
    advice: &[
        Advice::when(
            &[AccessToken, OnGit],
            "Send Basic, not Bearer, with the pair x-token-auth:TOKEN, the token being the second half of what was sent.",
            "a pair sent as Bearer, needs Basic",
        ),
        Advice::when(
            &[AccessToken],
            "Send only the token, without user name and colon: Bearer TOKEN.",
            "a pair sent as Bearer, which takes the token alone",
        ),
        Advice::when(
            &[OnGit],
            "Send Basic, not Bearer, with this pair: {form}.",
            "a pair sent as Bearer, needs Basic",
        ),
        Advice::always(
            "A pair of user name and secret goes as Basic, not as Bearer: send {form}.",
            "a pair sent as Bearer, needs Basic",
        ),
    ],
    page: Page {
        what_happened: "The value behind `Bearer` is not a token but a pair, `user:secret` or its base64.",
        why_it_fails: "Bearer (RFC 6750) takes one token and nothing else; a pair in base64 is the form of Basic (RFC 7617). \
            Bitbucket looks for a token that is called like the whole text, and finds none.",
        fix: "- With an API token: write `Basic` before the same base64, with the account email on REST and \
            `x-bitbucket-api-token-auth` on git.\n\
            - With an access token on REST: `Bearer TOKEN`, without user name and colon.\n\
            - curl: name user and secret in its own option or a netrc file, not in a header.\n\
            - Python: `auth=(email, token)`.\n\
            - Jenkins: a credential of the kind *Username with password*.",
        how_to_tell: "The colon shows it, in the value or once its base64 is undone. `bearer-with-api-token` is the token \
            alone under the wrong scheme.",
        sources: &["A7", "A10", "E16"],
    },
    doc: Some(links::AUTHENTICATION),
    fires: &[
        Example::rest("In clear").field("Bearer me@acme.com:{api_token}"),
        Example::rest("In base64").sent(Sent::BearerPair("me@acme.com:{api_token}")),
        Example::rest("With an access token").field("Bearer x-token-auth:{access_token}"),
        Example::git("With an access token on git").field("Bearer x-token-auth:{access_token}"),
        Example::git("On git").field("Bearer jane:{api_token}"),
        Example::rest("With a password").sent(Sent::BearerPair("me@acme.com:correct horse")),
        Example::rest("With an app password, in their days")
            .sent(Sent::BearerPair("jane:{app_password}"))
            .on(utc_datetime!(2025-08-01 9:00)),
    ],
    silent: &[
        Example::rest("As Basic").pair("me@acme.com:{api_token}"),
        Example::rest("A token alone").field("Bearer {access_token}"),
        Example::rest("Another host")
            .call("GET https://git.acme.com/rest")
            .field("Bearer me@acme.com:{api_token}"),
    ],
    ..Rule::PLAIN
};

//! A scheme that Bitbucket does not take for the secret.

use crate::diagnosis::rule::prelude::*;

/// What stands for a value has a finding of its own.
const GIVES_WAY: &[crate::evidence::Signal] = &[
    EmptyCredentials,
    Placeholder,
    PlaceholderWord,
    Masked,
    MaskWord,
];

pub const RULE: Rule = Rule {
    slug: "wrong-scheme",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "Bitbucket does not take this scheme",
    summary: "The credentials came under a scheme that Bitbucket does not take for them, such as `token` or Digest.",
    cases: &[
        Case::likely(&[ForeignScheme, Plain401]).unless(GIVES_WAY),
        // The server wants it, and under its own scheme.
        Case::likely(&[ForeignScheme, ConnectJwt, SaysAppJwtRequired]).unless(GIVES_WAY),
        Case::possible(&[ForeignScheme])
            .any(&[Plain403, Plain404])
            .unless(GIVES_WAY),
    ],
    advice: &[
        Advice::when(
            &[ConnectJwt, OnGit],
            "Exchange this Connect JWT for an access token at the token endpoint and send x-token-auth:TOKEN.",
            "git does not take a Connect JWT",
        ),
        Advice::when(
            &[ConnectJwt],
            "Send this Connect JWT under its own scheme, as JWT TOKEN, without a user name; Bearer is for OAuth tokens.",
            "a Connect JWT needs the scheme JWT",
        ),
        Advice::always(
            "Use the scheme that Bitbucket takes for these credentials: send {form}.",
            "Bitbucket does not take this scheme",
        ),
    ],
    page: Page {
        what_happened: "Before the credentials stands `token`, `OAuth`, Digest, Negotiate or another word, or `JWT` before \
            a token that is none, or Bearer before the JWT of a Connect app.",
        why_it_fails: "Bitbucket takes Basic for API tokens, Bearer for access and OAuth tokens, and `JWT` for Connect \
            apps. `token` is the way of GitHub, Digest and Negotiate are offered by company servers. A scheme that is \
            not known counts as no credentials.",
        fix: "- REST: `Bearer TOKEN` for access and OAuth tokens, Basic with the account email for an API token.\n\
            - git: Basic with `x-token-auth` or `x-bitbucket-api-token-auth`.\n\
            - curl: leave out `--digest`, `--negotiate`, `--ntlm` and `--anyauth`.\n\
            - Python: no `HTTPDigestAuth` or Kerberos plugin for this host.\n\
            - Jenkins: choose a Bitbucket credential, not one for GitHub.",
        how_to_tell: "The first word of the field decides. OAuth tokens are JWTs too since May 2026: the one of a Connect \
            app is signed for one request and says so in its claim `qsh`. Nothing before the credentials is `missing-scheme`; an API \
            token under Bearer is `bearer-with-api-token`.",
        sources: &["A7", "A10", "A15", "A16", "B15", "E17"],
    },
    doc: Some(links::AUTHENTICATION),
    fires: &[
        Example::rest("GitHub's way").field("token {access_token}"),
        Example::rest("As other frameworks write it").field("Token token=\"{access_token}\""),
        Example::rest("An opaque token under OAuth").field("OAuth {oauth_token}"),
        Example::rest("An API token under JWT").field("JWT {api_token}"),
        Example::rest("A Connect JWT under Bearer").field("Bearer {connect_jwt}"),
        Example::git("A Connect JWT on git").field("Bearer {connect_jwt}"),
        Example::rest("A Connect JWT as a password").pair("jane:{connect_jwt}"),
        Example::git("Its own scheme is no way into git").field("JWT {connect_jwt}"),
        Example::rest("An OAuth token under the scheme of apps").field("JWT {jwt}"),
        Example::rest("Where only apps may call")
            .call("DELETE https://api.bitbucket.org/2.0/addon")
            .field("token {connect_jwt}")
            .body(r#"{"type":"error","error":{"message":"Authentication must use app JWT"}}"#),
        Example::rest("Digest").field("Digest username=\"jane\", response=\"x\""),
        Example::rest("A scheme of another service").field("ApiKey {api_token}"),
        Example::rest("Behind a 404")
            .field("token {access_token}")
            .status(404),
    ],
    silent: &[
        Example::rest("Bearer").field("Bearer {access_token}"),
        Example::rest("A Connect app").field("JWT {connect_jwt}"),
        Example::rest("An OAuth token is a JWT too").field("Bearer {jwt}"),
        Example::rest("No scheme at all").field("{access_token}"),
        Example::rest("A placeholder is the first thing to mend").field("token $TOKEN"),
        Example::rest("Another host")
            .call("GET https://git.acme.com/rest")
            .field("token {access_token}"),
    ],
    ..Rule::PLAIN
};

//! A bare token where Basic wants a pair.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "basic-without-user",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "Basic holds a token without a user name",
    summary: "The value after `Basic` is a token, or the base64 of one, with no user name and colon before it.",
    cases: &[Case::proven(&[NoUser, Refused])],
    advice: &[
        Advice::when(
            &[OnRest, AccessToken],
            "Send this token as Bearer TOKEN: Basic is for a user name and a secret with a colon between them.",
            "access token sent as Basic, needs Bearer",
        ),
        Advice::always(
            "Put the user name and a colon before the token, then encode both: send {form}.",
            "Basic holds a token without user name",
        ),
    ],
    page: Page {
        what_happened: "Basic was sent with a token alone. The server looks for a colon that parts user name and \
            secret, and there is none.",
        why_it_fails: "Basic always carries a pair (RFC 7617). Some other services take the base64 of a token alone, \
            and examples written for them are easily copied.",
        fix: "- REST: an API token goes with the email of the Atlassian account, `email:token` in base64; an access \
            token goes as `Bearer TOKEN` instead.\n\
            - git: an API token goes with `x-bitbucket-api-token-auth`, an access token with `x-token-auth`.\n\
            - curl: `--user EMAIL` without a colon asks for the token; a script keeps the line `user = \
            \"EMAIL:TOKEN\"` in a file for `--config`.\n\
            - Jenkins: a username and password credential, not a secret text.\n\
            - Python: `auth=(email, token)`, or `headers={'Authorization': f'Bearer {token}'}` for an access token.",
        how_to_tell: "Decode the value: a token that begins with ATATT, ATCTT or ATBB and holds no colon. With a colon \
            and nothing before it, see `empty-credentials`.",
        sources: &["E10", "A1"],
    },
    doc: Some(links::USING_API_TOKENS),
    fires: &[
        Example::rest("The base64 of the token alone").field("Basic {base64 api_token}"),
        Example::rest("The token itself").field("Basic {api_token}"),
        Example::rest("An access token").field("Basic {base64 access_token}"),
    ],
    silent: &[Example::rest("A pair").pair("me@acme.com:{api_token}")],
    ..Rule::PLAIN
};

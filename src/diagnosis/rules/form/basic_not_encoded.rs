//! `Basic user:secret` in clear.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "basic-not-encoded",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "The Basic pair is not base64-encoded",
    summary: "`user:secret` stands after `Basic` as plain text, where its base64 belongs.",
    cases: &[Case::proven(&[NotEncoded, Refused])],
    advice: &[
        Advice::when(
            &[OnRest, AccessToken],
            "Send this token as Bearer TOKEN, without a user name: Basic, in base64, is for a user name and a secret.",
            "access token sent as Basic, needs Bearer",
        ),
        Advice::always(
            "Encode the pair in base64, as the client's own user and password settings do: send {form}.",
            "Basic pair is not base64-encoded",
        ),
    ],
    page: Page {
        what_happened: "The field reads `Authorization: Basic user:secret`. The server decodes what stands after \
            `Basic` as base64, finds no pair in it and treats the request as not authenticated.",
        why_it_fails: "RFC 7617 wants the base64 of the user name, a colon and the secret. Clients send a field that \
            you wrote yourself exactly as you wrote it.",
        fix: "Let the client encode.\n\n\
            - curl: the line `user = \"EMAIL:TOKEN\"` in a file for `--config`, instead of a hand-written field.\n\
            - git: a credential helper instead of `http.extraHeader`.\n\
            - Jenkins: a username and password credential; in the HTTP Request step choose it under authentication.\n\
            - Python: `auth=(user, token)`.\n\
            - By hand: `printf '%s' \"$USER:$TOKEN\" | base64 -w0`.",
        how_to_tell: "A colon or an @ in the value is enough: neither occurs in base64. When the value has no colon \
            either, see `basic-without-user`; when it is base64 of something else, `malformed-basic`.",
        sources: &["E9"],
    },
    doc: Some(links::AUTHENTICATION),
    outranks: &[One("malformed-basic")],
    fires: &[
        Example::rest("An access token").field("Basic jane:{access_token}"),
        Example::rest("The pair as plain text").field("Basic me@acme.com:{api_token}"),
        Example::git("The same for git").field("Basic x-token-auth:{access_token}"),
    ],
    silent: &[
        Example::rest("An encoded pair").pair("me@acme.com:{api_token}"),
        Example::rest("It was accepted all the same")
            .field("Basic me@acme.com:{api_token}")
            .status(200),
    ],
    ..Rule::PLAIN
};

//! A fault of the request that is not about authentication.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "bad-request",
    family: Family::Other,
    verdict: Verdict::NotCredentials,
    strongest: Possible,
    title: "The request itself is at fault",
    summary: "The server could not use the request, and says nothing about authentication.",
    cases: &[
        // Without an answer of the origin's that was read, the 400 may be a proxy's own.
        Case::possible(&[Status400, WordsRead, NothingKnownSaid]).unless(&[
            OnTokenEndpoint,
            OnStore,
            SaysRedirectRefused,
        ]),
        Case::possible(&[DiffTooLarge]),
    ],
    advice: &[
        Advice::when(
            &[DiffTooLarge],
            "Ask for less, by path or by file: Bitbucket could not make this diff or merge in time. Keep the credential.",
            "diff or merge too large",
        ),
        Advice::always(
            "Look at path, query and body as the answer names them; it says nothing about the credential.",
            "bad request, perhaps no credential fault",
        ),
    ],
    page: Page {
        what_happened: "The server answered 400 without a word on authentication, or Bitbucket's own 555.",
        why_it_fails: "A field of the body, a parameter or the path is not what the call expects. Raw braces of a `{uuid}` in \
            a path were answered like this. 555 means that a diff or a merge was too large or took too long.",
        fix: "Read the answer: `error.fields` names what is wrong. Write `%7B` and `%7D` for the braces of a uuid.\n\n\
            - curl: `-g` for braces.\n\
            - Python: `json=` sets the type of the body, `data=` does not.\n\
            - Jenkins and git seldom see this.",
        how_to_tell: "A body may be checked before the scopes are, so a 400 does not prove that the credential would do. At \
            the token endpoint a 400 is about the consumer or the refresh token.",
        sources: &["B28", "B34", "B35"],
    },
    doc: None,
    fires: &[
        Example::rest("A field that may not be null")
            .call("POST https://api.bitbucket.org/2.0/repositories/acme/site/hooks")
            .pair("me@acme.com:{api_token}")
            .status(400)
            .body(r#"{"error":{"fields":{"url":["This field may not be null."]},"message":"Bad request"}}"#),
        Example::rest("A diff that is too large")
            .pair("me@acme.com:{api_token}")
            .status(555),
    ],
    silent: &[
        Example::rest("The answer is about authentication")
            .pair("me@acme.com:{api_token}")
            .status(400)
            .body(r#"{"error":{"message":"Token is invalid, expired, or not supported for this endpoint."}}"#),
        Example::token_endpoint("There a 400 is about the consumer").pair("key:secret"),
    ],
    ..Rule::PLAIN
};

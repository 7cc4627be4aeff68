//! More than one `Authorization` in a request.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "repeated-authorization",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "Authorization was sent more than once",
    summary: "The request has two or more Authorization values; which of them the server reads is anybody's guess.",
    cases: &[
        Case::likely(&[RepeatedAuthorization, Refused]),
        Case::possible(&[RepeatedAuthorization, Status400, NothingKnownSaid]).unless(&[Recognised]),
    ],
    advice: &[Advice::always(
        "Send one Authorization field only: a header setting, a session or a proxy adds the other. Send {form}.",
        "Authorization was sent more than once",
    )],
    page: Page {
        what_happened: "The field came twice, or two values were joined by a comma into one.",
        why_it_fails: "Authorization is no list: it may be there once. Servers take the first, the last, join them or \
            refuse the request.",
        fix: "Find the second sender.\n\n\
            - curl: two `-H` options, or one in `.curlrc`.\n\
            - git: `http.extraHeader` beside a credential helper, or set both globally and by the CI's checkout step; \
            `git config --show-origin --get-all http.extraHeader` tells where.\n\
            - Jenkins: a header in the HTTP Request step beside its authentication setting, or a reverse proxy that \
            adds its own.\n\
            - Python: `session.headers` beside `auth=`; urllib3's `headers` on pool and request.",
        how_to_tell: "What the values hold is not judged when they differ, since nothing tells which one was read. A \
            token in the query beside a field is `conflicting-credentials`; a scheme written twice is \
            `duplicate-scheme`.",
        sources: &["R1"],
    },
    doc: None,
    fires: &[
        Example::rest("Two different ones")
            .pair("me@acme.com:{api_token}")
            .fields(&[("authorization", "Bearer {access_token}")]),
        Example::rest("The same twice; the user name is wrong as well")
            .field("Bearer {api_token}")
            .fields(&[("authorization", "Bearer {api_token}")])
            .after(&[]),
        Example::rest("Servers that refuse the head")
            .pair("me@acme.com:{api_token}")
            .fields(&[("authorization", "Bearer {access_token}")])
            .status(400),
        Example::rest("Joined by a comma").field("Bearer {access_token}, Bearer {jwt}"),
    ],
    silent: &[
        Example::rest("One").pair("me@acme.com:{api_token}"),
        Example::rest("Commas within one").field("Digest username=\"jane\", response=\"x\""),
    ],
    ..Rule::PLAIN
};

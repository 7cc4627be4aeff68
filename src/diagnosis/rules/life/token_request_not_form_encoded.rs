//! A token request in a form that the endpoint does not read.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "token-request-not-form-encoded",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "The token request is no form",
    summary: "The token endpoint reads application/x-www-form-urlencoded only; JSON and queries are not read.",
    cases: &[
        Case::proven(&[OnTokenEndpoint, NotFormEncoded, SaysGrantMissing]),
        Case::likely(&[OnTokenEndpoint, NotFormEncoded, Status400]).unless(&[
            SaysClientPublic,
            SaysCallbackMissing,
            SaysRefreshInvalid,
            SaysGrantUnsupported,
        ]),
        Case::likely(&[OnTokenEndpoint, SaysGrantMissing]),
    ],
    advice: &[Advice::always(
        "Send grant_type in an application/x-www-form-urlencoded body, not as JSON or in the query, with {form}.",
        "the token request is no form",
    )],
    page: Page {
        what_happened: "The request to the token endpoint carries its parameters as JSON, as multipart or in the query.",
        why_it_fails: "RFC 6749 wants them in an `application/x-www-form-urlencoded` body. The endpoint reads nothing else \
            and finds no grant type: `Unsupported grant type: None`. The grant type itself is not at fault.",
        fix: "- curl: `--data-urlencode grant_type=client_credentials`, not `--json`, not behind a question mark.\n\
            - Python: `requests.post(url, data={...})`, not `json=` or `params=`.\n\
            - JavaScript: a `URLSearchParams` body.\n\n\
            Jenkins and git do it right by themselves.",
        how_to_tell: "The words say `None`. If they name a grant type, it is one that is not offered: \
            `oauth-consumer-misconfigured`.",
        sources: &["B27", "I8"],
    },
    doc: Some(links::AUTHENTICATION),
    outranks: &[One("oauth-consumer-misconfigured")],
    fires: &[
        Example::token_endpoint("JSON")
            .pair("key:secret")
            .fields(&[("content-type", "application/json")])
            .body(NONE),
        Example::token_endpoint("In the query, and a bare 400")
            .call(
                "POST https://bitbucket.org/site/oauth2/access_token?grant_type=client_credentials",
            )
            .pair("key:secret"),
        Example::token_endpoint("Declared as a form, and yet without a grant type")
            .pair("key:secret")
            .form("grant-type=client_credentials")
            .body(NONE),
    ],
    silent: &[
        Example::token_endpoint("A form")
            .pair("key:secret")
            .form("grant_type=client_credentials")
            .body(r#"{"error_description":"Invalid OAuth client credentials"}"#),
        Example::token_endpoint("Accepted as it was")
            .pair("key:secret")
            .fields(&[("content-type", "application/json")])
            .status(200),
    ],
    ..Rule::PLAIN
};

const NONE: &str =
    r#"{"error_description":"Unsupported grant type: None","error":"unsupported_grant_type"}"#;

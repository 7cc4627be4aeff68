//! A token that may write and not read.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "write-scope-without-read",
    family: Family::Access,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "The token may write, but not read",
    summary: "Scopes of API tokens imply nothing: the one that is granted does not include the read that this call needs.",
    cases: &[
        Case::proven(&[Status403, SaysScopesLacking, WriteWithoutRead]),
        Case::likely(&[Status401, SaysScopesLacking, WriteWithoutRead]),
        Case::likely(&[Status403, Recognised, ScopesFallShort, WriteWithoutRead]),
    ],
    advice: &[Advice::always(
        "Create a new API token that also has {missing}: write does not include read. The present one cannot be changed.",
        "write without read: lacks {missing}",
    )],
    page: Page {
        what_happened: "The token was recognised; it has a `write:` scope, and the call needs the `read:` scope beside it.",
        why_it_fails: "The classic `repository:write` includes `repository`. Scopes of API tokens imply nothing: \
            `write:repository:bitbucket` does not include `read:repository:bitbucket`.",
        fix: "Create a new API token with the old scopes and the `read:` beside the `write:`, since the scopes of an \
            existing one cannot be changed; then replace the old one everywhere and revoke it.\n\n\
            - git: `read:repository:bitbucket`, and `write:repository:bitbucket` to push.\n\
            - curl, Jenkins and Python: only the token changes, not how it is sent.",
        how_to_tell: "The list `granted` of the answer holds the `write:`, the list `required` the `read:`. Where no write \
            is granted either, it is `scope-missing`.",
        sources: &["0.9", "B18", "D4", "E32"],
    },
    doc: Some(links::API_TOKEN_PERMISSIONS),
    outranks: &[One("scope-missing")],
    gate: &[SaysScopesLacking],
    beside: &["scope-missing"],
    fires: &[
        Example::rest("By the server's lists")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(r#"{"type":"error","error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"granted":["write:repository:bitbucket"],"required":["read:repository:bitbucket"]}}}"#),
        Example::rest("By the server's lists, with a 401")
            .pair("me@acme.com:{api_token}")
            .body(r#"{"type":"error","error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"granted":["write:repository:bitbucket"],"required":["read:repository:bitbucket"]}}}"#),
        Example::rest("By the header")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme/site/pullrequests")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .answer(&[
                ("x-credential-type", "api_token"),
                ("x-oauth-scopes", "write:pullrequest:bitbucket"),
            ]),
    ],
    silent: &[
        Example::rest("Nothing may be written either")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(r#"{"error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"granted":["read:user:bitbucket"],"required":["read:repository:bitbucket"]}}}"#),
        Example::rest("Write for something else")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(r#"{"error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"granted":["write:webhook:bitbucket"],"required":["read:repository:bitbucket"]}}}"#),
    ],
    ..Rule::PLAIN
};

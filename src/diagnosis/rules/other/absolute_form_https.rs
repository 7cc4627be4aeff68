//! An https request that crossed to the proxy in clear.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "absolute-form-https",
    family: Family::Other,
    verdict: Verdict::Note,
    strongest: Proven,
    title: "The client sent https in clear to the proxy",
    summary: "The client asked the proxy for an https address without a tunnel, so everything crossed readable up to it.",
    cases: &[Case::proven(&[InClearToProxy])],
    advice: &[Advice::always(
        "Update the HTTP library (axios 1.7, for one) or give it an agent that sends CONNECT: https came in clear to the proxy.",
        "https was sent in clear to the proxy",
    )],
    page: Page {
        what_happened: "The client sent `GET https://...` to the proxy instead of `CONNECT`.",
        why_it_fails: "An https request through a proxy begins with CONNECT, and TLS goes through the tunnel. Some versions of \
            axios, and programs written by hand, write the whole address on the plain connection: credentials and body are \
            readable between client and proxy. From the proxy on it was encrypted.",
        fix: "JavaScript: update axios, or set `proxy: false` with an `https-proxy-agent`. curl, git, Jenkins and Python \
            (requests) use CONNECT by themselves. If the way to the proxy leaves the machine, make a new token.",
        how_to_tell: "It shows in the first line of the request alone, whatever became of it.",
        sources: &["R8", "T5"],
    },
    doc: None,
    // It is true of every call of such a client, and stands behind whatever was refused.
    alternative: true,
    fires: &[
        Example::rest("It worked, and anybody on the way could read it")
            .field("Bearer {access_token}")
            .status(200)
            .in_clear(),
        Example::rest("What was refused comes first: a client of this kind does it on every call")
            .pair("jdoe:{api_token}")
            .in_clear()
            .after(&["api-token-with-username"]),
        Example::rest("Even where that is only possible")
            .pair("me@acme.com:{api_token}")
            .in_clear()
            .after(&[
                "api-token-without-scopes",
                "token-expired",
                "email-of-another-account",
                "wrong-product-token",
            ]),
    ],
    silent: &[Example::rest("Through a tunnel")
        .field("Bearer {access_token}")
        .status(200)],
    ..Rule::PLAIN
};

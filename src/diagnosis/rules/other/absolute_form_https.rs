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
        "Update the HTTP library (axios to 1.16.1 or later) or give it an agent that sends CONNECT: https came in clear to the proxy.",
        "https was sent in clear to the proxy",
    )],
    page: Page {
        what_happened: "The client sent `GET https://...` to the proxy instead of `CONNECT`.",
        why_it_fails: "An https request through a proxy begins with CONNECT, and TLS goes through the tunnel. Some versions of \
            axios, and programs written by hand, write the whole address on the plain connection: credentials and body are \
            readable between client and proxy. From the proxy on it was encrypted.",
        fix: "- axios: 1.16.1 and later send CONNECT, by their release notes; 1.21.1 was seen to, 1.7.9 was seen not \
            to. An older one needs `proxy: false` and the agent of `https-proxy-agent`, as below.\n\
            - Python: requests uses CONNECT by itself; `http.client` wants `HTTPSConnection(proxy_host, proxy_port)`, \
            then `set_tunnel('api.bitbucket.org')`.\n\
            - curl, git and Jenkins use CONNECT by themselves.\n\n\
            Who reads the way to the proxy, or the proxy's log, may now hold the secret: unless all of that is one \
            machine, make a new one, replace it everywhere and revoke the old one.\n\n\
            For an older axios:\n\n    const { HttpsProxyAgent } = require('https-proxy-agent')\n    axios.create({ \
            proxy: false, httpsAgent: new HttpsProxyAgent(process.env.HTTPS_PROXY) })",
        how_to_tell: "It shows in the first line of the request alone, whatever became of it. It makes nothing fail: \
            the answer may well be a 200, and then only this program's log tells.",
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

//! A proxy address that begins with the wrong scheme.

use crate::diagnosis::rule::prelude::*;
use crate::observation::Ending;

pub const RULE: Rule = Rule {
    slug: "https-scheme-for-plain-proxy",
    family: Family::Other,
    verdict: Verdict::NotCredentials,
    strongest: Proven,
    title: "HTTPS_PROXY has to begin with http://",
    summary: "The client began with TLS on the proxy's plain port: the scheme in HTTPS_PROXY is how to talk to the proxy.",
    cases: &[Case::proven(&[TlsOnPlainPort])],
    advice: &[Advice::always(
        "Write http:// in HTTPS_PROXY: its scheme says how to talk to the proxy; https requests go through it all the same.",
        "HTTPS_PROXY begins with https://",
    )],
    page: Page {
        what_happened: "A client began a TLS handshake with the proxy itself, on the port that speaks plain HTTP.",
        why_it_fails: "The name `HTTPS_PROXY` says for which requests the proxy is meant. The scheme of its value says how to \
            talk to the proxy, and this one is spoken to in plain HTTP; TLS goes through the tunnel inside.",
        fix: "- Variables: `HTTPS_PROXY=http://127.0.0.1:8401`.\n\
            - curl: the same address for `--proxy`.\n\
            - git: the same for `http.proxy`.\n\
            - Python: the same in the proxies of requests.\n\
            - Jenkins: the same in its proxy settings.",
        how_to_tell: "The first byte is that of a TLS record. Nothing of the request was sent, so there is no credential to \
            judge.",
        sources: &["T6"],
    },
    doc: None,
    fires: &[Example::handshake(
        "A handshake on the plain port",
        Ending::OnPlainPort,
    )],
    silent: &[
        Example::handshake("Inside a tunnel", Ending::UnknownCa),
        Example::rest("A request came").pair("me@acme.com:{api_token}"),
    ],
    ..Rule::PLAIN
};

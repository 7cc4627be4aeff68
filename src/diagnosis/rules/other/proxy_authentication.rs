//! A proxy on the way that wants credentials of its own.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "proxy-authentication",
    family: Family::Other,
    verdict: Verdict::NotCredentials,
    strongest: Proven,
    title: "A proxy on the way asks for its own credentials",
    summary: "The 407 is of a proxy between the client and Bitbucket, which never saw the request.",
    cases: &[Case::proven(&[Status407])],
    advice: &[Advice::always(
        "Give the parent proxy its own user and password, where its address is set; Bitbucket's credentials are not meant.",
        "a proxy on the way asks for credentials",
    )],
    page: Page {
        what_happened: "A proxy between here and the origin answered 407.",
        why_it_fails: "407 is the 401 of proxies: `Proxy-Authenticate` asks, `Proxy-Authorization` answers. The credentials \
            for Bitbucket travel inside the tunnel that was not opened, so they are neither seen nor judged.",
        fix: "Put the proxy's credentials where its address is.\n\n\
            - curl: a config file with the proxy-user option.\n\
            - git: `http.proxy` with a credential helper.\n\
            - Jenkins: *System, HTTP Proxy Configuration*.\n\
            - Python: the proxy variables.\n\
            - Java sends none to a proxy before `-Djdk.http.auth.tunneling.disabledSchemes=` is set empty.",
        how_to_tell: "Bitbucket never answers 407. A 401 inside the tunnel is Bitbucket's.",
        sources: &["R7"],
    },
    doc: None,
    gate: &[Status407],
    fires: &[
        Example::connect("A tunnel that was not opened"),
        Example::rest("A plain request through the proxy")
            .call("GET http://git.acme.com/rest")
            .pair("jane:correct horse")
            .status(407),
    ],
    silent: &[
        Example::connect("Refused for another reason").status(403),
        Example::rest("Bitbucket's own").pair("jane:correct horse"),
    ],
    ..Rule::PLAIN
};

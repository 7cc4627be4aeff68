//! A `Connection` field that asks the next hop to drop the credentials.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "authorization-nominated",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "Connection asks the next hop to drop Authorization",
    summary: "The request names `Authorization` in `Connection`, so whoever forwards it must drop the credentials.",
    cases: &[Case::proven(&[AuthorizationNominated, Refused])],
    advice: &[Advice::always(
        "Take authorization out of the Connection field, which asks the next hop to drop it, and send {form}.",
        "Connection asks to drop Authorization",
    )],
    page: Page {
        what_happened: "The request holds `Connection: authorization`, alone or beside `keep-alive` or `close`. This \
            proxy forwards the credentials all the same; other proxies and load balancers may drop them.",
        why_it_fails: "`Connection` lists the fields that are meant for the next hop only. A client that lists \
            Authorization there says that nobody behind the first proxy shall see its credentials.",
        fix: "Find what writes the field and remove the name.\n\n\
            - curl: look for a copied `-H 'Connection: ...'`; by itself it writes none.\n\
            - git: look for `http.extraHeader`.\n\
            - Python: look for `session.headers`.\n\
            - Jenkins and other servers: look at the reverse proxy before them, which may turn a list of fields to \
            pass into this one.",
        how_to_tell: "The Connection field is proof. With it gone, what remains is judged as usual; if the field was \
            dropped before it came here, the request looks like `no-credentials`.",
        sources: &["R2"],
    },
    doc: None,
    fires: &[
        Example::rest("Beside keep-alive")
            .pair("me@acme.com:{api_token}")
            .fields(&[("connection", "keep-alive, Authorization")]),
        Example::rest("The field was dropped on the way")
            .fields(&[("connection", "authorization")]),
    ],
    silent: &[
        Example::rest("What Connection is for")
            .pair("me@acme.com:{api_token}")
            .fields(&[("connection", "keep-alive, te")]),
        Example::rest("Nothing was refused")
            .pair("me@acme.com:{api_token}")
            .fields(&[("connection", "authorization")])
            .status(200),
    ],
    ..Rule::PLAIN
};

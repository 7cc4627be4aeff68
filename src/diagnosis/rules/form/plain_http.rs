//! Credentials over a connection that everybody on the way can read.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "plain-http",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "The credentials travel over http, without TLS",
    summary: "The request went to `http://`, so its credentials crossed the network readable.",
    // Whatever the answer: the secret is out.
    cases: &[Case::proven(&[PlainHttp])],
    advice: &[Advice::always(
        "Use https:// for this host, then revoke this secret and make a new one: it crossed the network readable.",
        "credentials sent over http, without TLS",
    )],
    page: Page {
        what_happened: "The address begins with `http://`, and the request carries credentials.",
        why_it_fails: "Bitbucket answers on https only and redirects at best; after the redirect many clients drop the \
            credentials or change the method. Worse, everybody on the way could read the secret.",
        fix: "Change the address, then revoke the secret and make a new one.\n\n\
            - curl: in the command.\n\
            - git: `git remote set-url origin https://...`, or for many at once as below.\n\
            - Jenkins: in the server or remote setting.\n\
            - Python: in the base address of the client.\n\n\
            For all remotes of git at once:\n\n    git config --global url.https://bitbucket.org/.insteadOf \
            http://bitbucket.org/",
        how_to_tell: "The scheme of the address decides, whatever the answer is. Credentials to the proxy itself are \
            another matter.",
        sources: &["R3", "E28"],
    },
    doc: None,
    fires: &[
        Example::rest("A wrong address")
            .call("GET http://api.bitbucket.org/2.0/user")
            .pair("me@acme.com:{api_token}"),
        Example::rest("The origin redirects")
            .call("GET http://api.bitbucket.org/2.0/user")
            .field("Bearer {access_token}")
            .status(301),
    ],
    silent: &[
        Example::rest("With TLS").pair("me@acme.com:{api_token}"),
        Example::rest("Nothing secret was sent").call("GET http://api.bitbucket.org/2.0/user"),
    ],
    ..Rule::PLAIN
};

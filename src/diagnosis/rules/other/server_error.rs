//! The origin failed on its own side.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "server-error",
    family: Family::Other,
    verdict: Verdict::NotCredentials,
    strongest: Proven,
    title: "The origin failed",
    summary: "The server could not answer; the credential is not at fault.",
    cases: &[Case::proven(&[ServerFault])],
    advice: &[Advice::always(
        "Try again later, with growing pauses: the origin failed on its own side. The credential is not at fault.",
        "the origin failed, not a credential fault",
    )],
    page: Page {
        what_happened: "The server answered with a status of 500 or above.",
        why_it_fails: "Something broke between the server and what it needs. Nothing that the client sent is judged by \
            such an answer.",
        fix: "Try again with growing pauses, and look at the vendor's status page when it lasts.",
        how_to_tell: "Bitbucket's own 555 is different: a diff or merge was too large.",
        sources: &["B34"],
    },
    doc: None,
    gate: &[ServerFault],
    fires: &[
        Example::rest("A gateway error")
            .pair("me@acme.com:{api_token}")
            .status(502),
        Example::git("Whatever the credential looks like")
            .pair("jane:{cut api_token}")
            .status(500),
    ],
    silent: &[
        Example::rest("A diff that is too large")
            .pair("me@acme.com:{api_token}")
            .status(555),
        Example::rest("Refused").pair("me@acme.com:{api_token}"),
    ],
    ..Rule::PLAIN
};

//! An answer that hides that nobody was logged in.

use crate::diagnosis::rule::prelude::*;
use crate::history::Past;

const AUTHENTICATES: Past = Past {
    client_authenticates: true,
    ..Past::NONE
};

pub const RULE: Rule = Rule {
    slug: "anonymous-ok",
    family: Family::Other,
    verdict: Verdict::Note,
    strongest: Likely,
    title: "Answered as for anybody, and empty",
    summary: "The request carried no credentials, so the listing holds what is public: here nothing.",
    cases: &[
        Case::likely(&[
            Succeeded,
            NoAuthorization,
            EmptyListing,
            ClientAuthenticates,
        ]),
        Case::possible(&[Succeeded, NoAuthorization, EmptyListing]),
    ],
    advice: &[Advice::always(
        "Send credentials with this call, too, without waiting for a 401: without them a listing shows public things only.",
        "no credentials were sent, listing is empty",
    )],
    page: Page {
        what_happened: "A listing was asked for without credentials, answered 200, and was empty.",
        why_it_fails: "Listings need no login: without one they hold what is public. No 401 ever asks, so clients that wait \
            for it never send what they have, and programs report that there is nothing.",
        fix: "Make the client send its credentials at once.\n\n\
            - Java, Jenkins and Gradle: preemptive authentication.\n\
            - wget: `--auth-no-challenge` with a config file.\n\
            - curl and Python: they send what they are given, so give it for this host.\n\n\
            git is not concerned.",
        how_to_tell: "It is sure when the same client logs in on other calls, and a guess when nothing else is known. An \
            empty listing may simply be empty.",
        sources: &["B16", "F1"],
    },
    doc: None,
    outranks: &[One("waits-for-challenge")],
    fires: &[
        Example::rest("A client that logs in elsewhere")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme")
            .status(200)
            .body(EMPTY)
            .past(AUTHENTICATES),
        Example::rest("A client that is not known")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme")
            .status(200)
            .body(EMPTY),
    ],
    silent: &[
        Example::rest("Something is there")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme")
            .status(200)
            .body(r#"{"values":[{"is_private":false}]}"#),
        Example::rest("With credentials")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme")
            .pair("me@acme.com:{api_token}")
            .status(200)
            .answer(&[("x-credential-type", "api_token")])
            .body(EMPTY),
    ],
    ..Rule::PLAIN
};

const EMPTY: &str = r#"{"pagelen":50,"values":[],"page":1,"size":0}"#;

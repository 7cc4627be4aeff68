//! Credentials that the server took no notice of.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "ignored-credentials",
    family: Family::Other,
    verdict: Verdict::Note,
    strongest: Possible,
    title: "Answered as if no credentials had been sent",
    summary: "Credentials were sent, the answer does not name them, and the listing holds public things or nothing.",
    cases: &[Case::possible(&[OnRest, Succeeded])
        .any(&[EmptyListing, PublicListing])
        .unless(&[NoAuthorization, Recognised])],
    advice: &[Advice::always(
        "Send {form}: the answer does not say that a credential was recognised, and the listing is empty or public.",
        "credentials sent, perhaps not recognised",
    )],
    page: Page {
        what_happened: "A request with credentials was answered 200, without `x-credential-type`, and the listing is empty \
            or holds public things only.",
        why_it_fails: "What the server does not understand it may treat as no credentials at all: an unknown scheme, a \
            Connect JWT sent as Bearer. The answer is then the one for everybody.",
        fix: "Send the form that is named; a Connect app sends `Authorization: JWT`. Then look for `x-credential-type` \
            in the answer.\n\n\
            - curl: `-i` shows it.\n\
            - Python: `response.headers`.\n\
            - Jenkins: its log of HTTP.\n\n\
            git is not concerned.",
        how_to_tell: "Answers to a credential that was recognised carry `x-credential-type`. A record that dropped fields \
            hides that, and an account may see nothing more: so this is only possible.",
        sources: &["A16", "B1", "B17"],
    },
    doc: None,
    fires: &[
        Example::rest("An empty listing")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme")
            .field("Bearer {jwt}")
            .status(200)
            .body(r#"{"values":[],"size":0}"#),
        Example::rest("Public things only")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme")
            .field("Bearer {jwt}")
            .status(200)
            .body(r#"{"values":[{"is_private":false,"slug":"site"}]}"#),
    ],
    silent: &[
        Example::rest("Recognised")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme")
            .field("Bearer {access_token}")
            .status(200)
            .answer(&[("x-credential-type", "workspace_access_token")])
            .body(r#"{"values":[]}"#),
        Example::rest("Private things as well")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme")
            .field("Bearer {jwt}")
            .status(200)
            .body(r#"{"values":[{"is_private":true}]}"#),
        Example::rest("The body was not read")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme")
            .field("Bearer {jwt}")
            .status(200),
    ],
    ..Rule::PLAIN
};

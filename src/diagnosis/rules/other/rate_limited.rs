//! Too many requests.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "rate-limited",
    family: Family::Other,
    verdict: Verdict::NotCredentials,
    strongest: Proven,
    title: "Too many requests",
    summary: "The server limits how often one may ask; the credential is not at fault.",
    cases: &[Case::proven(&[Status429])],
    advice: &[
        Advice::when(
            &[NoAuthorization, OnRest],
            "Send credentials: calls without them share 60 an hour per address, here the proxy's. Then wait out the hour.",
            "rate limit reached, and no credentials sent",
        ),
        Advice::always(
            "Wait as Retry-After says, else until the hour is over, and ask less often. The credential is not at fault.",
            "rate limit reached, not a credential fault",
        ),
    ],
    page: Page {
        what_happened: "The server answered 429: too many requests within the hour.",
        why_it_fails: "Bitbucket counts requests per hour: 60 per address without credentials, 1,000 and more per user \
            with them, and separately for git, raw files and archives. Behind a proxy everybody shares its address.",
        fix: "Wait, cache, ask for larger pages, and send credentials with every request.",
        how_to_tell: "A 429 after only a few calls means that the credentials do not arrive: look for `no-credentials`.",
        sources: &["B26"],
    },
    doc: Some(links::REQUEST_LIMITS),
    gate: &[Status429],
    beside: &["no-credentials"],
    fires: &[
        Example::rest("With credentials")
            .pair("me@acme.com:{api_token}")
            .status(429),
        Example::rest("Without").status(429),
        Example::rest("Whatever the credential looks like")
            .pair("jane:{cut api_token}")
            .status(429),
    ],
    silent: &[Example::rest("Refused for another reason").pair("jane:{api_token}")],
    ..Rule::PLAIN
};

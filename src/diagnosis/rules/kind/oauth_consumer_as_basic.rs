//! Key and secret of an OAuth consumer where a token belongs.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "oauth-consumer-as-basic",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "Key and secret of an OAuth consumer are no login",
    summary: "Key and secret of an OAuth consumer were sent to the REST API, which takes only the token they buy.",
    cases: &[
        Case::likely(&[OnRest, ConsumerInQuery, NoAuthorization, Plain401]),
        Case::possible(&[OnRest, ConsumerInQuery, NoAuthorization])
            .any(&[Plain403, Plain404]),
        Case::possible(&[OnRest, Basic, ConsumerPair, Plain401]).unless(&[AcceptedHere]),
    ],
    advice: &[Advice::always(
        "Exchange key and secret for a token at https://bitbucket.org/site/oauth2/access_token, then send Bearer TOKEN.",
        "consumer key and secret only buy a token",
    )],
    page: Page {
        what_happened: "Key and secret of an OAuth consumer came with a call of the REST API, as a Basic pair or as \
            `client_id` and `client_secret` in the query.",
        why_it_fails: "A consumer is a program, not an account. Its key and secret are taken at one place, the token \
            endpoint, which gives an access token for them. The REST API does not read such parameters at all.",
        fix: "POST `grant_type=client_credentials` as a form to `https://bitbucket.org/site/oauth2/access_token`, with \
            Basic of key and secret. The consumer has to be private. Then use the token that comes out:\n\n\
            - curl: `Bearer TOKEN`.\n\
            - git: user name `x-token-auth`, the token as password.\n\
            - Jenkins and Python libraries do all of this when told that the credential is an OAuth consumer.",
        how_to_tell: "The names in the query show it. As a pair only the shape speaks for it, 18 and 32 letters and digits \
            (or both longer), so it is possible. A user name with a password is `account-password`.",
        sources: &["A12", "A14", "E22", "I2"],
    },
    doc: Some(links::AUTHENTICATION),
    outranks: &[One("account-password"), One("no-credentials")],
    fires: &[
        Example::rest("As a pair")
            .pair("aB3dE6gH9jK2mN5pQ8:aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF"),
        Example::rest("In the query").call(
            "GET https://api.bitbucket.org/2.0/repositories/acme?client_id=aB3&client_secret=dE6",
        ),
        Example::rest("In the query, behind a 404").call(
            "GET https://api.bitbucket.org/2.0/repositories/acme/site?client_id=aB3&client_secret=dE6",
        ).status(404),
    ],
    silent: &[
        Example::rest("Where they belong")
            .call("POST https://bitbucket.org/site/oauth2/access_token")
            .pair("aB3dE6gH9jK2mN5pQ8:aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF"),
        Example::rest("Beside a token nobody needs them")
            .call("GET https://api.bitbucket.org/2.0/user?client_id=aB3&client_secret=dE6")
            .field("Bearer {access_token}"),
        Example::rest("A password").pair("jane:correct horse"),
    ],
    ..Rule::PLAIN
};

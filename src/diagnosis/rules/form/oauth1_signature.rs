//! A request signed by OAuth 1.

use crate::diagnosis::rule::prelude::*;

const ON: &[crate::evidence::Signal] = &[OnRest, OnGit, OnWebsite];

pub const RULE: Rule = Rule {
    slug: "oauth1-signature",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "The request is signed by OAuth 1",
    summary: "The request carries an OAuth 1.0a signature, which Bitbucket no longer documents and reportedly refuses.",
    cases: &[
        Case::likely(&[SignedByOAuth1, OAuth1Gone, Refused]).any(ON),
        Case::possible(&[SignedByOAuth1, Refused]).any(ON),
    ],
    advice: &[
        Advice::when(
            &[OnGit],
            "Get an OAuth 2 token with the same consumer and send x-token-auth:TOKEN; OAuth 1 signatures are no longer taken.",
            "OAuth 1 signatures are no longer taken",
        ),
        Advice::always(
            "Get an OAuth 2 token with the same consumer and send it as Bearer TOKEN; OAuth 1 signatures are no longer taken.",
            "OAuth 1 signatures are no longer taken",
        ),
    ],
    page: Page {
        what_happened: "`oauth_consumer_key` and `oauth_signature` came in the query, in a form body or under the scheme \
            OAuth: the request is signed in the way of OAuth 1.0a.",
        why_it_fails: "Bitbucket's consumers belong to OAuth 2 now, and no page describes signed requests any more. Since \
            the end of February 2026 they are reported as refused.",
        fix: "The consumer stays valid: exchange its key and secret for an access token at \
            `bitbucket.org/site/oauth2/access_token` (`grant_type=client_credentials` or the code grant) and send that \
            as Bearer.\n\n\
            - Python: replace `OAuth1Session` by `OAuth2Session`, or by an API token with `auth=`.\n\
            - Jenkins: update the OAuth plugin, whose old versions sign with Scribe.\n\
            - curl: no signed addresses, a Bearer field instead.\n\
            - git: user name `x-token-auth`.",
        how_to_tell: "The two parameters are unmistakable. Before that date a refusal may also come from a wrong \
            signature or consumer, so there it is only possible.",
        sources: &["A15", "I1"],
    },
    doc: Some(links::AUTHENTICATION),
    outranks: &[One("no-credentials")],
    fires: &[
        Example::rest("In the query")
            .call("GET https://api.bitbucket.org/2.0/user?oauth_consumer_key=k&oauth_signature=s"),
        Example::rest("Under the scheme OAuth")
            .field("OAuth oauth_consumer_key=\"k\", oauth_signature=\"s\""),
        Example::rest("In a form body")
            .call("POST https://api.bitbucket.org/2.0/repositories/acme/site/issues")
            .form("oauth_consumer_key=k&oauth_signature=s&title=x"),
        Example::git("For git").field("OAuth oauth_consumer_key=\"k\", oauth_signature=\"s\""),
        Example::rest("When it may still have worked")
            .call("GET https://api.bitbucket.org/2.0/user?oauth_consumer_key=k&oauth_signature=s")
            .on(utc_datetime!(2025-06-01 9:00)),
    ],
    silent: &[
        Example::rest("A signature without a consumer")
            .call("GET https://api.bitbucket.org/2.0/user?oauth_signature=s"),
        Example::rest("An OAuth 2 token").field("Bearer {jwt}"),
        Example::rest("Another host")
            .call("GET https://git.acme.com/rest?oauth_consumer_key=k&oauth_signature=s"),
    ],
    ..Rule::PLAIN
};

//! Credentials that travel in several ways at once.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "conflicting-credentials",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "Credentials came in two ways at once",
    summary: "The request carries an Authorization field and a token among its parameters, or several kinds of these.",
    cases: &[Case::likely(&[SeveralCredentials, Refused])],
    advice: &[Advice::always(
        "Send one credential only, in the Authorization field: {form}. Take the other out of the query or body.",
        "credentials came in two ways at once",
    )],
    page: Page {
        what_happened: "Two credentials came with one request: a field and a token in the query or the form body, or two \
            different kinds of parameters.",
        why_it_fails: "A client may use one way to send a token. Which of two a server reads is its own affair: it may \
            refuse the request for the one that you forgot about.",
        fix: "Keep the Authorization field.\n\n\
            - curl: remove `?access_token=` from the address; of its user option and a hand-written field only the \
            latter is sent.\n\
            - Python: take `params={'access_token': ...}` out, and look for a session that adds `auth`.\n\
            - Jenkins and other integrations: an old OAuth plugin may add the parameter while the credential binding \
            adds the field; update it.\n\
            - git has no parameters: look for a token in the remote's address.",
        how_to_tell: "Remove the parameter: if the call works, it was that. If it is still refused, what is left in the \
            field is judged by itself. A token in the query alone is `oauth-token-in-query`; two fields are \
            `repeated-authorization`.",
        sources: &["E39", "R4"],
    },
    doc: Some(links::AUTHENTICATION),
    outranks: &[One("oauth-token-in-query")],
    fires: &[
        Example::rest("A field and a token in the query")
            .call("GET https://api.bitbucket.org/2.0/user?access_token=abcdef")
            .field("Bearer {access_token}"),
        Example::rest("Two kinds in the query")
            .call("GET https://api.bitbucket.org/2.0/user?access_token=abcdef&oauth_consumer_key=k&oauth_signature=s"),
        Example::rest("Query and body")
            .call("POST https://api.bitbucket.org/2.0/repositories/acme/site/issues?access_token=abcdef")
            .form("access_token=abcdef&title=x"),
    ],
    silent: &[
        Example::rest("A field alone").field("Bearer {access_token}"),
        Example::rest("OAuth 1 signs with several parameters").call(
            "GET https://api.bitbucket.org/2.0/user?oauth_consumer_key=k&oauth_token=t&oauth_signature=s",
        ),
        Example::rest("It was accepted")
            .call("GET https://api.bitbucket.org/2.0/user?access_token=abcdef")
            .field("Bearer {access_token}")
            .status(200),
    ],
    ..Rule::PLAIN
};

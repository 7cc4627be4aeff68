//! The fallback: a well-formed pair that was refused.

use crate::diagnosis::rule::prelude::*;

/// A lone refusal of what worked before blames nobody; the other words have findings of their own.
const GIVES_WAY: &[crate::evidence::Signal] = &[
    AcceptedBefore,
    SaysExpired,
    ChecksumFails,
    OnTokenEndpoint,
    PipelinesToken,
    SchemeCaseDoubtful,
];

/// What explains the refusal of a parameter without its token: on those days the way itself is the suspect.
const NO_TOKEN: &[crate::evidence::Signal] = &[
    QueryTokensDoubtful,
    QueryTokensFading,
    QueryTokensRefused,
    Placeholder,
    PlaceholderWord,
    Masked,
    MaskWord,
    SeveralCredentials,
    SaysExpired,
    ChecksumFails,
    AcceptedBefore,
    JwtExpired,
    PipelinesToken,
];

pub const RULE: Rule = Rule {
    slug: "wrong-secret",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Possible,
    title: "The pair is well formed and refused",
    summary: "Nothing about the form is wrong; the user name or the secret is not, or no longer, the right one.",
    cases: &[
        Case::possible(&[Basic, WellFormed, Plain401])
            .any(&[OldAppPassword, PasswordShaped, OtherSecret])
            .unless(GIVES_WAY),
        Case::possible(&[Basic, WellFormed, Plain401, AppPassword])
            .any(&[AppPasswordsWork, InBrownouts])
            .unless(GIVES_WAY),
        Case::possible(&[Bearer, WellFormed, Plain401])
            .any(&[AccessToken, OAuthToken, Jwt, PasswordShaped, OtherSecret])
            .unless(GIVES_WAY),
        Case::possible(&[TokenInQuery, Plain401])
            .any(&[OnRest, OnGit, OnWebsite])
            .unless(NO_TOKEN),
        Case::possible(&[TokenInForm, Plain401])
            .any(&[OnRest, OnGit, OnWebsite])
            .unless(NO_TOKEN),
        Case::possible(&[Basic, OnGit, WellFormed, Plain401, XTokenAuth])
            .any(&[AccessToken, OAuthToken, Jwt])
            .unless(GIVES_WAY),
    ],
    advice: &[
        Advice::when(
            &[AccessToken],
            "See in the settings of its repository, project or workspace whether this access token is still there and not expired.",
            "access token refused: gone or expired",
        ),
        Advice::when(
            &[TokenInQuery],
            "Get a fresh token from where this one came, and send it as Bearer TOKEN: a token in the query is refused today.",
            "the token was refused",
        ),
        Advice::when(
            &[Bearer],
            "Get a fresh token from where this one came, or compare the two: it is well formed, yet refused.",
            "the token was refused",
        ),
        Advice::always(
            "Compare user name and secret with the place where they were made: the pair is well formed, yet refused.",
            "user name or secret refused",
        ),
    ],
    page: Page {
        what_happened: "The server refused the credential, and nothing in the exchange says why.",
        why_it_fails: "Mistyped, outdated, replaced, revoked, or of another account: the answer is the same for all of \
            them.",
        fix: "Compare with the place where the secret was made, or make a new one there; look for an older copy in \
            credential helpers and variables.",
        how_to_tell: "This is what remains when no other finding holds; where one is listed before it, try that first.",
        sources: &["0.7", "B10", "B32"],
    },
    doc: Some(links::REST_401),
    outranks: &[One("wrong-product-token"), One("scheme-case")],
    alternative: true,
    fires: &[
        Example::rest("An app password that is not, or no longer, right")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("An access token that is gone").field("Bearer {access_token}"),
        Example::rest("An OAuth token").field("Bearer {oauth_token}"),
        Example::rest("One of the newer kind").field("Bearer {jwt}"),
        Example::rest("A token of no known shape").field("Bearer 0a1b2c3d-not-a-known-token"),
        Example::rest("One in the query, while it was taken there")
            .call("GET https://api.bitbucket.org/2.0/user?access_token=abcdef")
            .on(utc_datetime!(2024-06-01 9:00)),
        Example::rest("One in a form")
            .call("POST https://api.bitbucket.org/2.0/repositories/acme/site/pullrequests")
            .form("access_token=abcdef&title=x")
            .on(utc_datetime!(2024-06-01 9:00)),
        Example::git("The same on git").pair("x-token-auth:{access_token}"),
        Example::rest("In the query, while tokens were taken there")
            .call("GET https://api.bitbucket.org/2.0/user?access_token=abcdef")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("In a form, at the same time")
            .call("POST https://api.bitbucket.org/2.0/repositories/acme/site/issues")
            .form("access_token=abcdef&title=x")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("A secret of no known shape")
            .pair("me@acme.com:correct horse")
            .after(&["account-password"]),
    ],
    silent: &[
        Example::rest("An intact API token is no typing error").pair("me@acme.com:{api_token}"),
        Example::rest("A token of another vendor").field("Bearer {github_token}"),
        Example::rest("A fault of form").pair("jane:"),
        Example::rest("The server says that it expired")
            .field("Bearer {oauth_token}")
            .body("Access token expired."),
    ],
    ..Rule::PLAIN
};

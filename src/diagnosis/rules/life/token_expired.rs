//! A token whose time is over.

use crate::diagnosis::rule::prelude::*;
use crate::evidence::Signal;
use crate::history::Past;
use crate::observation::Recorded;

const ACCEPTED: Past = Past {
    accepted: true,
    accepted_here: true,
    ..Past::NONE
};
const ALTERNATES: Past = Past {
    alternates: true,
    ..ACCEPTED
};

/// What explains the refusal of a parameter without its token.
const NO_TOKEN: &[Signal] = &[
    QueryTokensRefused,
    Placeholder,
    PlaceholderWord,
    Masked,
    MaskWord,
    SeveralCredentials,
    OnTokenEndpoint,
];
/// Besides, it is of another kind, which such words answer as well.
const NO_OAUTH_TOKEN: &[Signal] = &[
    QueryTokensRefused,
    Placeholder,
    PlaceholderWord,
    Masked,
    MaskWord,
    SeveralCredentials,
    OnTokenEndpoint,
    ApiToken,
    AppPassword,
    OldAppPassword,
    AccessToken,
];
/// Kinds that end by themselves, or may.
const TOKENS: &[Signal] = &[ApiToken, AccessToken, OAuthToken, Jwt, OtherSecret];

pub const RULE: Rule = Rule {
    slug: "token-expired",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "The token has expired, or may have",
    summary: "Tokens end: OAuth ones after an hour or two, API tokens after a year at most.",
    cases: &[
        Case::proven(&[JwtExpired, Plain401]).unless(&[ClocksApart]),
        Case::likely(&[JwtExpired, Plain401]),
        Case::likely(&[SaysExpired, Plain401, Bearer])
            .any(&[OAuthToken, Jwt])
            .unless(&[OnGit]),
        Case::likely(&[SaysExpired, Plain401, OnGit, XTokenAuth]).any(&[OAuthToken, Jwt]),
        // A parameter of that name holds an OAuth token; later it is the way that is refused.
        Case::likely(&[SaysExpired, Plain401])
            .any(&[TokenInQuery, TokenInForm])
            .unless(NO_OAUTH_TOKEN),
        Case::possible(&[SaysExpired, Plain401])
            .any(&[TokenInQuery, TokenInForm])
            .unless(NO_TOKEN),
        // The same words answer other kinds as well.
        Case::possible(&[SaysExpired, Plain401]).any(&[AccessToken, OAuthToken, Jwt, OtherSecret]),
        // What a record hides may be of the kind that the words are about.
        Case::possible(&[SaysExpired, Plain401, Bearer]).any(&[RecordRedacted, RecordDoubtful]),
        // Under another user-id or on another surface the user-id is the suspect.
        Case::possible(&[AcceptedHere, Plain401])
            .any(TOKENS)
            .unless(&[Alternates, OnTokenEndpoint]),
        Case::possible(&[
            OnRest,
            Basic,
            ApiToken,
            ChecksumFits,
            EmailUser,
            WellFormed,
            Plain401,
        ])
        .unless(&[AcceptedBefore]),
        // A whole access token was seen to get 403 and words there: one that gets 401 is over, perhaps.
        Case::possible(&[OnRest, UserLevelPath, Bearer, AccessToken, Plain401])
            .unless(&[AcceptedBefore]),
        Case::possible(&[
            OnGit,
            Basic,
            ApiToken,
            ChecksumFits,
            GitUser,
            WellFormed,
            Plain401,
        ])
        .unless(&[AcceptedBefore]),
    ],
    advice: &[
        Advice::when(
            &[JwtExpired],
            "Get a new access token, before each use if need be: the exp of this one has passed. Send {form}.",
            "the token's exp has passed",
        ),
        Advice::when(
            &[SaysExpired],
            "Get a new access token (refresh token or client_credentials): the server calls this one expired. Send {form}.",
            "the server says that the token expired",
        ),
        Advice::when(
            &[AcceptedHere],
            "See its page and make a new one: it worked before, so it expired, was revoked, or the account was closed.",
            "worked before: expired, revoked or closed",
        ),
        Advice::when(
            &[AccessToken],
            "See in the settings of its repository, project or workspace whether this token expired; if so, make a new one.",
            "access token refused: it may have expired",
        ),
        Advice::always(
            "See on the token's page whether it expired; the 401 does not say. If so, make a new one with the same scopes.",
            "API token refused: scopes, expiry or account",
        ),
    ],
    page: Page {
        what_happened: "A token was refused that is over by its own `exp`, that the server calls expired, or that may be: \
            the page of the token tells.",
        why_it_fails: "OAuth access tokens last for one hour, formerly two. API tokens end after 365 days at most. Access \
            tokens end when they were given an end. Nobody is told by the plain 401.",
        fix: "- OAuth: exchange the refresh token, or ask again with client_credentials, and do it before the hour is \
            over.\n\
            - API token: make a new one with the same scopes on the page of the Atlassian account, and put it where \
            curl, git's credential helper, Jenkins and the variables of Python programs keep the old one.\n\
            - Access token: make a new one in the settings of its repository, project or workspace.",
        how_to_tell: "The `exp` of a JWT is proof. The words *access token expired* answer other kinds of credentials, \
            too. `invalid, expired, or not supported` says none of the three: there `api-token-without-scopes` and \
            `email-of-another-account` fit as well. What worked before may as well be revoked, or its owner's account \
            closed: these cannot be told apart from outside.",
        sources: &["0.7", "A7", "A11", "A12", "A13", "B10", "B12", "B19", "E26"],
    },
    doc: Some(links::REST_401),
    outranks: &[One("email-of-another-account")],
    fires: &[
        Example::rest("By its own exp").field("Bearer {past jwt}"),
        Example::rest("The two clocks disagree")
            .field("Bearer {past jwt}")
            .clocks_apart(),
        Example::rest("By the server's words")
            .field("Bearer {oauth_token}")
            .body(EXPIRED),
        Example::rest("An app password there, of which the words may not speak")
            .call("GET https://api.bitbucket.org/2.0/user?access_token={app_password}")
            .body(EXPIRED)
            .on(utc_datetime!(2024-06-01 9:00)),
        Example::rest("In the query, while it was taken there")
            .call("GET https://api.bitbucket.org/2.0/user?access_token=abcdef")
            .body(EXPIRED)
            .on(utc_datetime!(2024-06-01 9:00)),
        Example::rest("The same in the query, while tokens were taken there")
            .call("GET https://api.bitbucket.org/2.0/user?access_token={jwt}")
            .body(EXPIRED)
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("Its own exp, in the query")
            .call("GET https://api.bitbucket.org/2.0/user?access_token={past jwt}")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::git("The same on git")
            .pair("x-token-auth:{oauth_token}")
            .body(
                "OAuth2 access token expired. Use your refresh token to obtain a new access token.",
            ),
        Example::rest("The words about another kind of token")
            .field("Bearer {access_token}")
            .body(EXPIRED),
        Example::rest("It worked before")
            .pair("me@acme.com:{api_token}")
            .past(ACCEPTED),
        Example::rest("One of three that fit equally well")
            .pair("me@acme.com:{api_token}")
            .after(&["api-token-without-scopes"]),
        Example::rest("An access token where one gets 403")
            .call("GET https://api.bitbucket.org/2.0/user")
            .field("Bearer {access_token}")
            .after(&["access-token-on-user-endpoint"]),
        Example::git("The same on git")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .after(&["api-token-without-scopes"]),
        Example::rest("The words, and a record that hides the token")
            .field("Bearer ****")
            .recorded(Recorded::Doubtful)
            .body(EXPIRED),
    ],
    silent: &[
        Example::rest("It lasts").field("Bearer {future jwt}"),
        Example::rest("An app password, whatever the words")
            .field("Bearer {app_password}")
            .body(EXPIRED)
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("One refusal between successes")
            .pair("me@acme.com:{api_token}")
            .past(ALTERNATES),
        Example::rest("Known to the server")
            .field("Bearer {past jwt}")
            .status(403)
            .answer(&[("x-credential-type", "oauth2")]),
        Example::rest("A username is another mistake").pair("jane:{api_token}"),
    ],
    ..Rule::PLAIN
};

const EXPIRED: &str = r#"{"type":"error","error":{"message":"Access token expired. Use your refresh token to obtain a new access token."}}"#;

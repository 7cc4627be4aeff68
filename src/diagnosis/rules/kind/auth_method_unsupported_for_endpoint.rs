//! A call that does not take this kind of credential.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "auth-method-unsupported-for-endpoint",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "This call does not take such credentials",
    summary: "The server says that this call, or this page, does not take credentials of this kind.",
    cases: &[
        Case::proven(&[SaysMechanismRefused])
            .any(&[AccessToken, RecognisedAccessToken])
            .unless(&[UserLevelPath]),
        Case::likely(&[SaysMechanismRefused]).unless(&[
            AccessToken,
            RecognisedAccessToken,
            NoAuthorization,
        ]),
        Case::proven(&[SaysAppJwtRequired]).any(&[
            ApiToken,
            AccessToken,
            AppPassword,
            OAuthToken,
        ]),
        Case::likely(&[SaysAppJwtRequired]).unless(&[ConnectJwt]),
        Case::likely(&[SaysTokensRefused, OnWebsite]).unless(&[NoAuthorization]),
        Case::likely(&[SaysTokensRefused, OnRest, UnknownOperation]).unless(&[NoAuthorization]),
        Case::possible(&[SaysTokensRefused, OnRest]).unless(&[NoAuthorization]),
    ],
    advice: &[
        Advice::when(
            &[SaysAppJwtRequired],
            "Leave this call to the Connect app it is for, which signs it: Authorization: JWT and the app's own JWT.",
            "this call wants the JWT of a Connect app",
        ),
        Advice::when(
            &[SaysTokensRefused, OnWebsite],
            "Call https://api.bitbucket.org/2.0 instead of this page of the website, with {form}.",
            "the website takes no tokens, the API does",
        ),
        Advice::when(
            &[SaysTokensRefused],
            "Check method and path against the API's documentation: it may have no such call. The credential may be fine.",
            "this call takes no tokens, or does not exist",
        ),
        Advice::when(
            &[ApiToken],
            "Use OAuth (authorization code), Bearer TOKEN, for this call: it takes no API token. The token itself is fine.",
            "this call does not take an API token",
        ),
        Advice::always(
            "Use {api_token_form} or OAuth for this call: it does not take this kind of credential.",
            "this call does not take such credentials",
        ),
    ],
    page: Page {
        what_happened: "The server knew or saw what kind of credential came, and said that this call does not take it.",
        why_it_fails: "Some calls are closed to some kinds. Access tokens cannot manage deploy keys or permissions; some \
            calls belong to Connect apps, which sign them; the pages of the website take no tokens at all, and a method \
            that a path does not have is answered with the same words.",
        fix: "Compare method and path with the API's documentation first: it lists the kinds for every call. Then:\n\n\
            - curl, Jenkins and Python: an API token, as Basic with the account email, or OAuth.\n\
            - Browser: an address copied from it belongs to the website; the API is at \
            `https://api.bitbucket.org/2.0`.\n\
            - git does not meet this.",
        how_to_tell: "Only the server's words say it. For an access token on a call about a person see \
            `access-token-on-user-endpoint`; a missing scope is named with a list (`scope-missing`).",
        sources: &["A11", "A16", "A17", "A26", "B15", "B19", "I7"],
    },
    doc: Some(links::MECHANISM_REFUSED),
    outranks: &[One("scope-missing")],
    fires: &[
        Example::rest("Permissions are closed to access tokens")
            .call("PUT https://api.bitbucket.org/2.0/repositories/acme/site/permissions-config/users/1")
            .field("Bearer {access_token}")
            .status(403)
            .body(REFUSED),
        Example::rest("An API token")
            .call("GET https://api.bitbucket.org/2.0/user")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(REFUSED),
        Example::rest("A consumer's token")
            .call("GET https://api.bitbucket.org/2.0/user")
            .field("Bearer {oauth_token}")
            .status(403)
            .body(REFUSED),
        Example::rest("A call of Connect apps")
            .call("PUT https://api.bitbucket.org/2.0/addon")
            .pair("me@acme.com:{api_token}")
            .body("Authentication must use app JWT"),
        Example::rest("The same without credentials")
            .call("PUT https://api.bitbucket.org/2.0/addon")
            .body("Authentication must use app JWT"),
        Example::rest("A page of the website")
            .call("GET https://bitbucket.org/acme/site/downloads/")
            .pair("x-token-auth:{access_token}")
            .status(403)
            .body("This endpoint does not support token-based authentication"),
        Example::rest("A method that the path does not have")
            .call("PATCH https://api.bitbucket.org/2.0/repositories/acme/site")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body("This endpoint does not support token-based authentication"),
        Example::rest("A method that the path does not have, and others beside it do")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme/site/pullrequests/7/merge")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body("This endpoint does not support token-based authentication"),
        Example::rest("A call that exists")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body("This endpoint does not support token-based authentication"),
    ],
    silent: &[
        Example::rest("A call about a person")
            .call("GET https://api.bitbucket.org/2.0/user")
            .field("Bearer {access_token}")
            .status(403)
            .body(REFUSED),
        Example::rest("No words").field("Bearer {access_token}").status(403),
        Example::rest("A Connect app")
            .call("PUT https://api.bitbucket.org/2.0/addon")
            .field("JWT {connect_jwt}")
            .body("Authentication must use app JWT"),
    ],
    ..Rule::PLAIN
};

const REFUSED: &str = r#"{"type":"error","error":{"message":"This API is not accessible by this authentication mechanism"}}"#;

//! A call about a person, by a token that stands for none.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "access-token-on-user-endpoint",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "An access token has no user to ask about",
    summary: "An access token stands for no person, and this call is about the person behind the credential.",
    cases: &[
        Case::proven(&[OnRest, UserLevelPath, SaysMechanismRefused])
            .any(&[AccessToken, RecognisedAccessToken]),
        // Whole ones were seen to get 403 with words.
        Case::possible(&[OnRest, UserLevelPath, Bearer, AccessToken, Plain401])
            .unless(&[AcceptedHere]),
    ],
    advice: &[
        Advice::when(
            &[ReplacementKnown],
            "Call {replacement} with {api_token_form} or OAuth: this call was removed, and never took access tokens.",
            "access tokens cannot make calls about a user",
        ),
        Advice::always(
            "Call this with {api_token_form} or OAuth, or skip it: the access token is for its own resource.",
            "access tokens cannot make calls about a user",
        ),
    ],
    page: Page {
        what_happened: "A repository, project or workspace access token was used for `/2.0/user`, something below it, or the \
            list of all workspaces.",
        why_it_fails: "Access tokens belong to a repository, project or workspace and to no person, so there is no *current \
            user*. Many tools make such a call only to test a login, and then take a good token for a bad one.",
        fix: "Skip the login test, or test with a call that the token is for, such as `GET \
            /2.0/repositories/{workspace}/{repo}`. A call that really is about a person needs one of these:\n\n\
            - curl, Python and Jenkins: an API token with `read:user:bitbucket`, as Basic with the account email.\n\
            - OAuth by authorization code.\n\n\
            git is not concerned.",
        how_to_tell: "The server's words prove it: *not accessible by this authentication mechanism*. Without them, on a \
            401, the token may as well have expired. The same words on another path are \
            `auth-method-unsupported-for-endpoint`.",
        sources: &["A11", "B19", "D8", "E33"],
    },
    doc: Some(links::MECHANISM_REFUSED),
    outranks: &[One("auth-method-unsupported-for-endpoint")],
    fires: &[
        USER.field("Bearer {access_token}")
            .status(403)
            .body(REFUSED),
        Example::rest("The server names the kind")
            .call("GET https://api.bitbucket.org/2.0/user/emails")
            .field("Bearer 0a1b2c3d-not-a-known-token")
            .status(403)
            .answer(&[("x-credential-type", "workspace_access_token")])
            .body(REFUSED),
        Example::rest("A call that is gone as well")
            .call("GET https://api.bitbucket.org/2.0/workspaces")
            .field("Bearer {access_token}")
            .status(403)
            .body(REFUSED),
        USER.field("Bearer {access_token}"),
    ],
    silent: &[
        Example::rest("A call of a repository")
            .field("Bearer {access_token}")
            .status(403)
            .body(REFUSED),
        USER.pair("me@acme.com:{api_token}")
            .status(403)
            .body(REFUSED),
        Example::rest("One workspace")
            .call("GET https://api.bitbucket.org/2.0/workspaces/acme")
            .field("Bearer {access_token}"),
    ],
    ..Rule::PLAIN
};

const USER: Example = Example::rest("A login test").call("GET https://api.bitbucket.org/2.0/user");
const REFUSED: &str = r#"{"type":"error","error":{"message":"This API is not accessible by this authentication mechanism"}}"#;

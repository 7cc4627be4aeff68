//! A literal that only git knows, on REST.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "git-user-on-rest",
    family: Family::User,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "This user name is for git only",
    summary: "A literal user name that only git knows was sent to the REST API.",
    cases: &[
        Case::likely(&[OnRest, Pair, XTokenAuth, ApiToken, Plain401]).unless(&[AcceptedHere]),
        // The cure of an empty secret is a whole pair.
        Case::likely(&[OnRest, Pair, ApiTokenAuth, Plain401]).unless(&[AcceptedHere, EmptySecret]),
        // Whether REST takes access tokens so is disputed.
        Case::possible(&[OnRest, Pair, XTokenAuth, Plain401])
            .any(&[AccessToken, OAuthToken, Jwt])
            .unless(&[AcceptedHere, PipelinesToken, ConnectJwt]),
        // Whatever it is, nobody's name is that.
        Case::possible(&[OnRest, Pair, XTokenAuth, Plain401])
            .any(&[PasswordShaped, OtherSecret])
            .unless(&[AcceptedHere]),
        Case::possible(&[OnRest, Pair, XTokenAuth, Plain401])
            .any(&[AppPassword, OldAppPassword])
            .unless(&[AcceptedHere, AppPasswordsGone]),
    ],
    advice: &[
        Advice::when(
            &[ApiToken],
            "Use the email of the Atlassian account as user name and keep the API token; the literal stays for git.",
            "this user name is for git, REST wants the email",
        ),
        Advice::when(
            &[AccessToken],
            "Send this token as Bearer TOKEN, without a user name; the literal before it is for git only.",
            "this user name is for git, REST wants Bearer",
        ),
        Advice::always(
            "Leave that user name to git: on REST send {form}.",
            "this user name is for git only",
        ),
    ],
    page: Page {
        what_happened: "`x-bitbucket-api-token-auth` or `x-token-auth` stands where REST expects the email of an account.",
        why_it_fails: "git over HTTPS always sends a user name, so Bitbucket has two words that mean *look at the token*. \
            REST does not know them: it takes an API token with the account's email, and access tokens as Bearer.",
        fix: "- curl and Python: Basic with the email of the Atlassian account and the API token, or `Authorization: \
            Bearer TOKEN` for an access token.\n\
            - Jenkins: the credential for the REST API is another one than that for git, or its plugin changes the \
            name itself.\n\
            - git: keep what you have.",
        how_to_tell: "The beginning of the token decides which cure it is: ATATT wants the email, ATCTT wants Bearer. One \
            program sends access tokens under `x-token-auth` on purpose and says that it works, so there it is possible.",
        sources: &["0.5", "A7", "A10", "A26", "E3b"],
    },
    doc: Some(links::USING_API_TOKENS),
    outranks: &[One("api-token-with-username")],
    fires: &[
        Example::rest("The literal of API tokens").pair("x-bitbucket-api-token-auth:{api_token}"),
        Example::rest("The literal of access tokens").pair("x-token-auth:{api_token}"),
        Example::rest("Cut as well")
            .pair("x-bitbucket-api-token-auth:{cut api_token}")
            .after(&["damaged-token"]),
        Example::rest("An access token under the literal of the others")
            .pair("x-bitbucket-api-token-auth:{access_token}")
            .after(&["basic-with-access-token"]),
        Example::rest("An access token under its own, which is disputed")
            .pair("x-token-auth:{access_token}")
            .after(&["basic-with-access-token"]),
        Example::rest("An app password, while there were any")
            .pair("x-token-auth:{app_password}")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("Nobody's name, whatever the secret is").pair("x-token-auth:correct horse"),
        Example::rest("A secret of no known shape")
            .pair("x-bitbucket-api-token-auth:correct horse"),
    ],
    silent: &[
        Example::git("Right on git").pair("x-bitbucket-api-token-auth:{api_token}"),
        Example::git("Right on git too").pair("x-token-auth:{access_token}"),
        Example::rest("A username is another mistake").pair("jane:{api_token}"),
        Example::rest("The server knew it")
            .pair("x-token-auth:{access_token}")
            .status(403)
            .answer(&[("x-credential-type", "repo_access_token")]),
    ],
    ..Rule::PLAIN
};

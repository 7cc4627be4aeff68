//! A good credential that may not do this.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "scope-missing",
    family: Family::Access,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "The credential works but lacks a scope",
    summary: "Bitbucket knows the credential; it was not given a scope that this call needs.",
    cases: &[
        Case::proven(&[Status403, SaysScopesLacking]),
        // An answer that contradicts itself: a scope is named, and a credential that lacks one was recognised.
        Case::likely(&[Status401, SaysScopesLacking]),
        Case::likely(&[Status403, Recognised, ScopesFallShort]),
        // Nobody found out whether it was this or a policy (B19b).
        Case::possible(&[SaysForbidden, UserEndpoint, ApiToken, WellFormed])
            .unless(&[Recognised, ChecksumFails]),
    ],
    advice: &[
        Advice::when(
            &[ScopeNeverGranted],
            "Use an API token (Basic with the account email) or OAuth here: an access token of this kind cannot have {missing}.",
            "this kind of token cannot have {missing}",
        ),
        Advice::when(
            &[UserEndpoint, RecognisedApiToken],
            "The token is valid; only this login probe lacks {missing}. Skip it, or create a new token that has it too.",
            "token works but lacks {missing}",
        ),
        Advice::when(
            &[UserEndpoint, SaysForbidden],
            "See on the token's page whether it has read:user:bitbucket, which this login test needs; how it was sent is right.",
            "the token may lack read:user for this login test",
        ),
        Advice::when(
            &[OnGit, RecognisedApiToken],
            "Create a new API token with read:repository:bitbucket, to push also write:repository:bitbucket: an existing one's cannot be changed.",
            "token works but lacks {missing}",
        ),
        Advice::when(
            &[OnGit, RecognisedAccessToken],
            "Create a new access token with repository, to push also repository:write; how it was sent is right.",
            "token works but lacks {missing}",
        )
        .doc(links::ACCESS_TOKENS),
        Advice::when(
            &[RecognisedApiToken],
            "Create a new API token that keeps the old scopes and also has {missing}: an existing one's cannot be changed.",
            "token works but lacks {missing}",
        ),
        Advice::when(
            &[RecognisedOAuth],
            "Add {missing} to the OAuth consumer, then get a new token (people authorize again).",
            "token works but lacks {missing}",
        )
        .doc(links::AUTHENTICATION),
        Advice::when(
            &[RecognisedAccessToken],
            "Create a new access token that keeps the old scopes and also has {missing}; how it was sent is right.",
            "token works but lacks {missing}",
        )
        .doc(links::ACCESS_TOKENS),
        Advice::always(
            "Get a credential that also has {missing}; how it was sent is right.",
            "it works but lacks {missing}",
        ),
    ],
    page: Page {
        what_happened: "The server recognised the credential and refused this one call, because a scope is missing.",
        why_it_fails: "Every call needs certain scopes. Those of API tokens imply nothing: `write:` does not include \
            `read:`. The classic ones of OAuth and access tokens do imply some others.",
        fix: "What is missing stands behind `missing=` in the answer's field `x-auth-diagnosis`. Where the server \
            lists it, it is what `error.detail` has under `required` and not under `granted`. The field \
            `x-accepted-oauth-scopes` may use the classic names, which API tokens do not have. Add what is named, not \
            everything.\n\n\
            - API token: create a new one in the Atlassian account, under Security, API tokens, with the old scopes \
            and the missing ones: those of an existing one cannot be changed.\n\
            - Access token: create a new one in the settings of the same repository, project or workspace, under \
            Access tokens, with the old scopes and the missing ones.\n\
            - OAuth: add the scopes to the consumer, in the workspace settings under OAuth consumers, then let people \
            authorize again.\n\
            - git: to push, an API token needs `read:repository:bitbucket` and `write:repository:bitbucket`, an access \
            token `repository:write`. git's answer names no scope, so what is missing there is what the documentation \
            asks for.\n\n\
            Replace the old token everywhere, then revoke it. Access tokens can never have the issue, wiki, snippet \
            and email scopes: use an API token or OAuth there.",
        how_to_tell: "`GET /2.0/user` is only a login probe of many tools: without the scope it answers 403 while the \
            token is fine for its work. A 403 without a scope list means that the *account* has no access. A push that \
            is refused after a fetch lacks the scope for writing.",
        sources: &[
            "0.9", "B1", "B3", "B18", "B19b", "D2", "D3", "D4", "D7", "D8", "D9",
        ],
    },
    doc: Some(links::API_TOKEN_PERMISSIONS),
    outranks: &[One("no-access")],
    gate: &[SaysScopesLacking],
    beside: &[
        "access-token-on-user-endpoint",
        "auth-method-unsupported-for-endpoint",
        "credential-manager-probe",
        "write-scope-without-read",
    ],
    fires: &[
        Example::rest("The server lists both")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(LACKING),
        Example::rest("A login probe")
            .call("GET https://api.bitbucket.org/2.0/user")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(LACKING_USER),
        Example::git("git is told in one line")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(403)
            .body("Your credentials lack one or more required privilege scopes."),
        Example::git("A push by a token that may only read")
            .call("GET https://bitbucket.org/acme/site.git/info/refs?service=git-receive-pack")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(403)
            .answer(&[("x-oauth-scopes", "read:repository:bitbucket")]),
        Example::git("The same for an access token")
            .pair("x-token-auth:{access_token}")
            .status(403)
            .body("Your credentials lack one or more required privilege scopes."),
        Example::git("The scope for administration does not contain the one for reading")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(403)
            .answer(&[("x-oauth-scopes", "admin:repository:bitbucket")]),
        Example::rest("By the header alone")
            .call("POST https://api.bitbucket.org/2.0/repositories/acme/site/pullrequests")
            .field("Bearer {access_token}")
            .status(403)
            .answer(&[
                ("x-credential-type", "repo_access_token"),
                ("x-oauth-scopes", "repository"),
                ("x-accepted-oauth-scopes", "pullrequest:write"),
            ]),
        Example::rest("By the header alone, without a word on the kind")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme/site/pullrequests")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .answer(&[("x-oauth-scopes", "read:repository:bitbucket")]),
        Example::rest("By the words alone")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme/site/pullrequests")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(LACKING_SOMETHING),
        Example::rest("Issues are closed to access tokens")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme/site/issues")
            .field("Bearer {access_token}")
            .status(403)
            .answer(&[("x-credential-type", "repo_access_token")])
            .body(LACKING_ISSUE)
            .on(utc_datetime!(2026-05-01 9:00)),
        Example::rest("A login test that hears one word")
            .call("GET https://api.bitbucket.org/2.0/user")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(r#"{"type":"error","error":{"message":"Forbidden"}}"#),
        Example::rest("A consumer without the scope")
            .field("Bearer {oauth_token}")
            .status(403)
            .body(LACKING_CLASSIC),
        Example::rest("Named with a 401")
            .pair("jane:{api_token}")
            .body(LACKING),
        Example::rest("An app password, while there were any")
            .pair("jane:{app_password}")
            .status(403)
            .body(LACKING_CLASSIC)
            .on(utc_datetime!(2025-10-01 9:00)),
    ],
    silent: &[
        Example::rest("No word about scopes")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .answer(&[("x-credential-type", "api_token")]),
        Example::git("What a fetch needs is there")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(403)
            .answer(&[("x-oauth-scopes", "read:repository:bitbucket")]),
        Example::rest("The scope that is accepted is contained in the one that is granted")
            .field("Bearer {oauth_token}")
            .status(403)
            .answer(&[
                ("x-credential-type", "oauth2"),
                ("x-oauth-scopes", "pullrequest:write"),
                ("x-accepted-oauth-scopes", "repository"),
            ]),
        Example::rest("A plain 401").pair("me@acme.com:{api_token}"),
    ],
    ..Rule::PLAIN
};

const LACKING: &str = r#"{"type":"error","error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"granted":["read:pullrequest:bitbucket"],"required":["read:repository:bitbucket"]}}}"#;
const LACKING_USER: &str = r#"{"type":"error","error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"required":["read:user:bitbucket"]}}}"#;
const LACKING_CLASSIC: &str = r#"{"type":"error","error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"granted":["account"],"required":["repository"]}}}"#;
const LACKING_ISSUE: &str = r#"{"type":"error","error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"granted":["repository"],"required":["issue"]}}}"#;
const LACKING_SOMETHING: &str = r#"{"type":"error","error":{"message":"Your credentials lack one or more required privilege scopes."}}"#;

//! An account that may not see this, whatever its token may do.

use crate::diagnosis::rule::prelude::*;
use crate::evidence::Signal;

/// What explains the same answer better.
const GIVES_WAY: &[Signal] = &[
    NoAuthorization,
    SaysScopesLacking,
    ScopesFallShort,
    NamesAnotherCause,
    AddressPlaceholder,
    NoSuchCall,
];
/// The same, and what is not known to have been recognised has to be whole.
const UNKNOWN: &[Signal] = &[
    NoAuthorization,
    SaysScopesLacking,
    ScopesFallShort,
    NamesAnotherCause,
    AddressPlaceholder,
    NoSuchCall,
    ChecksumFails,
    CutJwt,
    AddressStandIn,
    UserEndpoint,
    SaysAppPasswordsEnded,
    SaysAccountPasswordsEnded,
    SaysExpired,
];

pub const RULE: Rule = Rule {
    slug: "no-access",
    family: Family::Access,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "The account has no access to this",
    summary: "The credential works, but its account may not see this workspace or repository, or it does not exist.",
    cases: &[
        Case::likely(&[Status403, Recognised])
            .any(&[OnRest, OnGit, OnWebsite])
            .unless(GIVES_WAY),
        Case::likely(&[Status403, SaysWorkspaceHidden]).unless(&[NoAuthorization]),
        Case::likely(&[SaysAuthenticate, WellFormed])
            .any(&[Status403, Status404])
            .unless(UNKNOWN),
        Case::likely(&[SaysAuthenticate, Recognised])
            .any(&[Status403, Status404])
            .unless(GIVES_WAY),
        // Nobody found out what that word is about; the form of the credential it is not.
        Case::possible(&[SaysForbidden, WellFormed, OnRest])
            .unless(UNKNOWN),
        // Whoever answers 403 mostly knows whom it refuses (D9). Everybody may see himself.
        Case::possible(&[Plain403, WellFormed])
            .any(&[OnRest, OnGit])
            .unless(UNKNOWN),
        Case::possible(&[Status404, ResourceItself]).any(&[WellFormed, Recognised]).unless(UNKNOWN),
    ],
    advice: &[
        Advice::when(
            &[Recognised],
            "Ask an administrator there to give this account access, and check the names in the path; the credential works.",
            "credential works, its account has no access",
        ),
        Advice::always(
            "Check workspace and repository in the path, then have its administrator give this account access.",
            "no access for this account, or no such name",
        ),
    ],
    page: Page {
        what_happened: "The server refused without a word on scopes, or hid what was asked for behind a 404.",
        why_it_fails: "A scope says what a token may do, the access of its account decides where. Bitbucket hides what an \
            account may not see, so a private repository without access and one that does not exist look the same.",
        fix: "Open the address in a browser with the account that made the token.\n\n\
            - It is not visible there: an administrator of workspace or repository has to give access; nothing changes \
            in curl, Jenkins, Python or git.\n\
            - It is visible: compare the names in the path, where workspace and repository go by their slugs, not by \
            the names that are shown.",
        how_to_tell: "With a list of scopes in the answer it is `scope-missing`. A 404 for a file, a branch or a pull \
            request is an answer, not a refusal. On git the same words with 401 are about the credential.",
        sources: &["B19b", "B19c", "B19d", "B23", "D9", "E35", "I10"],
    },
    doc: None,
    outranks: &[One("wrong-path")],
    fires: &[
        Example::rest("Recognised, and no scopes are named")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .answer(&[("x-credential-type", "api_token")]),
        Example::rest("A workspace")
            .call("GET https://api.bitbucket.org/2.0/workspaces/acme/members")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(r#"{"error":{"message":"You do not have access to view this workspace."}}"#),
        Example::git("git is told")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(403)
            .body("The requested repository either does not exist or you do not have access. If you believe this repository exists and you have access, make sure you're authenticated."),
        Example::rest("Hidden, and the credential is known")
            .field("Bearer {access_token}")
            .status(404)
            .answer(&[("x-credential-type", "workspace_access_token")])
            .body(HIDDEN),
        Example::rest("A parameter that the server knows")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme/site?access_token=abc")
            .status(404)
            .answer(&[("x-credential-type", "oauth2")])
            .body(HIDDEN)
            .on(utc_datetime!(2026-01-05 9:00)),
        Example::rest("A 403 without words")
            .field("Bearer {oauth_token}")
            .status(403),
        Example::git("A 403 without words on git")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(403),
        Example::rest("A 403 with a bare word")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(r#"{"error":{"message":"Forbidden"}}"#),
        Example::rest("A 404 without words for the repository itself")
            .pair("me@acme.com:{api_token}")
            .status(404),
    ],
    silent: &[
        Example::rest("A scope is missing")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(r#"{"error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"required":["read:repository:bitbucket"]}}}"#),
        Example::rest("A file that is not there")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme/site/src/main/renovate.json")
            .pair("me@acme.com:{api_token}")
            .status(404),
        Example::git("With a 401 the words are about the credential")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .body("The requested repository either does not exist or you do not have access."),
        Example::rest("No credentials").status(404).body(HIDDEN),
        Example::rest("The words are about the kind of the secret")
            .pair("jane:correct horse")
            .status(403)
            .body("App passwords are deprecated and must be replaced with API tokens."),
        Example::rest("A login test, for which no access is needed")
            .call("GET https://api.bitbucket.org/2.0/user")
            .pair("me@acme.com:{api_token}")
            .status(403),
        Example::rest("The answer names another cause")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .answer(&[("x-credential-type", "api_token")])
            .body("To access this repository, an admin must whitelist your IP."),
    ],
    ..Rule::PLAIN
};

const HIDDEN: &str = r#"{"type":"error","error":{"message":"You may not have access to this repository or it no longer exists in this workspace. If you think this repository exists and you have access, make sure you are authenticated."}}"#;

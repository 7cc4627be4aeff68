//! A rule of the workspace that has nothing to do with the credential.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "workspace-policy",
    family: Family::Access,
    verdict: Verdict::NotCredentials,
    strongest: Proven,
    title: "A rule of the workspace forbids this",
    summary: "The workspace allows certain addresses only, asks for two-step verification or single sign-on, or is suspended.",
    cases: &[
        Case::proven(&[]).any(&[
            SaysIpNotAllowed,
            SaysTwoStepRequired,
            SaysSingleSignOn,
            SaysSuspended,
        ]),
        // Nobody found out whether it was this or a scope (B19b).
        Case::possible(&[SaysForbidden, UserEndpoint, ApiToken, WellFormed])
            .unless(&[ChecksumFails]),
    ],
    advice: &[
        Advice::when(
            &[SaysIpNotAllowed],
            "Ask an administrator of the workspace to allow this address (behind a proxy, the proxy's); keep the credential.",
            "this address is not on the allowlist",
        ),
        Advice::when(
            &[SaysTwoStepRequired],
            "Turn on two-step verification for the account: the workspace requires it. The credential can stay.",
            "the workspace requires two-step verification",
        ),
        Advice::when(
            &[SaysSingleSignOn],
            "Use an API token with scopes instead of the account's password: the organisation requires single sign-on.",
            "the organisation requires single sign-on",
        ),
        Advice::when(
            &[SaysForbidden],
            "Ask an administrator whether a policy of the organisation forbids API tokens or this address; keep the credential.",
            "a policy of the organisation may forbid this",
        ),
        Advice::always(
            "Ask an administrator of the workspace why it is suspended; keep the credential: another one changes nothing.",
            "the workspace is suspended",
        ),
    ],
    page: Page {
        what_happened: "The server named a rule of the workspace or organisation as the reason of its refusal.",
        why_it_fails: "A workspace may be open to certain addresses only, may ask all members for two-step verification, \
            may belong to an organisation with single sign-on, or may be suspended. No credential changes that.",
        fix: "- Allowlist: an administrator adds the address from which the request really comes, which behind a proxy \
            or in CI is not that of the machine.\n\
            - Two-step verification: in the account's settings; API tokens go on working in curl, git, Jenkins and \
            Python.\n\
            - Single sign-on: an API token instead of a password.",
        how_to_tell: "The words say it. Without them a 403 is `no-access` or `scope-missing`; a login test that hears \
            *Forbidden* and no more may be this or a scope, which nobody has found out.",
        sources: &["B19b", "B19d", "E36", "E41"],
    },
    doc: None,
    gate: &[
        SaysIpNotAllowed,
        SaysTwoStepRequired,
        SaysSingleSignOn,
        SaysSuspended,
    ],
    fires: &[
        Example::git("An address that is not allowed")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(403)
            .body("remote: To access this repository, an admin must whitelist your IP."),
        Example::git("Two-step verification")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(403)
            .body("remote: To access this repository, enable two-step authentication."),
        Example::rest("Single sign-on")
            .pair("jane:correct horse")
            .status(403)
            .body("Because your Atlassian account admin requires single sign-on, you'll need to authenticate otherwise."),
        Example::rest("A suspended workspace")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(r#"{"error":{"message":"This workspace has been suspended."}}"#),
        Example::rest("A login test that hears one word")
            .call("GET https://api.bitbucket.org/2.0/user")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(r#"{"type":"error","error":{"message":"Forbidden"}}"#)
            .after(&["scope-missing"]),
    ],
    silent: &[Example::rest("No word about a rule")
        .pair("me@acme.com:{api_token}")
        .status(403)
        .answer(&[("x-credential-type", "api_token")])],
    ..Rule::PLAIN
};

//! Git Credential Manager testing what it stored.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "credential-manager-probe",
    family: Family::Other,
    verdict: Verdict::Note,
    strongest: Likely,
    title: "Git Credential Manager tests a stored credential",
    summary: "Git Credential Manager tries the secret it keeps for git on the REST API, where it need not work.",
    cases: &[Case::likely(&[CredentialManagerProbe])
        .any(&[Plain401, Status403])
        .unless(&[NoAuthorization])],
    advice: &[Advice::always(
        "Leave the git credential as it is: credential.bitbucketValidateStoredCredentials=false stops this probe.",
        "a credential manager's probe, not a git fault",
    )],
    page: Page {
        what_happened: "Before it hands a stored credential to git, the manager calls `GET /2.0/user` with it, first as \
            Bearer, then as Basic.",
        why_it_fails: "An API token that is stored under the Bitbucket username is right for git and refused by REST, and \
            one without `read:user` is refused with 403. The manager then takes it for dead and asks again, at every \
            command.",
        fix: "`git config --global credential.bitbucketValidateStoredCredentials false` stops the probe.",
        how_to_tell: "The User-Agent begins with `Git-Credential-Manager/` and the path is `/2.0/user`. Whether the \
            credential is good shows in git's own requests to bitbucket.org.",
        sources: &["F2", "D8"],
    },
    doc: None,
    silences: &[
        All(Family::Kind),
        All(Family::User),
        One("api-token-without-scopes"),
        One("scope-missing"),
        One("write-scope-without-read"),
    ],
    fires: &[
        PROBE.field("Bearer {api_token}"),
        PROBE.pair("jane:{api_token}"),
        PROBE.pair("jane:{api_token}").status(403).body(
            r#"{"error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"required":["read:user:bitbucket"]}}}"#,
        ),
    ],
    silent: &[
        Example::rest("Another client on the same path")
            .call("GET https://api.bitbucket.org/2.0/user")
            .pair("jane:{api_token}"),
        PROBE.pair("me@acme.com:{api_token}").status(200),
        PROBE,
    ],
    ..Rule::PLAIN
};

const PROBE: Example = Example::rest("A stored credential, tried on REST")
    .call("GET https://api.bitbucket.org/2.0/user")
    .user_agent("Git-Credential-Manager/2.6.1 (Windows; x64) CLR/8.0.11");

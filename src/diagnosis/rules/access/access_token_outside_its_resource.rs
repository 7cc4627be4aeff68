//! A token of one repository or project, used on another.

use crate::diagnosis::rule::prelude::*;
use crate::evidence::Signal;
use crate::history::Past;

const ELSEWHERE: Past = Past {
    accepted: true,
    accepted_in_other_resource: true,
    ..Past::NONE
};

const REFUSED: &[Signal] = &[Status403, Status404];
const GIVES_WAY: &[Signal] = &[
    SaysScopesLacking,
    ScopesFallShort,
    NamesAnotherCause,
    RemovedOperation,
];

pub const RULE: Rule = Rule {
    slug: "access-token-outside-its-resource",
    family: Family::Access,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "The access token belongs to another resource",
    summary: "An access token works inside the repository, project or workspace that it was made in, nowhere else.",
    cases: &[
        Case::likely(&[AcceptedInOtherResource, NarrowToken])
            .any(REFUSED)
            .unless(GIVES_WAY),
        // The answer does not name its type, and its beginning does not tell.
        Case::likely(&[AcceptedInOtherResource, AccessToken])
            .any(&[Plain403, Plain404])
            .unless(GIVES_WAY),
        Case::possible(&[OnWorkspacePath, NarrowToken])
            .any(REFUSED)
            .unless(GIVES_WAY),
    ],
    advice: &[
        Advice::when(
            &[OnWorkspacePath],
            "Use a workspace access token or an API token for calls about the workspace: this one is of a smaller resource.",
            "token of one repository or project",
        ),
        Advice::always(
            "Make an access token in this repository, or one of the project or workspace that holds both; {form}.",
            "the access token is of another resource",
        ),
    ],
    page: Page {
        what_happened: "An access token was refused for something outside the repository or project that it belongs to.",
        why_it_fails: "Access tokens are made in a repository, a project or a workspace, and have a bot account there. They \
            see nothing of other repositories, and those of repositories and projects nothing of the workspace.",
        fix: "Make a token in the repository that is called, or one of the project or workspace above (Premium), or \
            use an API token of a person who sees both. An access token is sent as before:\n\n\
            - curl, Jenkins and Python: Bearer.\n\
            - git: under `x-token-auth`.",
        how_to_tell: "The same token works for its own repository. If it never worked anywhere, see `no-access`, \
            `scope-missing` and `wrong-secret`.",
        sources: &["A11", "B1", "B2", "D3"],
    },
    doc: Some(links::ACCESS_TOKENS),
    outranks: &[One("no-access"), One("wrong-path")],
    fires: &[
        Example::rest("It works in another repository")
            .field("Bearer {access_token}")
            .status(403)
            .answer(&[("x-credential-type", "repo_access_token")])
            .past(ELSEWHERE),
        Example::rest("The same, hidden behind a 404")
            .field("Bearer {access_token}")
            .status(404)
            .past(ELSEWHERE),
        Example::rest("A call about the workspace")
            .call("GET https://api.bitbucket.org/2.0/workspaces/acme")
            .field("Bearer {access_token}")
            .status(404)
            .answer(&[("x-credential-type", "project_access_token")]),
    ],
    silent: &[
        Example::rest("It was never seen elsewhere")
            .field("Bearer {access_token}")
            .status(404),
        Example::rest("A token of the workspace")
            .call("GET https://api.bitbucket.org/2.0/workspaces/acme")
            .field("Bearer {access_token}")
            .status(403)
            .answer(&[("x-credential-type", "workspace_access_token")]),
        Example::rest("A scope is named")
            .field("Bearer {access_token}")
            .status(403)
            .body(r#"{"error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"required":["repository:write"]}}}"#)
            .past(ELSEWHERE),
    ],
    ..Rule::PLAIN
};

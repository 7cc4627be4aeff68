//! The scopes that each REST call needs, as its documentation lists them (D5, D6).
//!
//! A flat list; the first rule whose path matches and that names the method wins. Calls that are gone come first:
//! an exchange from before their removal is judged by them.

use super::Needs;
use super::names::*;
use crate::bitbucket::endpoint::pattern::{self, Pattern};
use crate::bitbucket::endpoint::verb::{self, DELETE, GET, POST, PUT};
use http::Method;
use std::sync::LazyLock;

struct Rule {
    /// Below `/2.0`: `*` is one segment, `a|b` either of two, `**` all that follows.
    paths: &'static [&'static str],
    calls: &'static [Call],
}

struct Call {
    methods: u8,
    classic: &'static [super::Scope],
    granular: &'static [super::Scope],
}

/// `path` below `/2.0`, or its template.
pub(super) fn look_up(method: &Method, path: &str) -> Option<Needs> {
    let method = verb::bit(method)?;
    let path = pattern::cut(path);
    let rules = LINES.iter().filter(|(pattern, _)| pattern.fits(&path));
    let call = rules
        .flat_map(|(_, calls)| *calls)
        .find(|call| call.methods & method != 0)?;
    Some(Needs {
        classic: call.classic,
        granular: call.granular,
    })
}

/// [`RULES`] by pattern, in their order.
static LINES: LazyLock<Vec<(Pattern, &'static [Call])>> = LazyLock::new(|| {
    let lines = |rule: &'static Rule| {
        let patterns = rule.paths.iter().copied().map(Pattern::of);
        patterns.map(|pattern| (pattern, rule.calls))
    };
    RULES.iter().flat_map(lines).collect()
});

#[rustfmt::skip]
const RULES: &[Rule] = &[
    Rule {
        paths: &["/user/permissions/workspaces", "/workspaces"],
        calls: &[
            Call { methods: GET, classic: &[ACCOUNT], granular: &[READ_USER, READ_WORKSPACE] },
        ],
    },
    Rule {
        paths: &["/user/permissions/repositories"],
        calls: &[
            Call { methods: GET, classic: &[ACCOUNT, REPOSITORY], granular: &[READ_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/issues/export/**"],
        calls: &[
            Call { methods: GET | POST, classic: &[ISSUE, REPOSITORY_ADMIN], granular: &[READ_ISSUE] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/issues/import"],
        calls: &[
            Call { methods: GET | POST, classic: &[ISSUE_WRITE, REPOSITORY_ADMIN], granular: &[ADMIN_REPOSITORY, WRITE_ISSUE] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/issues/*/vote|watch"],
        calls: &[
            Call { methods: GET, classic: &[ACCOUNT, ISSUE], granular: &[READ_ISSUE, READ_USER] },
            Call { methods: PUT, classic: &[ACCOUNT_WRITE, ISSUE], granular: &[WRITE_ISSUE, WRITE_USER] },
            Call { methods: DELETE, classic: &[ACCOUNT_WRITE, ISSUE_WRITE], granular: &[WRITE_ISSUE, WRITE_USER] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/issues/*/attachments/**"],
        calls: &[
            Call { methods: POST | DELETE, classic: &[ISSUE_WRITE], granular: &[WRITE_ISSUE] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/issues/*"],
        calls: &[
            Call { methods: DELETE, classic: &[ISSUE_WRITE], granular: &[DELETE_ISSUE] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/issues|components|milestones|versions/**"],
        calls: &[
            Call { methods: GET, classic: &[ISSUE], granular: &[READ_ISSUE] },
            Call { methods: POST | PUT, classic: &[ISSUE_WRITE], granular: &[READ_ISSUE, WRITE_ISSUE] },
            Call { methods: DELETE, classic: &[ISSUE_WRITE], granular: &[WRITE_ISSUE] },
        ],
    },
    Rule {
        paths: &["/addon/linkers/**"],
        calls: &[
            Call { methods: GET | POST | PUT | DELETE, classic: &[], granular: &[] },
        ],
    },
    Rule {
        paths: &["/addon"],
        calls: &[
            Call { methods: PUT | DELETE, classic: &[], granular: &[] },
        ],
    },
    Rule {
        paths: &["/addon/*/client-key"],
        calls: &[
            Call { methods: GET, classic: &[], granular: &[ADMIN_WORKSPACE] },
        ],
    },
    Rule {
        paths: &["/hook_events/**", "/workspaces/*/pipelines-config/identity/oidc/**"],
        calls: &[
            Call { methods: GET, classic: &[], granular: &[] },
        ],
    },
    Rule {
        paths: &["/users/*/properties/*/*", "/repositories/*/*/properties/*/*", "/repositories/*/*/commit/*/properties/*/*", "/repositories/*/*/pullrequests/*/properties/*/*"],
        calls: &[
            Call { methods: GET, classic: &[], granular: &[ADMIN_WORKSPACE] },
            Call { methods: PUT | DELETE, classic: &[], granular: &[] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*"],
        calls: &[
            Call { methods: GET, classic: &[REPOSITORY], granular: &[READ_REPOSITORY] },
            Call { methods: POST | PUT, classic: &[REPOSITORY_ADMIN], granular: &[ADMIN_REPOSITORY] },
            Call { methods: DELETE, classic: &[REPOSITORY_DELETE], granular: &[DELETE_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/branch-restrictions/**", "/repositories/*/*/override-settings", "/repositories/*/*/pipelines_config", "/repositories/*/*/branching-model/settings"],
        calls: &[
            Call { methods: GET | POST | PUT | DELETE, classic: &[REPOSITORY_ADMIN], granular: &[ADMIN_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/default-reviewers/*"],
        calls: &[
            Call { methods: PUT | DELETE, classic: &[REPOSITORY_ADMIN], granular: &[ADMIN_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/pullrequests/**", "/repositories/*/*/default-reviewers/**", "/repositories/*/*/effective-default-reviewers", "/repositories/*/*/commit/*/pullrequests", "/workspaces/*/pullrequests/*"],
        calls: &[
            Call { methods: GET, classic: &[PULLREQUEST], granular: &[READ_PULLREQUEST] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/pullrequests/*/comments|tasks/**"],
        calls: &[
            Call { methods: POST | PUT | DELETE, classic: &[PULLREQUEST], granular: &[READ_PULLREQUEST] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/pullrequests/**"],
        calls: &[
            Call { methods: POST | PUT, classic: &[PULLREQUEST_WRITE], granular: &[READ_PULLREQUEST, WRITE_PULLREQUEST] },
            Call { methods: DELETE, classic: &[PULLREQUEST_WRITE], granular: &[WRITE_PULLREQUEST] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/deploy-keys/**"],
        calls: &[
            Call { methods: GET, classic: &[REPOSITORY, REPOSITORY_ADMIN], granular: &[ADMIN_REPOSITORY] },
            Call { methods: POST | PUT, classic: &[REPOSITORY, REPOSITORY_ADMIN], granular: &[ADMIN_REPOSITORY, WRITE_SSH_KEY] },
            Call { methods: DELETE, classic: &[REPOSITORY, REPOSITORY_ADMIN], granular: &[ADMIN_REPOSITORY, DELETE_SSH_KEY] },
        ],
    },
    Rule {
        paths: &["/workspaces/*/projects/*/deploy-keys/**"],
        calls: &[
            Call { methods: GET, classic: &[PROJECT, PROJECT_ADMIN], granular: &[ADMIN_PROJECT] },
            Call { methods: POST | PUT, classic: &[PROJECT, PROJECT_ADMIN], granular: &[ADMIN_PROJECT, WRITE_SSH_KEY] },
            Call { methods: DELETE, classic: &[PROJECT, PROJECT_ADMIN], granular: &[ADMIN_PROJECT, DELETE_SSH_KEY] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/permissions-config/**"],
        calls: &[
            Call { methods: GET, classic: &[REPOSITORY_ADMIN], granular: &[READ_REPOSITORY] },
            Call { methods: PUT, classic: &[REPOSITORY_ADMIN], granular: &[ADMIN_REPOSITORY, WRITE_PERMISSION] },
            Call { methods: DELETE, classic: &[REPOSITORY_ADMIN], granular: &[ADMIN_REPOSITORY, DELETE_PERMISSION] },
        ],
    },
    Rule {
        paths: &["/workspaces/*/projects/*/permissions-config/**"],
        calls: &[
            Call { methods: GET, classic: &[PROJECT_ADMIN], granular: &[READ_PROJECT] },
            Call { methods: PUT, classic: &[PROJECT_ADMIN], granular: &[ADMIN_PROJECT, WRITE_PERMISSION] },
            Call { methods: DELETE, classic: &[PROJECT_ADMIN], granular: &[ADMIN_PROJECT, DELETE_PERMISSION] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/hooks/**", "/workspaces/*/hooks/**"],
        calls: &[
            Call { methods: GET, classic: &[WEBHOOK], granular: &[READ_WEBHOOK] },
            Call { methods: POST | PUT, classic: &[WEBHOOK], granular: &[READ_WEBHOOK, WRITE_WEBHOOK] },
            Call { methods: DELETE, classic: &[WEBHOOK], granular: &[DELETE_WEBHOOK] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/pipelines-config/runners/**", "/workspaces/*/pipelines-config/runners/**"],
        calls: &[
            Call { methods: GET, classic: &[RUNNER], granular: &[READ_RUNNER] },
            Call { methods: POST | PUT, classic: &[RUNNER_WRITE], granular: &[READ_RUNNER, WRITE_RUNNER] },
            Call { methods: DELETE, classic: &[RUNNER_WRITE], granular: &[WRITE_RUNNER] },
        ],
    },
    Rule {
        paths: &["/teams/*/pipelines_config/variables/**", "/users/*/pipelines_config/variables/**"],
        calls: &[
            Call { methods: GET, classic: &[PIPELINE], granular: &[] },
            Call { methods: POST | PUT | DELETE, classic: &[PIPELINE_VARIABLE], granular: &[] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/pipelines/*/stopPipeline"],
        calls: &[
            Call { methods: POST, classic: &[PIPELINE_WRITE], granular: &[WRITE_PIPELINE] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/pipelines"],
        calls: &[
            Call { methods: POST, classic: &[PIPELINE], granular: &[READ_PIPELINE, WRITE_PIPELINE] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/environments/**"],
        calls: &[
            Call { methods: POST | DELETE, classic: &[PIPELINE], granular: &[ADMIN_PIPELINE] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/pipelines_config/schedules/**", "/repositories/*/*/pipelines-config/caches/**"],
        calls: &[
            Call { methods: POST | PUT, classic: &[PIPELINE_WRITE], granular: &[READ_PIPELINE, WRITE_PIPELINE] },
            Call { methods: DELETE, classic: &[PIPELINE_WRITE], granular: &[WRITE_PIPELINE] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/pipelines_config|deployments_config/**"],
        calls: &[
            Call { methods: POST | PUT | DELETE, classic: &[PIPELINE_VARIABLE], granular: &[ADMIN_PIPELINE] },
        ],
    },
    Rule {
        paths: &["/workspaces/*/pipelines-config/variables/**"],
        calls: &[
            Call { methods: POST | PUT | DELETE, classic: &[PIPELINE_VARIABLE], granular: &[ADMIN_PIPELINE] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/pipelines|pipelines_config|pipelines-config|deployments|deployments_config|environments/**"],
        calls: &[
            Call { methods: GET, classic: &[PIPELINE], granular: &[READ_PIPELINE] },
        ],
    },
    Rule {
        paths: &["/workspaces/*/pipelines-config/**"],
        calls: &[
            Call { methods: GET, classic: &[PIPELINE], granular: &[READ_PIPELINE] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/file-conflicts/*"],
        calls: &[
            Call { methods: GET, classic: &[REPOSITORY], granular: &[] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/commit/*/approve"],
        calls: &[
            Call { methods: POST, classic: &[REPOSITORY_WRITE], granular: &[READ_REPOSITORY, WRITE_REPOSITORY] },
            Call { methods: DELETE, classic: &[REPOSITORY_WRITE], granular: &[WRITE_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/forks|refs/**"],
        calls: &[
            Call { methods: POST, classic: &[REPOSITORY_WRITE], granular: &[READ_REPOSITORY, WRITE_REPOSITORY] },
            Call { methods: DELETE, classic: &[REPOSITORY_WRITE], granular: &[WRITE_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/downloads|src/**"],
        calls: &[
            Call { methods: POST | DELETE, classic: &[REPOSITORY_WRITE], granular: &[WRITE_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/repositories/*/*/commit|commits/**"],
        calls: &[
            Call { methods: POST | PUT | DELETE, classic: &[REPOSITORY], granular: &[READ_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/repositories/**"],
        calls: &[
            Call { methods: GET, classic: &[REPOSITORY], granular: &[READ_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/teams/*/search/code", "/users/*/search/code", "/workspaces/*/search/code"],
        calls: &[
            Call { methods: GET, classic: &[REPOSITORY], granular: &[READ_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/snippets/*/*/watchers"],
        calls: &[
            Call { methods: GET, classic: &[SNIPPET], granular: &[] },
        ],
    },
    Rule {
        paths: &["/snippets/*/*/watch"],
        calls: &[
            Call { methods: PUT | DELETE, classic: &[SNIPPET_WRITE], granular: &[WRITE_SNIPPET] },
        ],
    },
    Rule {
        paths: &["/snippets/*/*/comments/**"],
        calls: &[
            Call { methods: POST | PUT, classic: &[SNIPPET], granular: &[READ_SNIPPET, WRITE_SNIPPET] },
            Call { methods: DELETE, classic: &[SNIPPET], granular: &[WRITE_SNIPPET] },
        ],
    },
    Rule {
        paths: &["/snippets/*/*"],
        calls: &[
            Call { methods: DELETE, classic: &[SNIPPET_WRITE], granular: &[DELETE_SNIPPET] },
        ],
    },
    Rule {
        paths: &["/snippets/**"],
        calls: &[
            Call { methods: GET, classic: &[SNIPPET], granular: &[READ_SNIPPET] },
            Call { methods: POST | PUT, classic: &[SNIPPET_WRITE], granular: &[READ_SNIPPET, WRITE_SNIPPET] },
            Call { methods: DELETE, classic: &[SNIPPET_WRITE], granular: &[WRITE_SNIPPET] },
        ],
    },
    Rule {
        paths: &["/user"],
        calls: &[
            Call { methods: GET, classic: &[ACCOUNT], granular: &[READ_USER] },
        ],
    },
    Rule {
        paths: &["/user/emails/**"],
        calls: &[
            Call { methods: GET, classic: &[EMAIL], granular: &[READ_USER] },
        ],
    },
    Rule {
        paths: &["/user/workspaces/*/permissions/repositories"],
        calls: &[
            Call { methods: GET, classic: &[ACCOUNT, REPOSITORY], granular: &[READ_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/user/workspaces/**"],
        calls: &[
            Call { methods: GET, classic: &[ACCOUNT], granular: &[READ_WORKSPACE] },
        ],
    },
    Rule {
        paths: &["/users/*"],
        calls: &[
            Call { methods: GET, classic: &[], granular: &[READ_USER] },
        ],
    },
    Rule {
        paths: &["/users/*/gpg-keys/**"],
        calls: &[
            Call { methods: GET, classic: &[ACCOUNT], granular: &[READ_GPG_KEY] },
            Call { methods: POST, classic: &[ACCOUNT_WRITE], granular: &[READ_GPG_KEY, WRITE_GPG_KEY] },
            Call { methods: DELETE, classic: &[ACCOUNT_WRITE], granular: &[DELETE_GPG_KEY] },
        ],
    },
    Rule {
        paths: &["/users/*/ssh-keys/**"],
        calls: &[
            Call { methods: GET, classic: &[ACCOUNT], granular: &[READ_SSH_KEY] },
            Call { methods: POST | PUT, classic: &[ACCOUNT_WRITE], granular: &[READ_SSH_KEY, WRITE_SSH_KEY] },
            Call { methods: DELETE, classic: &[ACCOUNT_WRITE], granular: &[DELETE_SSH_KEY] },
        ],
    },
    Rule {
        paths: &["/workspaces/*"],
        calls: &[
            Call { methods: GET, classic: &[], granular: &[READ_WORKSPACE] },
        ],
    },
    Rule {
        paths: &["/workspaces/*/permissions/repositories/*"],
        calls: &[
            Call { methods: GET, classic: &[REPOSITORY], granular: &[READ_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/workspaces/*/permissions/repositories"],
        calls: &[
            Call { methods: GET, classic: &[ACCOUNT], granular: &[READ_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/workspaces/*/members/**", "/workspaces/*/permissions", "/workspaces/*/settings/gpg/public-key"],
        calls: &[
            Call { methods: GET, classic: &[ACCOUNT], granular: &[READ_WORKSPACE] },
        ],
    },
    Rule {
        paths: &["/workspaces/*/projects", "/workspaces/*/projects/*"],
        calls: &[
            Call { methods: GET, classic: &[PROJECT], granular: &[READ_PROJECT] },
        ],
    },
    Rule {
        paths: &["/workspaces/*/projects/*/branching-model"],
        calls: &[
            Call { methods: GET, classic: &[PROJECT_ADMIN], granular: &[READ_REPOSITORY] },
        ],
    },
    Rule {
        paths: &["/workspaces/*/projects/*/default-reviewers/**"],
        calls: &[
            Call { methods: GET, classic: &[PROJECT_ADMIN], granular: &[READ_PULLREQUEST] },
        ],
    },
    Rule {
        paths: &["/workspaces/*/projects/**"],
        calls: &[
            Call { methods: GET | POST | PUT | DELETE, classic: &[PROJECT_ADMIN], granular: &[ADMIN_PROJECT] },
        ],
    },
];

//! Every scope name that is known (D1, D4). Nothing else is ever shown.

use super::Scope;

macro_rules! scopes {
    ($list:ident: $($name:ident = $text:literal,)*) => {
        $(pub(in crate::bitbucket) const $name: Scope = Scope($text);)*
        pub(super) const $list: &[Scope] = &[$($name),*];
    };
}

scopes! {
    CLASSIC:
    PROJECT = "project",
    PROJECT_WRITE = "project:write",
    PROJECT_ADMIN = "project:admin",
    REPOSITORY = "repository",
    REPOSITORY_WRITE = "repository:write",
    REPOSITORY_ADMIN = "repository:admin",
    REPOSITORY_DELETE = "repository:delete",
    PULLREQUEST = "pullrequest",
    PULLREQUEST_WRITE = "pullrequest:write",
    ISSUE = "issue",
    ISSUE_WRITE = "issue:write",
    WIKI = "wiki",
    WEBHOOK = "webhook",
    SNIPPET = "snippet",
    SNIPPET_WRITE = "snippet:write",
    EMAIL = "email",
    ACCOUNT = "account",
    ACCOUNT_WRITE = "account:write",
    PIPELINE = "pipeline",
    PIPELINE_WRITE = "pipeline:write",
    PIPELINE_VARIABLE = "pipeline:variable",
    RUNNER = "runner",
    RUNNER_WRITE = "runner:write",
    TEAM = "team",
    TEAM_WRITE = "team:write",
    TEST = "test",
    TEST_WRITE = "test:write",
}

scopes! {
    GRANULAR:
    READ_REPOSITORY = "read:repository:bitbucket",
    WRITE_REPOSITORY = "write:repository:bitbucket",
    ADMIN_REPOSITORY = "admin:repository:bitbucket",
    DELETE_REPOSITORY = "delete:repository:bitbucket",
    READ_PULLREQUEST = "read:pullrequest:bitbucket",
    WRITE_PULLREQUEST = "write:pullrequest:bitbucket",
    READ_PROJECT = "read:project:bitbucket",
    ADMIN_PROJECT = "admin:project:bitbucket",
    READ_WORKSPACE = "read:workspace:bitbucket",
    ADMIN_WORKSPACE = "admin:workspace:bitbucket",
    READ_USER = "read:user:bitbucket",
    WRITE_USER = "write:user:bitbucket",
    READ_PIPELINE = "read:pipeline:bitbucket",
    WRITE_PIPELINE = "write:pipeline:bitbucket",
    ADMIN_PIPELINE = "admin:pipeline:bitbucket",
    READ_RUNNER = "read:runner:bitbucket",
    WRITE_RUNNER = "write:runner:bitbucket",
    READ_ISSUE = "read:issue:bitbucket",
    WRITE_ISSUE = "write:issue:bitbucket",
    DELETE_ISSUE = "delete:issue:bitbucket",
    READ_WEBHOOK = "read:webhook:bitbucket",
    WRITE_WEBHOOK = "write:webhook:bitbucket",
    DELETE_WEBHOOK = "delete:webhook:bitbucket",
    READ_SNIPPET = "read:snippet:bitbucket",
    WRITE_SNIPPET = "write:snippet:bitbucket",
    DELETE_SNIPPET = "delete:snippet:bitbucket",
    READ_SSH_KEY = "read:ssh-key:bitbucket",
    WRITE_SSH_KEY = "write:ssh-key:bitbucket",
    DELETE_SSH_KEY = "delete:ssh-key:bitbucket",
    READ_GPG_KEY = "read:gpg-key:bitbucket",
    WRITE_GPG_KEY = "write:gpg-key:bitbucket",
    DELETE_GPG_KEY = "delete:gpg-key:bitbucket",
    READ_PERMISSION = "read:permission:bitbucket",
    WRITE_PERMISSION = "write:permission:bitbucket",
    DELETE_PERMISSION = "delete:permission:bitbucket",
    // Offered on the token page, asked for by no documented call.
    READ_WIKI = "read:wiki:bitbucket",
    WRITE_WIKI = "write:wiki:bitbucket",
    DELETE_WIKI = "delete:wiki:bitbucket",
    READ_PACKAGE = "read:package:bitbucket",
    WRITE_PACKAGE = "write:package:bitbucket",
    DELETE_PACKAGE = "delete:package:bitbucket",
    READ_TEST = "read:test:bitbucket",
    WRITE_TEST = "write:test:bitbucket",
    DELETE_TEST = "delete:test:bitbucket",
    READ_ME = "read:me",
    READ_ACCOUNT = "read:account",
}

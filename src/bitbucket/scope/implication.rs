//! Which scopes contain others, and how the two vocabularies meet (D2, D5).

use super::Scope;
use super::names::*;

/// A classic scope and what the documentation says it contains, closed transitively (D2).
const STATED: &[(Scope, &[Scope])] = &[
    (REPOSITORY_WRITE, &[REPOSITORY]),
    (PULLREQUEST, &[REPOSITORY]),
    (
        PULLREQUEST_WRITE,
        &[PULLREQUEST, REPOSITORY_WRITE, REPOSITORY],
    ),
    (PROJECT, &[REPOSITORY]),
    (ISSUE_WRITE, &[ISSUE]),
    (SNIPPET_WRITE, &[SNIPPET]),
];

/// What nobody states but everybody would expect: enough to stay silent, not to accuse.
const UNSTATED: &[(Scope, &[Scope])] = &[
    (ACCOUNT_WRITE, &[ACCOUNT, EMAIL]),
    (ACCOUNT, &[EMAIL]),
    (PIPELINE_WRITE, &[PIPELINE]),
    (PIPELINE_VARIABLE, &[PIPELINE, PIPELINE_WRITE]),
    (RUNNER_WRITE, &[RUNNER]),
];

/// A classic scope and the one API-token scope that every call needing it needs (D5).
const SAME: &[(Scope, Scope)] = &[
    (REPOSITORY_WRITE, WRITE_REPOSITORY),
    (REPOSITORY_DELETE, DELETE_REPOSITORY),
    (REPOSITORY, READ_REPOSITORY),
    (PULLREQUEST, READ_PULLREQUEST),
    (PULLREQUEST_WRITE, WRITE_PULLREQUEST),
    (ISSUE, READ_ISSUE),
    (PIPELINE_WRITE, WRITE_PIPELINE),
    (PIPELINE_VARIABLE, ADMIN_PIPELINE),
    (RUNNER, READ_RUNNER),
    (RUNNER_WRITE, WRITE_RUNNER),
    (EMAIL, READ_USER),
    (PROJECT, READ_PROJECT),
];

/// Whether one of `granted` contains `wanted` by the documentation. API-token scopes contain nothing.
pub(super) fn stated(granted: &[Scope], wanted: Scope) -> bool {
    contains(STATED, granted, wanted)
}

/// Whether one of `granted` may well contain `wanted`.
pub(super) fn plausible(granted: &[Scope], wanted: Scope) -> bool {
    stated(granted, wanted) || contains(UNSTATED, granted, wanted)
}

pub(super) fn granular_of(classic: Scope) -> Option<Scope> {
    SAME.iter()
        .find(|(from, _)| *from == classic)
        .map(|(_, to)| *to)
}

fn contains(table: &[(Scope, &[Scope])], granted: &[Scope], wanted: Scope) -> bool {
    table
        .iter()
        .any(|(scope, implied)| granted.contains(scope) && implied.contains(&wanted))
}

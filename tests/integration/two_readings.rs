//! The diagnosis and the sandbox each read the facts for themselves; here the two readings are held against each other.

use http::Method;
use why401::bitbucket::endpoint;
use why401::bitbucket::scope::{self, Scope, Vocabulary};
use why401::sandbox::credential::{Credential, Kind, State};
use why401::sandbox::operations::{self, Gone, Operation};
use why401::sandbox::scopes;
use why401::sandbox::store::every_scope;

/// A path of the operation as a client sends it.
fn path(operation: &Operation) -> String {
    let parts = operation.path.split('/').map(|part| match part {
        "{repo_name}-issues-{task_id}.zip" => "website-issues-1.zip",
        part if part.starts_with('{') => "x",
        part => part,
    });
    format!("/2.0{}", parts.collect::<Vec<_>>().join("/"))
}

fn names(scopes: &[Scope]) -> Vec<&str> {
    scopes.iter().map(|scope| scope.as_str()).collect()
}

#[test]
fn each_operation_needs_the_same_scopes() {
    let mut compared = 0;
    for operation in operations::all() {
        let path = path(operation);
        let about = format!("{} {path}", operation.method);
        let Some(needs) = scope::needs(&operation.method, &path) else {
            let asks_nothing = operation.classic.is_empty() && operation.granular.is_empty();
            assert!(asks_nothing, "{about}: the diagnosis does not know it");
            continue;
        };
        assert_eq!(names(needs.classic), operation.classic, "{about}");
        assert_eq!(names(needs.granular), operation.granular, "{about}");
        compared += 1;
    }
    assert!(compared > 300, "{compared}");
}

#[test]
fn the_same_operations_are_gone_on_the_same_day() {
    for operation in operations::all() {
        let path = path(operation);
        let about = format!("{} {path}", operation.method);
        let removed = endpoint::removed(&operation.method, &path, time::Date::MAX);
        match operation.gone {
            Gone::No => assert!(removed.is_none(), "{about}"),
            Gone::Always => assert_eq!(removed.map(|it| it.since), Some(None), "{about}"),
            Gone::Since(day) => {
                let since = removed.and_then(|removed| removed.since);
                assert_eq!(since, Some(day), "{about}");
            }
        }
    }
}

#[test]
fn nothing_that_the_sandbox_accepts_is_called_a_missing_scope() {
    for kind in [Kind::ApiToken, Kind::OauthAccessToken] {
        for granted in every_scope(kind) {
            let scope = Scope::named(&granted).expect("the diagnosis knows it");
            let mut credential = Credential::new(kind, State::Good, "secret".to_owned());
            credential.scopes = vec![granted.clone()];
            for operation in operations::all() {
                let required = scopes::required(operation, &credential);
                let needs = scope::needs(&operation.method, &path(operation));
                let missing = needs.map_or_else(Vec::new, |needs| scope::short_of(&[scope], needs));
                let suffices = scopes::suffice(&credential, required);
                let about = format!("{granted} for {} {}", operation.method, operation.path);
                assert!(missing.is_empty() || !suffices, "{about}: {missing:?}");
                let is_asked = |scope: &Scope| required.contains(&scope.as_str());
                assert!(missing.iter().all(is_asked), "{about}: {missing:?}");
            }
        }
    }
}

#[test]
fn access_tokens_can_have_the_same_scopes() {
    for kind in [
        Kind::RepoAccessToken,
        Kind::ProjectAccessToken,
        Kind::WorkspaceAccessToken,
    ] {
        let possible = every_scope(kind);
        let named = kind.credential_type().expect("it has a name");
        for name in every_scope(Kind::OauthAccessToken) {
            let scope = Scope::named(&name).expect("the diagnosis knows it");
            let about = format!("{kind:?}, {name}");
            assert_eq!(scope.vocabulary(), Vocabulary::Classic, "{about}");
            let grantable = scope.grantable_to(named);
            assert_eq!(grantable, possible.contains(&name), "{about}");
        }
    }
}

#[test]
fn methods_that_no_row_names_are_unknown_to_both() {
    assert!(scope::needs(&Method::PATCH, "/2.0/user").is_none());
    assert!(matches!(
        operations::find(&Method::PATCH, "/user"),
        operations::Found::OtherMethod
    ));
}

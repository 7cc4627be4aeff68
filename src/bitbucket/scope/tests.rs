//! What calls need, what scopes contain, and what is missing.

use super::*;

fn scopes(names: &str) -> Vec<Scope> {
    let list = ScopeList::parse(names);
    assert_eq!(list.unknown, 0, "{names}");
    list.known
}

fn names(scopes: &[Scope]) -> Vec<&'static str> {
    scopes.iter().map(|scope| scope.as_str()).collect()
}

#[test]
fn names_are_unique_and_belong_to_one_vocabulary() {
    let mut all: Vec<Scope> = names::CLASSIC
        .iter()
        .chain(names::GRANULAR)
        .copied()
        .collect();
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count);
    assert_eq!(
        Scope::named("repository:write").map(Scope::vocabulary),
        Some(Vocabulary::Classic)
    );
    assert_eq!(
        Scope::named("write:repository:bitbucket").map(Scope::vocabulary),
        Some(Vocabulary::Granular)
    );
}

#[test]
fn unknown_names_are_counted_and_not_kept() {
    let list = ScopeList::parse("repository, pullrequest:write ,evil\u{1b}[2J, repository");
    assert_eq!(
        (names(&list.known), list.unknown),
        (vec!["repository", "pullrequest:write"], 1)
    );
    assert_eq!(ScopeList::parse(" , "), ScopeList::default());
}

#[test]
fn what_calls_need() {
    for (method, path, classic, granular) in [
        (Method::GET, "/2.0/user", "account", "read:user:bitbucket"),
        (
            Method::GET,
            "/2.0/repositories/acme",
            "repository",
            "read:repository:bitbucket",
        ),
        (
            Method::GET,
            "/2.0/repositories/acme/site",
            "repository",
            "read:repository:bitbucket",
        ),
        (
            Method::HEAD,
            "/2.0/repositories/acme/site/src/main/a/b.rs",
            "repository",
            "read:repository:bitbucket",
        ),
        (
            Method::POST,
            "/2.0/repositories/acme/site",
            "repository:admin",
            "admin:repository:bitbucket",
        ),
        (
            Method::POST,
            "/2.0/repositories/acme/site/pullrequests",
            "pullrequest:write",
            "read:pullrequest:bitbucket write:pullrequest:bitbucket",
        ),
        (
            Method::POST,
            "/2.0/repositories/acme/site/pullrequests/7/comments",
            "pullrequest",
            "read:pullrequest:bitbucket",
        ),
        (
            Method::GET,
            "/2.0/workspaces/%7B1b67%7D/members/",
            "account",
            "read:workspace:bitbucket",
        ),
        (
            Method::GET,
            "/2.0/repositories/acme/site/issues",
            "issue",
            "read:issue:bitbucket",
        ),
        (
            Method::DELETE,
            "/2.0/repositories/acme/site/hooks/{1b67}",
            "webhook",
            "delete:webhook:bitbucket",
        ),
        (
            Method::GET,
            "/2.0/repositories/acme/site/pipelines/",
            "pipeline",
            "read:pipeline:bitbucket",
        ),
        (
            Method::POST,
            "/2.0/repositories/acme/site/commit/abc/statuses/build",
            "repository",
            "read:repository:bitbucket",
        ),
    ] {
        let needs =
            needs(&method, path).unwrap_or_else(|| panic!("{method} {path} is in the table"));
        assert_eq!(needs.classic, scopes(classic), "{method} {path}");
        assert_eq!(needs.granular, scopes(granular), "{method} {path}");
    }
    for (method, path) in [
        (Method::GET, "/2.0/nothing"),
        (Method::PATCH, "/2.0/user"),
        (Method::GET, "/1.0/user"),
    ] {
        assert_eq!(needs(&method, path), None, "{method} {path}");
    }
}

#[test]
fn missing_by_the_servers_lists() {
    for (granted, required, expected) in [
        (
            "read:user:bitbucket",
            "read:repository:bitbucket",
            vec!["read:repository:bitbucket"],
        ),
        (
            "write:repository:bitbucket",
            "read:repository:bitbucket",
            vec!["read:repository:bitbucket"],
        ),
        ("repository", "repository:admin", vec!["repository:admin"]),
        ("repository:write", "repository webhook", vec!["webhook"]),
        ("pullrequest:write", "repository", vec!["repository"]),
        ("", "account", vec!["account"]),
        ("", "read:user:bitbucket", vec!["read:user:bitbucket"]),
        ("repository", "repository", vec![]),
        (
            "read:user:bitbucket",
            "pullrequest:write",
            vec!["write:pullrequest:bitbucket"],
        ),
        ("read:user:bitbucket", "account", vec![]),
        ("repository", "read:user:bitbucket", vec![]),
    ] {
        assert_eq!(
            names(&missing(&scopes(granted), &scopes(required))),
            expected,
            "{granted} / {required}"
        );
    }
}

#[test]
fn missing_by_the_table() {
    let missing = |granted: &str, method, path| {
        let needs = needs(&method, path).unwrap();
        names(&short_of(&scopes(granted), needs))
    };
    let pulls = "/2.0/repositories/acme/site/pullrequests";
    assert_eq!(
        missing("read:user:bitbucket", Method::GET, pulls),
        ["read:pullrequest:bitbucket"]
    );
    assert_eq!(
        missing("write:pullrequest:bitbucket", Method::POST, pulls),
        ["read:pullrequest:bitbucket"]
    );
    assert_eq!(
        missing("repository", Method::POST, pulls),
        ["pullrequest:write"]
    );
    assert!(
        missing("pullrequest:write", Method::GET, pulls).is_empty(),
        "implied"
    );
    assert!(
        missing(
            "pipeline:write",
            Method::GET,
            "/2.0/repositories/a/b/pipelines"
        )
        .is_empty(),
        "not stated"
    );
    assert_eq!(
        missing(
            "project:admin",
            Method::GET,
            "/2.0/workspaces/acme/projects"
        ),
        ["project"],
        "documented as not implied"
    );
    assert!(
        missing("", Method::GET, pulls).is_empty(),
        "no vocabulary to compare in"
    );
    assert!(
        missing("repository read:user:bitbucket", Method::GET, pulls).is_empty(),
        "two vocabularies"
    );
    assert!(
        missing("repository", Method::GET, "/2.0/users/jane").is_empty(),
        "none documented"
    );
}

#[test]
fn access_tokens_cannot_have_every_scope() {
    let grantable =
        |name: &str, kind: &str| Scope::named(name).is_some_and(|scope| scope.grantable_to(kind));
    assert!(grantable("repository:write", "repo_access_token"));
    assert!(!grantable("project", "repo_access_token"));
    assert!(grantable("project", "project_access_token"));
    assert!(grantable("account", "workspace_access_token"));
    for name in ["issue", "wiki", "snippet", "email"] {
        assert!(!grantable(name, "workspace_access_token"), "{name}");
        assert!(!grantable(name, ""), "{name}");
    }
}

#[test]
fn what_an_api_token_lacks_in_its_own_names() {
    let own = |missing: &str, call: Option<(Method, &str)>| {
        let needs = call.and_then(|(method, path)| needs(&method, path));
        names(&for_api_token(&scopes(missing), needs))
    };
    let user = Some((Method::GET, "/2.0/user"));
    assert_eq!(own("account", user.clone()), ["read:user:bitbucket"]);
    assert_eq!(own("repository", user), ["read:repository:bitbucket"]);
    assert_eq!(own("repository", None), ["read:repository:bitbucket"]);
    assert_eq!(own("account", None), ["account"], "several, by the call");
    let kept = "read:runner:bitbucket";
    assert_eq!(own(kept, None), [kept]);
}

#[test]
fn one_of_those_that_are_accepted_is_enough() {
    let short = |granted: &str, accepted: &str| {
        names(&short_of_accepted(&scopes(granted), &scopes(accepted)))
    };
    assert!(short("pullrequest:write", "repository").is_empty());
    assert!(short("repository", "repository project").is_empty());
    assert!(short("read:repository:bitbucket", "repository").is_empty());
    assert_eq!(
        short("repository", "repository:admin"),
        ["repository:admin"]
    );
}

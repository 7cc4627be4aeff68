//! The table of operations, and how paths find their row.

use super::*;

#[test]
fn the_table_has_as_many_rows_as_the_documentation_has_operations() {
    let current = all().iter().filter(|operation| operation.gone == Gone::No);
    assert_eq!(current.count(), 293);
    assert_eq!(all().len(), 339);
}

fn path_of(method: &Method, path: &str) -> Option<&'static str> {
    match find(method, path) {
        Found::Operation(operation, _) => Some(operation.path),
        _ => None,
    }
}

#[test]
fn every_template_leads_to_its_own_operation() {
    for operation in all() {
        let path = operation.path.replace(['{', '}'], "");
        assert_eq!(
            path_of(&operation.method, &path),
            Some(operation.path),
            "{} {path}",
            operation.method
        );
    }
}

#[test]
fn words_of_a_template_come_before_its_parameters() {
    let of_repository = "/repositories/{workspace}/{repo_slug}";
    for (path, expected) in [
        ("/pullrequests/activity", "/pullrequests/activity"),
        ("/pullrequests/12", "/pullrequests/{pull_request_id}"),
        ("/refs/branches/feature/x", "/refs/branches/{name}"),
        ("/src/main/a/b.txt", "/src/{commit}/{path}"),
        ("/src/main/", "/src/{commit}/{path}"),
        ("/commits/", "/commits"),
    ] {
        let found = path_of(&Method::GET, &format!("/repositories/acme/website{path}"));
        let found = found.and_then(|found| found.strip_prefix(of_repository));
        assert_eq!(found, Some(expected), "{path}");
    }
    assert_eq!(path_of(&Method::HEAD, "/user"), Some("/user"));
}

#[test]
fn parameters_are_decoded() {
    let Found::Operation(_, parameters) = find(&Method::GET, "/workspaces/%7Ba%2fb%7D") else {
        panic!("not found");
    };
    assert_eq!(parameters["workspace"], "{a/b}");
}

#[test]
fn what_is_no_path_of_ours_is_nothing() {
    for path in [
        "",
        "/",
        "user",
        "//",
        "/repositories//website",
        "/users/%ff",
        "/users/%4",
        "/users/%+1",
        "/user/x",
    ] {
        assert!(matches!(find(&Method::GET, path), Found::Nothing), "{path}");
    }
    assert!(matches!(find(&Method::PATCH, "/user"), Found::OtherMethod));
}

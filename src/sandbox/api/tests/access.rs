//! Who gets where.

use super::*;
use crate::sandbox::reading::Disputed;
use http::StatusCode;

const WEBSITE: &str = "/2.0/repositories/acme/website";
const HANDBOOK: &str = "/2.0/repositories/acme/handbook";

fn anonymous(bitbucket: &Bitbucket, target: &str) -> Answer {
    answer(&call(Method::GET, target), b"", bitbucket)
}

#[test]
fn without_credentials_only_what_is_public_is_seen() {
    let bitbucket = bitbucket();
    for target in [
        HANDBOOK,
        "/2.0/repositories/acme/handbook/pullrequests",
        "/2.0/repositories/acme",
        "/2.0/hook_events",
        "/2.0/users/jdoe",
    ] {
        let answer = anonymous(&bitbucket, target);
        assert_eq!(answer.status, StatusCode::OK, "{target}");
        assert_eq!(header(&answer, "x-oauth-scopes"), None, "{target}");
    }
    let listed = json(&anonymous(&bitbucket, "/2.0/repositories/acme"));
    assert_eq!(listed["size"], 1);
    assert_eq!(listed["values"][0]["slug"], "handbook");
    for target in ["/2.0/user", WEBSITE, "/2.0/user/workspaces"] {
        let answer = anonymous(&bitbucket, target);
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{target}");
        assert_eq!(header(&answer, "server"), Some("envoy"), "{target}");
        assert!(header(&answer, "www-authenticate").is_some(), "{target}");
    }
}

#[test]
fn a_private_repository_is_not_found_by_strangers_in_the_other_reading() {
    let bitbucket = bitbucket_on(TODAY, Reading::from_iter([Disputed::B16]));
    let answer = anonymous(&bitbucket, WEBSITE);
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(message(&answer).starts_with("You may not have access"));
}

#[test]
fn what_may_not_be_seen_looks_like_what_is_not_there() {
    for target in [
        "/2.0/repositories/globex/vault",
        "/2.0/repositories/acme/no-such",
        "/2.0/repositories/nowhere/website",
    ] {
        let answer = get(target);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{target}");
        assert!(
            message(&answer).ends_with("make sure you are authenticated."),
            "{target}"
        );
        // Seen on a 404 whose text doubts it: the credential was recognised (I10).
        assert_eq!(header(&answer, "x-credential-type"), Some("api_token"));
    }
    let foreign = get("/2.0/workspaces/globex");
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    assert_eq!(
        message(&foreign),
        "You do not have access to view this workspace."
    );
    assert_eq!(json(&foreign)["error"].get("detail"), None);
    assert_eq!(
        message(&get("/2.0/workspaces/nowhere")),
        "Resource not found"
    );
}

#[test]
fn access_tokens_reach_no_more_than_they_are_bound_to() {
    let token = holding(Kind::RepoAccessToken, &["repository", "repository:write"]);
    let status = |method, target| ask(&bitbucket(), &token, method, target).status;
    assert_eq!(status(Method::GET, WEBSITE), StatusCode::OK);
    assert_eq!(status(Method::GET, HANDBOOK), StatusCode::OK);
    let other = "/2.0/repositories/acme/deployment";
    assert_eq!(status(Method::GET, other), StatusCode::NOT_FOUND);
    let write = "/2.0/repositories/acme/handbook/refs/branches";
    assert_eq!(status(Method::POST, write), StatusCode::FORBIDDEN);
    let list = ask(&bitbucket(), &token, Method::GET, "/2.0/repositories/acme");
    let slugs: Vec<_> = json(&list)["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|repository| repository["slug"].clone())
        .collect();
    assert_eq!(slugs, ["website", "handbook"]);
}

#[test]
fn what_a_workspace_or_repository_forbids_is_no_matter_of_scopes() {
    let token = holding(
        Kind::ApiToken,
        &[
            "read:repository:bitbucket",
            "write:repository:bitbucket",
            "read:pullrequest:bitbucket",
            "write:pullrequest:bitbucket",
        ],
    );
    let answer = |method, target: &str| ask(&bitbucket(), &token, method, target);
    let listed_only = answer(Method::GET, "/2.0/repositories/acme-bank/ledger");
    assert_eq!(listed_only.status, StatusCode::FORBIDDEN);
    assert!(listed_only.body.is_empty());
    let merge = "/2.0/repositories/acme/deployment/pullrequests/9/merge";
    let merged = answer(Method::POST, merge);
    assert_eq!(merged.status, StatusCode::FORBIDDEN);
    assert_eq!(
        json(&merged)["error"]["message"],
        "BRANCH_PERMISSION_VIOLATED"
    );
    let elsewhere = answer(Method::POST, &merge.replace("deployment", "website"));
    assert_eq!(elsewhere.status, StatusCode::OK);
    let read = answer(Method::GET, &merge.replace("/merge", ""));
    assert_eq!(read.status, StatusCode::OK);
}

#[test]
fn access_tokens_are_no_people() {
    let token = holding(Kind::WorkspaceAccessToken, &["account", "repository"]);
    for (method, target) in [
        (Method::GET, "/2.0/user"),
        (Method::GET, "/2.0/user/workspaces"),
        (Method::GET, "/2.0/users/jdoe/ssh-keys"),
        (Method::POST, "/2.0/repositories/acme/website/deploy-keys"),
        (
            Method::GET,
            "/2.0/repositories/acme/website/permissions-config/users",
        ),
    ] {
        let answer = ask(&bitbucket(), &token, method, target);
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{target}");
        assert_eq!(
            message(&answer),
            "This API is not accessible by this authentication mechanism",
            "{target}"
        );
        // B4.
        assert_eq!(
            header(&answer, "x-credential-type"),
            Some("workspace_access_token")
        );
        assert_eq!(
            header(&answer, "x-oauth-scopes"),
            Some("account, repository")
        );
    }
    let otherwise = bitbucket_on(TODAY, Reading::from_iter([Disputed::B19]));
    let answer = ask(&otherwise, &token, Method::GET, "/2.0/user");
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[test]
fn only_apps_manage_apps() {
    let answer = ask(
        &bitbucket(),
        &holding(Kind::OauthAccessToken, &["account"]),
        Method::DELETE,
        "/2.0/addon",
    );
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(message(&answer), "Authentication must use app JWT");
    assert_eq!(header(&answer, "x-credential-type"), None);
}

#[test]
fn the_keys_of_others_are_theirs() {
    assert_eq!(get("/2.0/users/jdoe/ssh-keys").status, StatusCode::OK);
    assert_eq!(get("/2.0/users/sroe").status, StatusCode::OK);
    let answer = get("/2.0/users/sroe/ssh-keys");
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(message(&answer), "Forbidden");
}

#[test]
fn a_method_that_is_not_there_is_blamed_on_the_token() {
    let token = holding(Kind::ApiToken, &["read:user:bitbucket"]);
    let answer = ask(&bitbucket(), &token, Method::PATCH, "/2.0/user");
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(
        answer.body,
        "This endpoint does not support token-based authentication"
    );
    for target in [
        "/2.0/nothing",
        "/2.0",
        "/2.0/repositories//website",
        "/3.0/user",
    ] {
        let answer = ask(&bitbucket(), &token, Method::GET, target);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{target}");
        assert_eq!(message(&answer), "Resource not found", "{target}");
    }
}

#[test]
fn a_broken_body_is_found_before_a_missing_scope_in_a_build_status_only() {
    let token = holding(Kind::ApiToken, &["read:user:bitbucket"]);
    let bitbucket = bitbucket();
    bitbucket.store.add(token.clone());
    let status = |method, path: &str, body: &[u8]| {
        let target = format!("{WEBSITE}{path}");
        answer(&call_by(&token, method, &target), body, &bitbucket).status
    };
    let build = "/commit/main/statuses/build";
    assert_eq!(status(Method::POST, build, b"{"), StatusCode::BAD_REQUEST);
    assert_eq!(status(Method::POST, build, b"{}"), StatusCode::FORBIDDEN);
    let change = status(Method::PUT, "/pullrequests/8", b"{");
    assert_eq!(change, StatusCode::FORBIDDEN);
}

//! Operations that are no longer there.

use super::*;
use crate::sandbox::operations::Gone;
use crate::sandbox::reading::Disputed;
use http::StatusCode;

#[test]
fn each_works_until_its_day_and_is_gone_from_then_on() {
    for operation in operations::all() {
        let Gone::Since(day) = operation.gone else {
            continue;
        };
        let parts = operation.path.split('/').map(|part| match part {
            "{workspace}" => "acme",
            "{repo_slug}" => "website",
            part if part.starts_with('{') => "1",
            part => part,
        });
        let target = format!("/2.0{}", parts.collect::<Vec<_>>().join("/"));
        let on = |date| {
            let bitbucket = bitbucket_on(date, Reading::default());
            let token = bitbucket.store.first(Kind::ApiToken, State::Good).unwrap();
            let call = call_by(&token, operation.method.clone(), &target);
            answer(&call, b"", &bitbucket).status
        };
        let day = day.midnight().as_utc();
        let before = on(day - time::Duration::SECOND);
        assert_eq!(before, operation.status, "{} {target}", operation.method);
        assert_eq!(on(day), StatusCode::GONE, "{} {target}", operation.method);
    }
}

#[test]
fn what_is_gone_names_the_change_if_it_has_a_number() {
    for (target, expected) in [
        (
            "/2.0/workspaces",
            "CHANGE-2770 - Functionality has been deprecated",
        ),
        (
            "/2.0/repositories",
            "CHANGE-2770 - Functionality has been deprecated",
        ),
        (
            "/2.0/snippets",
            "CHANGE-2770 - Functionality has been deprecated",
        ),
        ("/2.0/repositories/acme/website/issues", "Resource removed"),
        ("/1.0/repositories/acme/website", "Resource removed"),
    ] {
        let answer = get(target);
        assert_eq!(answer.status, StatusCode::GONE, "{target}");
        assert_eq!(message(&answer), expected, "{target}");
    }
    let data = json(&get("/2.0/workspaces"))["data"]["announcement_url"].clone();
    assert_eq!(
        data,
        "https://developer.atlassian.com/cloud/bitbucket/changelog#CHANGE-2770"
    );
}

#[test]
fn lists_across_workspaces_are_not_found_in_the_other_reading() {
    let bitbucket = bitbucket_on(TODAY, Reading::from_iter([Disputed::I4]));
    let token = bitbucket.store.first(Kind::ApiToken, State::Good).unwrap();
    let call = call_by(&token, Method::GET, "/2.0/workspaces");
    let answer = answer(&call, b"", &bitbucket);
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(message(&answer), "Resource not found");
}

//! Lists in pages.

use super::*;
use http::StatusCode;

const PULL_REQUESTS: &str = "/2.0/repositories/acme/website/pullrequests";

#[test]
fn a_client_that_follows_next_sees_each_thing_once() {
    let mut target = format!("{PULL_REQUESTS}?state=OPEN&state=MERGED&pagelen=7");
    let mut seen = Vec::new();
    loop {
        let page = json(&get(&target));
        assert_eq!(page["size"], 22);
        let values = page["values"].as_array().unwrap();
        seen.extend(values.iter().map(|it| it["id"].as_u64().unwrap()));
        let Some(next) = page["next"].as_str() else {
            assert_eq!(page["page"], 4);
            break;
        };
        target = next
            .strip_prefix("https://api.bitbucket.org")
            .unwrap()
            .to_owned();
    }
    let expected: Vec<u64> = (1..=23).rev().filter(|id| *id != 7).collect();
    assert_eq!(seen, expected);
}

#[test]
fn the_links_of_a_page_lead_to_its_neighbours() {
    let page = json(&get(&format!(
        "{PULL_REQUESTS}?page=2&pagelen=5&q=x%20y&access_token=x"
    )));
    let link =
        |page| format!("https://api.bitbucket.org{PULL_REQUESTS}?pagelen=5&q=x%20y&page={page}");
    assert_eq!(page["next"], link(3));
    assert_eq!(page["previous"], link(1));
    assert_eq!(page["values"].as_array().unwrap().len(), 5);
    let only = json(&get("/2.0/repositories/acme/website/refs/tags"));
    assert_eq!(only.get("next"), None);
    assert_eq!(only.get("previous"), None);
}

#[test]
fn pages_that_there_cannot_be_are_refused() {
    for (query, status, expected) in [
        ("page=0", StatusCode::BAD_REQUEST, "Invalid page"),
        ("page=x", StatusCode::BAD_REQUEST, "Invalid page"),
        ("page=2/", StatusCode::BAD_REQUEST, "Invalid page"),
        ("page=-1", StatusCode::BAD_REQUEST, "Invalid page"),
        ("page=99", StatusCode::NOT_FOUND, "Invalid page"),
        (
            "page=18446744073709551615",
            StatusCode::NOT_FOUND,
            "Invalid page",
        ),
        ("pagelen=0", StatusCode::BAD_REQUEST, "Invalid pagelen"),
        ("pagelen=51", StatusCode::BAD_REQUEST, "Invalid pagelen"),
        ("pagelen=ten", StatusCode::BAD_REQUEST, "Invalid pagelen"),
    ] {
        let answer = get(&format!("{PULL_REQUESTS}?{query}"));
        assert_eq!(answer.status, status, "{query}");
        assert_eq!(message(&answer), expected, "{query}");
    }
    let commits = "/2.0/repositories/acme/website/commits?pagelen=100";
    assert_eq!(get(commits).status, StatusCode::OK);
}

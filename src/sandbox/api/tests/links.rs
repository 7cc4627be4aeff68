//! Whoever follows the links of the answers gets somewhere.

use super::*;
use std::collections::HashSet;

/// Lists, and what they are lists of.
const STARTS: &[&str] = &[
    "/2.0/user",
    "/2.0/user/workspaces",
    "/2.0/user/emails",
    "/2.0/hook_events",
    "/2.0/workspaces/acme",
    "/2.0/workspaces/acme/members",
    "/2.0/repositories/acme",
    "/2.0/snippets/acme",
    "/2.0/repositories/acme/website/src",
    "/2.0/repositories/acme/website/pipelines",
    "/2.0/repositories/acme/website/permissions-config/users",
];

#[test]
fn no_link_leads_nowhere() {
    let bitbucket = bitbucket();
    let token = bitbucket.store.first(Kind::ApiToken, State::Good).unwrap();
    let mut open: Vec<String> = STARTS.iter().map(|start| (*start).to_owned()).collect();
    let mut seen = HashSet::new();
    while let Some(target) = open.pop() {
        // Enough is enough: the pages of one list are all alike.
        if seen.len() > 400 || !seen.insert(target.clone()) {
            continue;
        }
        if is_forbidden(&target) {
            continue;
        }
        let answer = answer(&call_by(&token, follow(&target), &target), b"", &bitbucket);
        assert!(!answer.status.is_client_error(), "{target}: {answer:?}");
        if let Ok(body) = serde_json::from_slice::<Value>(&answer.body) {
            collect(&body, &mut open);
        }
    }
    assert!(seen.len() > 100, "{}", seen.len());
}

/// Some lead to what is there, and not for everybody.
fn is_forbidden(target: &str) -> bool {
    target.contains("/acme-bank/ledger")
        || target.contains("/acme/deployment/") && target.ends_with("/merge")
}

/// Some links are there to be posted to.
fn follow(target: &str) -> Method {
    match target.rsplit('/').next() {
        Some("approve" | "merge" | "decline") => Method::POST,
        _ => Method::GET,
    }
}

fn collect(value: &Value, links: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, links)),
        Value::Object(members) => members.values().for_each(|value| collect(value, links)),
        Value::String(text) => {
            links.extend(
                text.strip_prefix("https://api.bitbucket.org")
                    .map(str::to_owned),
            );
        }
        _ => {}
    }
}

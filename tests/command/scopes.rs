//! `why401 scopes`: what calls need, by themselves, from lists, logs and records.

use crate::run::{Outcome, fed, outcome};
use serde_json::{Value, json};
use std::fs;
use why401::sandbox::operations::{self, Gone, Operation};

/// With this on standard input.
fn piped(arguments: &[&str], input: &str) -> Outcome {
    fed(&[&["scopes"], arguments].concat(), input)
}

fn rows(outcome: &Outcome) -> Vec<Value> {
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
    outcome.lines()
}

/// As a client sends it, in one of several spellings.
fn call(at: usize, operation: &Operation) -> (String, String) {
    let values = ["acme", "{1b671a64-40d5}", "%7B1b671a64%7D"];
    let parts = operation.path.split('/').map(|part| match part {
        "{repo_name}-issues-{task_id}.zip" => "site-issues-1.zip",
        part if part.starts_with('{') => values[at % values.len()],
        part => part,
    });
    let slash = ["", "/"][at % 2];
    let path = format!("/2.0{}{slash}", parts.collect::<Vec<_>>().join("/"));
    let host = ["", "https://api.bitbucket.org", "api.bitbucket.org"][at % 3];
    let query = ["", "?pagelen=100&q=size>100"][at / 2 % 2];
    (format!("{} {host}{path}{query}", operation.method), path)
}

#[test]
fn every_operation_answers_as_documented() {
    let operations = operations::all();
    let calls: Vec<_> = (0..)
        .zip(operations)
        .map(|(at, operation)| call(at, operation))
        .collect();
    let lines: Vec<_> = calls.iter().map(|(line, _)| line.as_str()).collect();
    let rows = rows(&piped(
        &["--format", "jsonl", "--at=2026-11-24"],
        &lines.join("\n"),
    ));
    assert_eq!(rows.len(), 339);
    for ((operation, (_, path)), row) in operations.iter().zip(&calls).zip(&rows) {
        let status = if operation.gone == Gone::No {
            "current"
        } else {
            "removed"
        };
        let expected = json!({
            "method": operation.method.as_str(),
            "path": path,
            "operation": operation.path,
            "classic": operation.classic,
            "api_token": operation.granular,
            "status": status,
        });
        assert_eq!(*row, expected);
    }
    let current = rows.iter().filter(|row| row["status"] == "current");
    assert_eq!(current.count(), 293);
}

#[test]
fn an_operation_is_removed_from_its_day_on() {
    let status = |call: &str, day: &str| {
        let outcome = outcome(&["scopes", call, "--format=jsonl", "--at", day]);
        rows(&outcome)[0]["status"].clone()
    };
    for (call, before, day) in [
        ("GET /2.0/workspaces", "2026-04-13", "2026-04-14"),
        (
            "POST /2.0/repositories/a/b/issues",
            "2026-08-19",
            "2026-08-20",
        ),
    ] {
        assert_eq!(
            (status(call, before), status(call, day)),
            (json!("current"), json!("removed"))
        );
    }
    assert_eq!(status("GET /2.0/snippets", "2020-01-01"), "removed");
}

#[test]
fn one_object_a_line_in_order_also_for_what_nobody_knows() {
    let rows = rows(&piped(
        &["-", "--format=jsonl"],
        "PATCH /2.0/user\n\nGET /2.0/nothing?access_token=x\nGET /2.0/user\r\n",
    ));
    let unknown = |method: &str, path: &str| json!({"method": method, "path": path, "operation": null, "classic": [], "api_token": [], "status": null});
    assert_eq!(
        rows,
        [
            unknown("PATCH", "/2.0/user"),
            unknown("", ""),
            unknown("GET", "/2.0/nothing"),
            json!({"method": "GET", "path": "/2.0/user", "operation": "/user", "classic": ["account"],
                   "api_token": ["read:user:bitbucket"], "status": "current"}),
        ]
    );
}

#[test]
fn people_get_each_call_and_the_least_for_all() {
    let outcome = outcome(&[
        "scopes",
        "GET /2.0/repositories/acme/site",
        "POST /2.0/repositories/acme/site/pullrequests",
        "GET /2.0/workspaces",
        "GET /user",
        "--at=2026-11-24",
    ]);
    let expected = "\
GET /2.0/repositories/acme/site
  what  /repositories/{workspace}/{repo_slug}
  api   read:repository:bitbucket
  oauth repository

POST /2.0/repositories/acme/site/pullrequests
  what  /repositories/{workspace}/{repo_slug}/pullrequests
  api   read:pullrequest:bitbucket write:pullrequest:bitbucket
  oauth pullrequest:write

GET /2.0/workspaces
  what  /workspaces
  gone  removed on 2026-04-14; call /2.0/user/workspaces instead
  api   read:user:bitbucket read:workspace:bitbucket
  oauth account

GET /user
  what  unknown: a call begins with /2.0/ or https://

The least for all 4 calls
  api   read:pullrequest:bitbucket read:repository:bitbucket
        write:pullrequest:bitbucket
  oauth pullrequest:write
  note  not counted: 1 removed, 1 unknown

";
    assert_eq!(outcome.out, expected);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
}

#[test]
fn git_is_a_call_too() {
    let outcome = outcome(&["scopes", "git", "push", "origin", "main"]);
    assert_eq!(
        outcome.out,
        "git push\n  what  git push\n  api   read:repository:bitbucket write:repository:bitbucket\n  \
         oauth repository:write\n\n"
    );
}

const HAR: &str = r#"{"log": {"version": "1.2", "entries": [
  {"request": {"method": "GET", "url": "https://api.bitbucket.org/2.0/repositories/acme/site", "headers": [{"name": "Authorization", "value": "Bearer abc"}]},
   "response": {"status": 200, "headers": [{"name": "X-OAuth-Scopes", "value": "repository:write, webhook"}]}},
  {"request": {"method": "GET", "url": "https://api.bitbucket.org/2.0/repositories/acme/site/pullrequests?q=x", "headers": [{"name": "Authorization", "value": "Bearer abc"}]},
   "response": {"status": 0, "headers": []}},
  {"request": {"method": "GET", "url": "https://www.example.com/", "headers": []},
   "response": {"status": 200, "headers": []}}
]}}"#;

#[test]
fn a_har_gives_the_least_set_and_what_is_granted_beyond_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recording.har");
    fs::write(&file, HAR).unwrap();
    let file = file.to_str().unwrap();
    let whole: Value =
        serde_json::from_str(&outcome(&["scopes", file, "--format=json"]).out).unwrap();
    let operations: Vec<_> = whole["calls"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["operation"])
        .collect();
    let repository = "/repositories/{workspace}/{repo_slug}";
    assert_eq!(
        operations,
        [
            &json!(repository),
            &json!(format!("{repository}/pullrequests")),
            &Value::Null
        ]
    );
    assert_eq!(
        whole["least"],
        json!({"classic": ["pullrequest"], "api_token": ["read:pullrequest:bitbucket", "read:repository:bitbucket"]})
    );
    let credential = &whole["credentials"][0];
    assert_eq!(
        credential["granted"],
        json!(["repository:write", "webhook"])
    );
    assert_eq!(credential["excess"], json!(["repository:write", "webhook"]));
    let text = outcome(&["scopes", file]).out;
    assert!(
        text.contains("\n  has   repository:write webhook\n"),
        "{text}"
    );
    assert!(
        text.contains("\n  extra repository:write webhook\n"),
        "{text}"
    );
    let lines = rows(&piped(&["--format=jsonl"], HAR));
    assert_eq!(lines, *whole["calls"].as_array().unwrap());
}

#[test]
fn a_log_gives_the_calls_that_were_refused() {
    let event = |path: &str, granted: &str| {
        format!(
            r#"{{"timestamp":"2026-11-24T16:40:12.345Z","event":"auth_diagnosis","auth.fingerprint":"k3v0"{granted},"http.request.method":"GET","url.path":"{path}","server.address":"api.bitbucket.org"}}"#
        )
    };
    let log = [
        event("/2.0/user", ""),
        event(
            "/2.0/repositories/acme/site",
            r#","auth.granted_scopes":["read:user:bitbucket","read:issue:bitbucket"]"#,
        ),
    ];
    let outcome = piped(&[], &log.join("\n"));
    let expected = "\
Credential k3v0
  has   read:user:bitbucket read:issue:bitbucket
  needs read:repository:bitbucket read:user:bitbucket
  lacks read:repository:bitbucket
  extra read:issue:bitbucket
";
    assert!(outcome.out.contains(expected), "{}", outcome.out);
}

#[test]
fn what_cannot_be_read_is_one_line_and_the_rest_is_answered() {
    let missing = outcome(&["scopes", "nowhere.txt", "/2.0/user", "--format=jsonl"]);
    assert_eq!(missing.code, Some(1));
    assert_eq!(missing.out.lines().count(), 1);
    assert_eq!(
        missing.err,
        "why401: nowhere.txt: No such file or directory (os error 2); a call is written as 'GET /2.0/user'\n"
    );
    let both = outcome(&["scopes", "nowhere.txt", "elsewhere.txt"]);
    for name in ["nowhere.txt", "elsewhere.txt"] {
        assert!(both.err.contains(name), "{}", both.err);
    }
    let broken = piped(&[], "{\"log\": {\"entries\": [x");
    assert_eq!((broken.code, broken.out.as_str()), (Some(1), ""));
    assert!(
        broken
            .err
            .starts_with("why401: standard input: not a HAR: line 1, column "),
        "{}",
        broken.err
    );
    let wrong = outcome(&["scopes", "/2.0/user", "--at=soon"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (Some(2), ""));
}

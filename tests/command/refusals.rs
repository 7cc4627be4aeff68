//! What is wrong with a start is one line on standard error that names the place, and a code that names the side.

use crate::run::{Outcome, outcome, why401};
use std::fs;

fn refused(outcome: &Outcome, code: i32, line: &str) {
    assert_eq!(outcome.err, format!("why401: {line}\n"));
    assert_eq!(outcome.code, Some(code));
    assert_eq!(outcome.out, "", "standard output is for events only");
}

#[test]
fn an_unknown_flag_exits_2() {
    let line = "unexpected argument '--lisen' found; a similar argument exists: '--listen'; see `why401 serve --help`";
    refused(&outcome(&["serve", "--lisen", "127.0.0.1:0"]), 2, line);
}

#[test]
fn an_empty_value_is_none() {
    // As of `--state-dir "$UNSET"`, which would keep the CA in whatever folder this is.
    let line = "a value is required for '--state-dir <DIR>' but none was supplied; see `why401 serve --help`";
    refused(&outcome(&["serve", "--state-dir="]), 2, line);
}

#[test]
fn a_wrong_value_exits_2() {
    refused(
        &outcome(&["serve", "--client-http", "3"]),
        2,
        "--client-http: \"3\" does not fit: write 1.1 or 2",
    );
}

#[test]
fn a_wrong_variable_exits_2() {
    let home = tempfile::tempdir().unwrap();
    let outcome = why401(home.path())
        .arg("serve")
        .env("WHY401_LOG_FORMAT", "xml")
        .output()
        .unwrap()
        .into();
    refused(
        &outcome,
        2,
        "WHY401_LOG_FORMAT: \"xml\" does not fit: write json or pretty",
    );
}

#[test]
fn a_wrong_file_exits_2_with_line_and_column() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("why401.toml");
    fs::write(&file, "log_level = \"warn\"\nlog_every = \"often\"\n").unwrap();
    let outcome = why401(home.path())
        .args(["serve", "--config"])
        .arg(&file)
        .output()
        .unwrap()
        .into();
    let line = format!(
        "{}:2:13: log_every: write true or false, without quotes",
        file.display()
    );
    refused(&outcome, 2, &line);
}

/// H-C11: with one line of advice.
#[test]
fn an_open_proxy_exits_1_with_what_to_add() {
    let line = "--listen: 0.0.0.0:0 can be reached from other machines, and nothing says which may; \
                add for example --allow-client 10.0.0.0/8";
    refused(&outcome(&["serve", "--listen", "0.0.0.0:0"]), 1, line);
}

#[test]
fn what_is_quoted_cannot_write_to_the_terminal() {
    let refused = outcome(&["serve", "--\u{1b}[2J\n"]);
    assert!(
        !refused.err.trim_end().chars().any(char::is_control),
        "{:?}",
        refused.err
    );
    assert_eq!(refused.code, Some(2));
}

#[test]
fn a_host_that_the_first_ca_would_not_cover_is_refused_before_it_is_made() {
    let home = tempfile::tempdir().unwrap();
    let ca = home.path().join("ca");
    let outcome: Outcome = why401(home.path())
        .args(["serve", "--listen=127.0.0.1:0", "--admin-listen=none"])
        .args(["--intercept=git.example", "--ca-dir"])
        .arg(&ca)
        .output()
        .unwrap()
        .into();
    assert_eq!(outcome.code, Some(1), "{}", outcome.err);
    assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
    assert!(
        outcome.err.contains("ca rotate --for git.example"),
        "{}",
        outcome.err
    );
    assert!(
        outcome.err.contains("ca init --for git.example"),
        "{}",
        outcome.err
    );
    assert!(!ca.exists(), "a CA that cannot be used was made");
}

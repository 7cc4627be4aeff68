//! `why401 explain`: the pages of the documentation, on a terminal and for programs.

use crate::run::{outcome, why401};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;
use why401::diagnosis::registry::RULES;

fn documentation(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/mistakes");
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn markdown_is_the_documentation() {
    for (arguments, file) in [
        (vec!["explain", "--format=markdown"], "README.md"),
        (
            vec!["explain", "scope-missing", "--format=markdown"],
            "scope-missing.md",
        ),
    ] {
        let outcome = outcome(&arguments);
        assert_eq!(outcome.out, documentation(file));
        assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
    }
}

#[test]
fn a_page_is_text_without_colour_where_nobody_looks() {
    let outcome = outcome(&["explain", "api-token-with-username"]);
    assert_eq!(outcome.code, Some(0));
    assert!(!outcome.out.contains('\x1b'), "{}", outcome.out);
    let title = RULES
        .iter()
        .find(|rule| rule.slug == "api-token-with-username")
        .unwrap()
        .title;
    let start = format!("{title}\napi-token-with-username: A mistake. It is about the user name");
    assert!(outcome.out.starts_with(&start), "{}", outcome.out);
    for heading in [
        "What happened",
        "Why it fails",
        "Fix",
        "Check the repair",
        "How to tell it apart",
        "Sources",
    ] {
        assert!(
            outcome.out.contains(&format!("\n\n{heading}\n")),
            "{heading}: {}",
            outcome.out
        );
    }
    // What is to be copied is never broken.
    let mut prose = outcome.out.lines().filter(|line| !line.starts_with("    "));
    assert!(
        prose.all(|line| line.chars().count() <= 80),
        "{}",
        outcome.out
    );
}

#[test]
fn without_a_name_all_are_listed() {
    let list = outcome(&["explain"]);
    assert_eq!(list.code, Some(0));
    for rule in RULES {
        assert!(
            list.out.contains(&format!("\n{}  ", rule.slug)),
            "{}",
            rule.slug
        );
    }
    let list: Value = serde_json::from_str(&outcome(&["explain", "--format=json"]).out).unwrap();
    let names: Vec<_> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["mistake"].as_str())
        .collect();
    let expected: Vec<_> = RULES.iter().map(|rule| Some(rule.slug)).collect();
    assert_eq!(names, expected);
}

#[test]
fn json_holds_the_whole_page() {
    let page: Value =
        serde_json::from_str(&outcome(&["explain", "scope-missing", "--format=json"]).out).unwrap();
    let rule = RULES
        .iter()
        .find(|rule| rule.slug == "scope-missing")
        .unwrap();
    assert_eq!(page["mistake"], "scope-missing");
    assert_eq!(page["fix"], rule.page.fix);
    assert_eq!(page["how_to_tell_it_apart"], rule.page.how_to_tell);
    assert_eq!(page["doc"], rule.doc.unwrap());
}

#[test]
fn a_name_is_found_as_people_type_it() {
    for name in ["Scope-Missing", "scope_missing", " scope missing"] {
        let outcome = outcome(&["explain", name, "--format=markdown"]);
        assert_eq!(outcome.out, documentation("scope-missing.md"), "{name}");
    }
}

#[test]
fn a_misspelt_name_exits_2_with_its_neighbours() {
    let outcome = outcome(&["explain", "api-token-with-usrname"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(2), ""));
    let start = "why401: no finding is called \"api-token-with-usrname\"; nearest: api-token-with-username, ";
    assert!(outcome.err.starts_with(start), "{}", outcome.err);
    assert!(
        outcome.err.ends_with("; `why401 explain` lists all\n"),
        "{}",
        outcome.err
    );
}

/// On a pseudo-terminal of 60 columns; what appears there.
#[cfg(target_os = "linux")]
fn on_a_terminal(rows: u8, environment: &[(&str, &str)]) -> String {
    let home = tempfile::tempdir().unwrap();
    let program = why401(home.path())
        .get_program()
        .to_str()
        .unwrap()
        .to_owned();
    let explain = format!("stty rows {rows} cols 60; exec '{program}' explain server-error");
    let output = Command::new("script")
        .args(["--quiet", "--return", "--command", &explain, "/dev/null"])
        .env_clear()
        .env("HOME", home.path())
        .env("PATH", "/usr/bin:/bin")
        .env("SHELL", "/bin/sh")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().replace('\r', "")
}

#[cfg(target_os = "linux")]
#[test]
fn what_does_not_fit_goes_through_the_pager() {
    let paged = on_a_terminal(10, &[("PAGER", "sed 's/^/| /'"), ("NO_COLOR", "1")]);
    assert!(paged.starts_with("| "), "{paged}");
    assert!(paged.contains("\n| What happened\n"), "{paged}");
    let fits = on_a_terminal(90, &[("PAGER", "sed 's/^/| /'"), ("NO_COLOR", "1")]);
    assert!(
        !fits.contains("| ") && fits.contains("\nWhat happened\n"),
        "{fits}"
    );
    let no_pager = on_a_terminal(10, &[("PAGER", ""), ("NO_COLOR", "1")]);
    assert_eq!(no_pager, fits);
    let missing = on_a_terminal(10, &[("PAGER", "no-such-pager"), ("NO_COLOR", "1")]);
    assert!(missing.ends_with(&fits), "{missing}");
}

#[cfg(target_os = "linux")]
#[test]
fn colour_is_for_terminals_that_want_it() {
    let bold = "\x1b[1mWhat happened\x1b[0m\n";
    assert!(on_a_terminal(90, &[]).contains(bold));
    assert!(!on_a_terminal(90, &[("NO_COLOR", "1")]).contains('\x1b'));
    assert!(!on_a_terminal(90, &[("TERM", "dumb")]).contains('\x1b'));
}

//! Help, version and README agree with the program.

use crate::run::{outcome, why401};
use std::collections::BTreeSet;
use why401::output::environment::Format;
use why401::sandbox::reading::Disputed;

const README: &str = include_str!("../../README.md");
const ENV: &str = include_str!("../../docs/env.md");
const SANDBOX: &str = include_str!("../../docs/sandbox.md");

#[test]
fn the_version_says_how_old_its_knowledge_is() {
    let version = outcome(&["--version"]);
    let start = format!("why401 {} (facts as of 20", env!("CARGO_PKG_VERSION"));
    assert!(version.out.starts_with(&start), "{}", version.out);
    assert_eq!((version.code, version.err.as_str()), (Some(0), ""));
}

#[test]
fn help_fits_a_narrow_terminal() {
    let home = tempfile::tempdir().unwrap();
    for command in [
        "",
        "run",
        "serve",
        "demo",
        "explain",
        "scopes",
        "diagnose",
        "doctor",
        "ca",
        "env",
        "ca init",
        "ca path",
        "ca show",
        "ca export",
        "ca rotate",
        "ca trust",
        "ca untrust",
        "sandbox",
    ] {
        let arguments = command.split_whitespace().chain(["--help"]);
        let output = why401(home.path())
            .args(arguments)
            .env("COLUMNS", "40")
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("Usage:"), "{command}: {text}");
        for line in text.lines() {
            assert!(
                line.chars().count() <= 40,
                "{line:?} is wider than 40 columns"
            );
        }
    }
}

#[test]
fn without_a_command_the_help_is_shown_and_the_code_is_2() {
    let outcome = outcome(&[]);
    assert!(
        outcome.err.contains("Usage: why401 <COMMAND>"),
        "{}",
        outcome.err
    );
    assert_eq!(outcome.code, Some(2));
}

#[test]
fn the_readme_lists_exactly_the_flags_of_serve() {
    the_table_lists_the_flags(README, "serve");
}

#[test]
fn the_page_of_the_sandbox_lists_exactly_its_flags() {
    the_table_lists_the_flags(SANDBOX, "sandbox");
}

#[test]
fn help_and_page_of_env_name_every_format() {
    let help = outcome(&["env", "--help"]).out;
    let words: BTreeSet<&str> = help.split([' ', '\n', ',', ';']).collect();
    for format in Format::ALL {
        assert!(words.contains(format.name()), "{format} is not in the help");
        let row = format!("| `{format}` | ");
        assert!(
            ENV.lines().any(|line| line.starts_with(&row)),
            "docs/env.md lacks {row}"
        );
    }
}

fn the_table_lists_the_flags(page: &str, command: &str) {
    let help = outcome(&[command, "--help"]).out;
    let of_program: BTreeSet<&str> = help
        .lines()
        .filter_map(|line| flag(line.trim_start()))
        .collect();
    let row = |line| str::strip_prefix(line, "| `").and_then(flag);
    let of_page: BTreeSet<&str> = page.lines().filter_map(row).collect();
    assert_eq!(
        of_program, of_page,
        "left: {command} --help, right: the table"
    );
}

#[test]
fn the_page_of_the_sandbox_lists_both_readings_of_disputed_facts() {
    for one in Disputed::ALL {
        let row = format!("| {} | {} | {} |", one.fact, one.usual, one.otherwise);
        assert!(
            SANDBOX.lines().any(|line| line == row),
            "docs/sandbox.md lacks: {row}"
        );
    }
}

/// `--listen`, from a line that begins with it.
fn flag(line: &str) -> Option<&str> {
    let end = line
        .find(|c: char| !(c.is_ascii_lowercase() || c == '-'))
        .unwrap_or(line.len());
    Some(&line[..end]).filter(|flag| flag.starts_with("--"))
}

//! The demonstration as a newcomer and a script see it.

use crate::run::{Outcome, outcome, why401};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const NAMES: [&str; 6] = [
    "mistake",
    "certainty",
    "surface",
    "status",
    "fix",
    "repaired_status",
];

/// Runs it with a folder for temporary files that nothing else uses.
fn demo(temporary: &Path, arguments: &[&str]) -> Command {
    let mut command = why401(temporary);
    // Its stand-in for Bitbucket serves repositories with the machine's own git.
    command
        .arg("demo")
        .args(arguments)
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("TMPDIR", temporary);
    command
}

fn outcome_of(arguments: &[&str]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let outcome = demo(folder.path(), arguments).output().unwrap().into();
    assert_eq!(left_in(folder.path()), Vec::<String>::new());
    outcome
}

fn left_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn as_json_it_is_an_array_of_repaired_mistakes() {
    let outcome = outcome_of(&["--format", "json"]);
    assert_eq!(
        (outcome.code, outcome.err.as_str()),
        (Some(0), ""),
        "{}",
        outcome.out
    );
    let entries: Vec<Value> = serde_json::from_str(&outcome.out).unwrap();
    let mistakes: BTreeSet<&str> = entries
        .iter()
        .map(|entry| entry["mistake"].as_str().unwrap())
        .collect();
    assert!(mistakes.len() >= 20, "{mistakes:?}");
    let bare = entries.iter().filter(|entry| entry["status"] == 401);
    assert!(bare.count() >= 4);
    for entry in &entries {
        assert_eq!(entry.as_object().unwrap().len(), NAMES.len(), "{entry}");
        assert!(entry["status"].as_u64().unwrap() >= 400, "{entry}");
        assert!(entry["repaired_status"].as_u64().unwrap() < 400, "{entry}");
        assert!(["rest", "git"].contains(&entry["surface"].as_str().unwrap()));
        assert!(["proven", "likely", "possible"].contains(&entry["certainty"].as_str().unwrap()));
        assert!(!entry["fix"].as_str().unwrap().is_empty());
    }
    for line in outcome.out.lines().filter(|line| line.starts_with('{')) {
        let places = NAMES.map(|name| line.find(&format!("\"{name}\":")).unwrap());
        assert!(places.is_sorted(), "the order of members is public: {line}");
    }
}

#[test]
fn as_text_it_fits_80_columns_is_plain_in_a_pipe_and_takes_seconds() {
    let began = Instant::now();
    let outcome = outcome_of(&[]);
    assert!(began.elapsed() < Duration::from_secs(10));
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
    for line in outcome.out.lines() {
        assert!(line.chars().count() <= 80 || is_field(line), "{line:?}");
        assert!(!line.contains(char::is_control), "{line:?}");
    }
    assert!(outcome.out.starts_with("SANDBOX: "), "{}", outcome.out);
    assert_eq!(
        outcome
            .out
            .matches("very same answer, byte for byte")
            .count(),
        1
    );
    let sums = outcome
        .out
        .lines()
        .filter(|line| line.contains("mistakes named"));
    assert_eq!(sums.count(), 1, "{}", outcome.out);
}

#[test]
fn only_some_are_played_when_they_are_named() {
    let outcome = outcome_of(&["--format=json", "--only=challenge", "--only=damaged-token"]);
    let entries: Vec<Value> = serde_json::from_str(&outcome.out).unwrap();
    let mistakes: Vec<&str> = entries
        .iter()
        .map(|entry| entry["mistake"].as_str().unwrap())
        .collect();
    assert_eq!(mistakes, ["damaged-token", "challenge"]);
}

#[test]
fn an_unknown_slug_exits_2_with_its_neighbours() {
    let outcome = outcome(&["demo", "--only", "damaged-tokens"]);
    let line =
        "why401: --only \"damaged-tokens\": no finding is called so; nearest: damaged-token, ";
    assert!(outcome.err.starts_with(line), "{}", outcome.err);
    assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(2), ""));
}

#[test]
fn a_finding_without_a_story_exits_2() {
    let outcome = outcome(&["demo", "--only", "server-error"]);
    assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
    assert!(outcome.err.contains("no story about it"), "{}", outcome.err);
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(2), ""));
}

/// The one line that is never broken: it is shown to be copied.
fn is_field(line: &str) -> bool {
    line.starts_with("        x-auth-diagnosis: ")
}

/// On a pseudo-terminal of 60 columns that `script` opens.
#[cfg(target_os = "linux")]
fn on_a_terminal(no_colour: bool) -> String {
    let folder = tempfile::tempdir().unwrap();
    let shown = format!(
        "stty rows 24 columns 60; exec '{}' demo --only damaged-token",
        env!("CARGO_BIN_EXE_why401")
    );
    let mut command = Command::new("script");
    command
        .args(["--quiet", "--return", "--command", &shown, "/dev/null"])
        .env_clear()
        .env("HOME", folder.path())
        .env("PATH", "/usr/bin:/bin")
        .env("SHELL", "/bin/sh")
        .stdin(Stdio::null());
    if no_colour {
        command.env("NO_COLOR", "1");
    }
    let outcome: Outcome = command.output().unwrap().into();
    assert_eq!(outcome.code, Some(0), "{}", outcome.out);
    outcome.out.replace('\r', "")
}

#[test]
#[cfg(target_os = "linux")]
fn on_a_terminal_it_has_colours_unless_they_are_not_wanted() {
    assert!(on_a_terminal(false).contains("\u{1b}["));
    let plain = on_a_terminal(true);
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let lines = plain.lines().filter(|line| !is_field(line));
    let widest = lines.map(|line| line.chars().count()).max();
    assert!((50..=60).contains(&widest.unwrap()), "{plain}");
}

/// Killed when dropped.
struct Holding(Child);

impl Holding {
    fn interrupt(&mut self) -> Option<i32> {
        let began = Instant::now();
        let kill = format!("kill -INT {}", self.0.id());
        assert!(
            Command::new("sh")
                .args(["-c", &kill])
                .status()
                .unwrap()
                .success()
        );
        let code = self.0.wait().unwrap().code();
        assert!(
            began.elapsed() < Duration::from_secs(1),
            "{:?}",
            began.elapsed()
        );
        code
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn spawn(command: &mut Command) -> Holding {
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped());
    Holding(command.spawn().unwrap())
}

/// What it prints up to a line that begins like this.
fn read_up_to(holding: &mut Holding, beginning: &str) -> String {
    let mut text = String::new();
    let mut out = BufReader::new(holding.0.stdout.as_mut().unwrap());
    while !text
        .lines()
        .last()
        .is_some_and(|line| line.starts_with(beginning))
    {
        assert!(out.read_line(&mut text).unwrap() > 0, "it ended: {text}");
    }
    text
}

#[test]
fn held_it_says_what_to_paste_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut holding = spawn(&mut demo(folder.path(), &["--hold"]));
    let text = read_up_to(&mut holding, "python3 ");
    let value = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split('=').nth(1))
            .unwrap()
            .to_owned()
    };
    let root = value("CA=");
    assert!(Path::new(&root).starts_with(folder.path()), "{root}");
    let pem = fs::read_to_string(&root).unwrap();
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----") && !pem.contains("PRIVATE KEY"));
    assert!(value("export HTTPS_PROXY=").starts_with("http://127.0.0.1:"));
    assert_eq!(holding.interrupt(), Some(0));
    assert_eq!(left_in(folder.path()), Vec::<String>::new());
}

#[test]
fn interrupted_in_the_middle_it_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut playing = spawn(&mut demo(folder.path(), &[]));
    read_up_to(&mut playing, " 1  ");
    assert_eq!(playing.interrupt(), Some(128 + 2));
    assert_eq!(left_in(folder.path()), Vec::<String>::new());
}

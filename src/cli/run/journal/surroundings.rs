//! What is looked up when nothing was seen: the version of Node, and where git's remotes are.

use crate::child::unseen::{Ended, runtime, words};
use crate::child::variables::Variables;
use crate::telemetry::tally::Tally;
use std::ffi::{OsStr, OsString};
use std::process::{Command, Stdio};

pub fn look(command: &[OsString], tally: &Tally, user: &Variables) -> Ended {
    let text: Vec<_> = command.iter().map(|word| word.to_string_lossy()).collect();
    let mut ended = Ended {
        words: words(text.iter().map(AsRef::as_ref)),
        connects: tally.connects(),
        ..Ended::default()
    };
    // Each of them takes longer to say it than many commands take in all.
    if ended.runs_git() {
        ended.git_proxy = git_proxy(user);
        ended.remotes = remotes(user);
    }
    if runtime::is_of_node(&ended) {
        ended.node = output(user, "node", &["--version"]);
    }
    ended
}

/// Without its credentials: only the beginning of an address is looked at.
fn remotes(user: &Variables) -> Vec<String> {
    let listed = output(
        user,
        "git",
        &["config", "--get-regexp", r"^remote\..*\.url$"],
    );
    let listed = listed.unwrap_or_default();
    let address = |line: &str| Some(line.split_once(' ')?.1.to_owned());
    listed.lines().filter_map(address).collect()
}

/// Its name alone: the value may hold a password.
fn git_proxy(user: &Variables) -> Option<String> {
    let named = output(
        user,
        "git",
        &[
            "config",
            "--name-only",
            "--get-regexp",
            r"^(http\.(.*\.)?|remote\..*\.)proxy$",
        ],
    )?;
    named.lines().next().map(str::to_owned)
}

/// What a program prints, where it is there and succeeds.
fn output(user: &Variables, program: &str, arguments: &[&str]) -> Option<String> {
    let file = user.find(OsStr::new(program))?;
    let output = Command::new(file)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

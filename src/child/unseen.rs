//! Why a child ended without one exchange that was seen: the likely reasons, each with what to do.
//!
//! A reason is a pure function of what was asked for and what came of it; it is silent rather than wrong.

mod elsewhere;
mod flags;
mod git_proxy;
mod handshake;
pub mod runtime;
mod ssh_remote;

pub use ssh_remote::is_ssh_address;

use std::path::Path;

/// What is known when the child has ended.
#[derive(Clone, Debug, Default)]
pub struct Ended {
    /// The words of the command, those of a line for a shell (`sh -c '…'`) as well.
    pub words: Vec<String>,
    /// CONNECTs to hosts whose exchanges would have been seen.
    pub connects: u64,
    /// `v20.11.0`, of the Node that the command would find, where there is one.
    pub node: Option<String>,
    /// The setting of git that names a proxy.
    pub git_proxy: Option<String>,
    /// The addresses of the git repository that the command ran in.
    pub remotes: Vec<String>,
}

type Reason = fn(&Ended) -> Option<String>;

/// The surest first.
const REASONS: &[Reason] = &[
    handshake::reason,
    ssh_remote::reason,
    flags::reason,
    git_proxy::reason,
    elsewhere::reason,
    runtime::reason,
];

/// The reasons that fit, the surest first.
pub fn reasons(ended: &Ended) -> Vec<String> {
    REASONS.iter().filter_map(|reason| reason(ended)).collect()
}

impl Ended {
    /// The names of programs among the words: the command, and what it is likely to start.
    fn programs(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| name(word))
    }

    /// The first of these programs that is among the words.
    fn runs<'a>(&self, programs: &[&'a str]) -> Option<&'a str> {
        self.programs()
            .find_map(|word| programs.iter().find(|program| **program == word).copied())
    }
}

/// The words of a command; a line for a shell is one argument of many words.
pub fn words<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let is_gap = |c: char| c.is_whitespace() || ";&|()'\"`".contains(c);
    arguments
        .into_iter()
        .flat_map(|argument| argument.split(is_gap))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `python` of `/usr/bin/python3.11`.
fn name(word: &str) -> &str {
    let file = Path::new(word).file_name().and_then(|name| name.to_str());
    let name = file.unwrap_or(word);
    match name.strip_prefix("python") {
        Some(version) if version.bytes().all(|c| c.is_ascii_digit() || c == b'.') => "python",
        _ => name,
    }
}

#[cfg(test)]
fn ended(command: &[&str]) -> Ended {
    Ended {
        words: words(command.iter().copied()),
        ..Ended::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_a_shell_is_read_as_well() {
        let ended = ended(&["sh", "-c", "cd x && /usr/bin/python3.11 a.py; docker run y"]);
        assert_eq!(ended.runs(&["docker"]), Some("docker"));
        assert_eq!(ended.runs(&["python"]), Some("python"));
        assert_eq!(ended.runs(&["curl"]), None);
    }

    #[test]
    fn nothing_is_said_of_a_command_that_just_makes_no_call() {
        assert!(reasons(&ended(&["true"])).is_empty());
        assert!(reasons(&ended(&["curl", "https://example.org"])).is_empty());
        assert!(reasons(&ended(&["git", "status"])).is_empty());
    }
}

//! What the repositories hold at the start: a short history, the same on every machine.

use crate::sandbox::world::{EMAIL, OTHER_EMAIL, Repository};

pub const BRANCH: &str = "refs/heads/main";

/// Seconds of the first commit, before any date that the sandbox can live in: 2018-11-05 09:00 UTC.
const FIRST: u64 = 1_541_408_400;
const DAY: u64 = 86_400;

struct Commit {
    author: (&'static str, &'static str),
    message: &'static str,
    file: &'static str,
    text: &'static str,
}

const COMMITS: [Commit; 3] = [
    Commit {
        author: ("Jane Doe", EMAIL),
        message: "Say what this is",
        file: "README.md",
        text: "# {slug}\n\nPart of the practice workspace `{workspace}` of the why401 sandbox.\n",
    },
    Commit {
        author: ("Sam Roe", OTHER_EMAIL),
        message: "Build on every push",
        file: "bitbucket-pipelines.yml",
        text: "pipelines:\n  default:\n    - step:\n        script:\n          - ./build.sh\n",
    },
    Commit {
        author: ("Jane Doe", EMAIL),
        message: "Add the build script",
        file: "build.sh",
        text: "#!/bin/sh\nset -eu\necho \"building {slug}\"\n",
    },
];

/// The stream for `git fast-import`.
pub fn history(repository: &Repository) -> String {
    let commits = COMMITS.iter().zip(0..);
    commits
        .map(|(commit, day)| commit.stream(repository, FIRST + day * DAY))
        .collect()
}

/// One ref as the dumb protocol lists it, for a machine without git. Its commit is nobody's.
pub fn refs(repository: &Repository) -> String {
    let name: u32 = repository.slug.bytes().map(u32::from).sum();
    format!("{name:040x}\t{BRANCH}\n")
}

impl Commit {
    fn stream(&self, repository: &Repository, date: u64) -> String {
        let text = self
            .text
            .replace("{slug}", repository.slug)
            .replace("{workspace}", repository.workspace);
        let (name, email) = self.author;
        let message = format!("{}\n", self.message);
        format!(
            "commit {BRANCH}\n\
             author {name} <{email}> {date} +0000\n\
             committer {name} <{email}> {date} +0000\n\
             data {}\n{message}\
             M 100644 inline {}\n\
             data {}\n{text}\n",
            message.len(),
            self.file,
            text.len(),
        )
    }
}

//! What the repositories hold: a short history, the same on every machine, so that git and REST tell the same.

mod object;

use super::{ACCOUNTS, Account, Repository};
use time::macros::utc_datetime;
use time::{Duration, UtcDateTime};

/// All of them end at the youngest commit; the first is the main one.
pub const BRANCHES: &[&str] = &["main", "develop", "feature/login", "feature/search"];
/// All of them stand at the youngest commit.
pub const TAGS: &[&str] = &["v1.0", "v1.1", "v2.0"];

/// The first commit's, before any date that the sandbox can live in.
const FIRST: UtcDateTime = utc_datetime!(2018-11-05 9:00);

/// A commit of a repository: it adds one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// git's own name for it, 40 hexadecimal digits.
    pub hash: String,
    /// `None` for the first.
    pub parent: Option<String>,
    pub author: &'static Account,
    pub date: UtcDateTime,
    /// One line without its end.
    pub message: &'static str,
    pub file: &'static str,
    pub text: String,
}

struct Step {
    author: &'static Account,
    message: &'static str,
    file: &'static str,
    /// `{slug}` and `{workspace}` are the repository's.
    text: &'static str,
}

const STEPS: [Step; 4] = [
    Step {
        author: &ACCOUNTS[0],
        message: "Say what this is",
        file: "README.md",
        text: "# {slug}\n\nPart of the practice workspace `{workspace}` of the why401 sandbox.\n",
    },
    Step {
        author: &ACCOUNTS[1],
        message: "Build on every push",
        file: "bitbucket-pipelines.yml",
        text: "pipelines:\n  default:\n    - step:\n        script:\n          - ./build.sh\n",
    },
    Step {
        author: &ACCOUNTS[0],
        message: "Add the build script",
        file: "build.sh",
        text: "#!/bin/sh\nset -eu\necho \"building {slug}\"\n",
    },
    Step {
        author: &ACCOUNTS[0],
        message: "Greet everybody who looks",
        file: "src/app.js",
        text: "console.log(\"hello\");\n",
    },
];

/// The oldest first.
pub fn commits(repository: &Repository) -> Vec<Commit> {
    let mut commits: Vec<Commit> = Vec::new();
    for (step, day) in STEPS.iter().zip(0..) {
        let text = step.text.replace("{slug}", repository.slug);
        let mut commit = Commit {
            hash: String::new(),
            parent: commits.last().map(|parent| parent.hash.clone()),
            author: step.author,
            date: FIRST + Duration::days(day),
            message: step.message,
            file: step.file,
            text: text.replace("{workspace}", repository.workspace),
        };
        let files = commits.iter().chain([&commit]);
        let files: Vec<_> = files.map(|it| (it.file, it.text.as_str())).collect();
        commit.hash = object::commit(&commit, &files);
        commits.push(commit);
    }
    commits
}

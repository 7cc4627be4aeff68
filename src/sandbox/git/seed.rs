//! What the repositories hold at the start, in the form that git takes it in.

use crate::sandbox::world::Repository;
use crate::sandbox::world::history::{self, BRANCHES, Commit, TAGS};
use std::fmt::Write;

/// The branch that commits are made on.
pub fn main() -> String {
    format!("refs/heads/{}", BRANCHES[0])
}

/// The stream for `git fast-import`.
pub fn history(repository: &Repository) -> String {
    let main = main();
    let mut stream = String::new();
    // Writing to a string cannot fail.
    for commit in history::commits(repository) {
        let _ = stream.write_str(&of_commit(&commit, &main));
    }
    let branches = BRANCHES[1..]
        .iter()
        .map(|name| format!("refs/heads/{name}"));
    let tags = TAGS.iter().map(|name| format!("refs/tags/{name}"));
    for other in branches.chain(tags) {
        let _ = write!(stream, "reset {other}\nfrom {main}\n\n");
    }
    stream
}

/// The main branch as the dumb protocol lists it, for a machine without git.
pub fn refs(repository: &Repository) -> String {
    let commits = history::commits(repository);
    let head = commits.last().map_or("", |commit| &commit.hash);
    format!("{head}\t{}\n", main())
}

fn of_commit(commit: &Commit, branch: &str) -> String {
    let who = format!(
        "{} <{}> {} +0000",
        commit.author.name,
        commit.author.email,
        commit.date.unix_timestamp()
    );
    let message = format!("{}\n", commit.message);
    format!(
        "commit {branch}\n\
         author {who}\n\
         committer {who}\n\
         data {}\n{message}\
         M 100644 inline {}\n\
         data {}\n{}\n",
        message.len(),
        commit.file,
        commit.text.len(),
        commit.text,
    )
}

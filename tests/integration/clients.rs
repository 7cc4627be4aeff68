//! Real clients through the real program: what they send and get is the same as without it, plus the diagnosis.
//!
//! A client that is not installed is skipped, aloud; `tests/clients/run.sh` installs what it can and allows no gaps.

mod bitbucket;
mod curl;
mod git;
mod java;
mod python;
mod relay;
mod side;
mod wget;

use std::io::Write;
use std::path::PathBuf;

/// Where `name` is installed, else `None` with a word to the person who runs the tests.
pub fn installed(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file());
    if found.is_none() {
        skipped(&format!("{name} is not installed"));
    }
    found
}

/// A skipped client fails the run where all are wanted, and is never silent.
fn skipped(why: &str) {
    assert!(std::env::var_os("WHY401_ALL_CLIENTS").is_none(), "{why}");
    // Past the test harness, which would keep it to itself.
    writeln!(std::io::stderr(), "SKIPPED: {why}").ok();
}

//! What a command reads: files, or standard input, one after the other.

use super::Failure;
use super::output::say;
use crate::transcript;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use time::UtcDateTime;

/// Standard input as an argument.
pub const STDIN: &str = "-";

/// What an argument names. A person at a terminal is asked for `wanted` first.
pub fn open(argument: &str, wanted: &str) -> io::Result<Box<dyn Read>> {
    if argument != STDIN {
        return Ok(Box::new(File::open(argument)?));
    }
    if io::stdin().is_terminal() {
        say(&format!("paste {wanted}, then press Ctrl-D"));
    }
    Ok(Box::new(io::stdin().lock()))
}

/// An argument as errors name it.
pub fn name(argument: &str) -> String {
    match argument {
        STDIN => "standard input".to_owned(),
        file => file.to_owned(),
    }
}

/// Reads all of them: one that fails spoils none. Returns the last failure; those before have been said.
///
/// # Errors
/// At once when it is the output that fails.
pub fn all<S>(
    sources: &[S],
    mut read: impl FnMut(&S) -> Result<(), Failure>,
) -> Result<Option<Failure>, Failure> {
    let mut failed: Option<Failure> = None;
    for source in sources {
        match read(source) {
            Ok(()) => {}
            Err(failure @ Failure::Output(_)) => return Err(failure),
            Err(failure) => {
                if let Some(earlier) = failed.replace(failure) {
                    say(&earlier.to_string());
                }
            }
        }
    }
    Ok(failed)
}

/// A date on the command line.
pub fn date(text: &str) -> Result<UtcDateTime, String> {
    transcript::date(text).ok_or_else(|| "write 2026-11-24 or 2026-11-24T16:40:12Z".to_owned())
}

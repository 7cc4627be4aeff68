//! Writing to a person or a pipe, which may be gone: `println!` and `eprintln!` would panic then.

use super::Failure;
use crate::exit_code::ExitCode;
use std::io::{self, ErrorKind, Write};

/// What was asked for, on standard output. A reader that has seen enough (`| head -1`) is no failure.
pub fn print(bytes: &[u8]) -> Result<ExitCode, Failure> {
    let mut out = io::stdout().lock();
    let written = out.write_all(bytes).and_then(|()| out.flush());
    unless_closed(written.map(|()| ExitCode::Fine).map_err(Failure::Output))
}

/// How a command ended, for those who need not write all: a reader that has seen enough is no failure.
pub fn unless_closed(ended: Result<ExitCode, Failure>) -> Result<ExitCode, Failure> {
    match ended {
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::Fine),
        ended => ended,
    }
}

/// A line on standard error, where nothing can be done about a failure. It may quote arguments and files, which
/// shall not move the cursor.
pub fn say(line: &str) {
    let line = line.replace(char::is_control, "\u{fffd}");
    let _ = writeln!(io::stderr().lock(), "why401: {line}");
}

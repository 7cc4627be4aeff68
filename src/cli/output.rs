//! Writing to a person or a pipe, which may be gone: `println!` and `eprintln!` would panic then.

use super::Failure;
use crate::exit_code::ExitCode;
use std::io::{self, ErrorKind, Write};

/// What was asked for, on standard output. A reader that has seen enough (`| head -1`) is no failure.
pub fn print(bytes: &[u8]) -> Result<ExitCode, Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(ExitCode::Fine),
    }
}

/// A line on standard error, where nothing can be done about a failure. It may quote arguments and files, which
/// shall not move the cursor.
pub fn say(line: &str) {
    let line = line.replace(char::is_control, "\u{fffd}");
    let _ = writeln!(io::stderr().lock(), "why401: {line}");
}

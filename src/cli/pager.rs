//! What does not fit the screen goes through the reader's own pager.

use super::Failure;
use super::output::print;
use crate::exit_code::ExitCode;
use std::io::{self, IsTerminal, Seek, Write};
use std::os::unix::process::CommandExt;
use std::process::Command;

/// `PAGER` is a command line, as for man and git; without it, less, which ends by itself where all fits (`-F`). One that is not
/// there (127) has read nothing: the text is shown all the same.
const PAGER: &str = "\
export LESS=\"${LESS-FRX}\"
if [ -n \"${PAGER+set}\" ]; then
    eval \"${PAGER:-cat}\"
    code=$?
    [ $code -eq 127 ] && exec cat
    exit $code
elif command -v less >/dev/null; then
    exec less
else
    exec cat
fi";

/// Prints `text`; on a terminal with fewer lines the pager takes over.
pub fn show(text: &str) -> Result<ExitCode, Failure> {
    if io::stdout().is_terminal() && !fits(text) {
        // Returns only where there is no shell or no temporary folder: then the text is worth more than its comfort.
        let _ = become_pager(text);
    }
    print(text.as_bytes())
}

fn fits(text: &str) -> bool {
    let height = terminal_size::terminal_size().map(|(_, height)| usize::from(height.0));
    // The line of the next prompt is one of them.
    height.is_none_or(|height| text.lines().count() < height)
}

/// In place of this process, so that Ctrl-C and Ctrl-Z reach the pager alone.
fn become_pager(text: &str) -> io::Result<()> {
    let mut file = tempfile::tempfile()?;
    file.write_all(text.as_bytes())?;
    file.rewind()?;
    Err(Command::new("sh").args(["-c", PAGER]).stdin(file).exec())
}

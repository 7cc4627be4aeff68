//! A secret from the terminal, which does not show it, or from a pipe.

use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use std::io::{self, BufRead, IsTerminal, Read, StdinLock, Write};
use zeroize::Zeroizing;

/// More is no secret.
const MOST: u64 = 64 * 1024;
/// What Ctrl-C types.
const INTERRUPT: u8 = 0x03;

/// Asks a person for a line, or reads a pipe to its end. The last line end is no part of a secret.
///
/// # Errors
/// [`io::ErrorKind::Interrupted`] for Ctrl-C; the terminal shows again what is typed.
pub fn secret(question: &str) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut stdin = io::stdin().lock();
    let mut secret = Zeroizing::new(Vec::new());
    if stdin.is_terminal() {
        let silent = Silent::begin(stdin)?;
        // Only now: who answers at once is not shown either.
        let _ = write!(io::stderr(), "{question}");
        silent.line(&mut secret)?;
        let _ = writeln!(io::stderr());
    } else {
        stdin.by_ref().take(MOST).read_to_end(&mut secret)?;
    }
    let end = secret.strip_suffix(b"\n").unwrap_or(&secret);
    let length = end.strip_suffix(b"\r").unwrap_or(end).len();
    secret.truncate(length);
    Ok(secret)
}

/// A terminal that does not show what is typed, until this is dropped.
struct Silent<'a> {
    stdin: StdinLock<'a>,
    before: Termios,
}

impl<'a> Silent<'a> {
    fn begin(stdin: StdinLock<'a>) -> io::Result<Self> {
        let before = tcgetattr(&stdin)?;
        let mut silent = before.clone();
        // Ctrl-C ends the line instead of the process, which would leave the terminal silent.
        silent
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ISIG);
        silent.special_codes[SpecialCodeIndex::VEOL] = INTERRUPT;
        // What was typed before the question was not meant for it.
        tcsetattr(&stdin, OptionalActions::Flush, &silent)?;
        Ok(Self { stdin, before })
    }

    fn line(mut self, secret: &mut Vec<u8>) -> io::Result<()> {
        let mut typed = (&mut self.stdin).take(MOST);
        loop {
            let chunk = typed.fill_buf()?;
            let end = chunk
                .iter()
                .position(|byte| matches!(*byte, b'\n' | INTERRUPT));
            let length = end.map_or(chunk.len(), |end| end + 1);
            secret.extend_from_slice(&chunk[..length]);
            typed.consume(length);
            match secret.last() {
                Some(&INTERRUPT) => return Err(io::ErrorKind::Interrupted.into()),
                Some(b'\n') => return Ok(()),
                _ if length == 0 => return Ok(()),
                _ => {}
            }
        }
    }
}

impl Drop for Silent<'_> {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.stdin, OptionalActions::Flush, &self.before);
    }
}

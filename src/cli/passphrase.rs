//! The passphrase of the CA key: from a file descriptor or a terminal, never from an argument or the environment.

use super::{Failure, prompt};
use crate::secret::Secret;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use zeroize::Zeroizing;

/// More is none.
const MOST: u64 = 64 * 1024;

#[derive(Debug, clap::Args)]
pub struct PassphraseFlag {
    /// Read the passphrase of the CA key from this file descriptor; 0 asks at a terminal
    #[arg(long, value_name = "N")]
    ca_passphrase_fd: Option<u32>,
}

/// Whether a person must type the same twice: a slip would lock the key for good.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    Once,
    Twice,
}

#[derive(Debug, thiserror::Error)]
pub enum PassphraseError {
    #[error("--ca-passphrase-fd {0}: cannot read it: {1}; give the number of an open one: 3< FILE")]
    Unreadable(u32, #[source] io::Error),
    #[error("the passphrase is empty; the CA key stays as it is")]
    Empty,
    #[error("the two passphrases differ; nothing was done")]
    Differ,
    #[error("the passphrase was not read: {0}")]
    Terminal(#[source] io::Error),
}

impl PassphraseFlag {
    /// What was given; asked for at a terminal when only `is_needed` says that there is one.
    pub fn read(&self, is_needed: bool, ask: Ask) -> Result<Option<Secret>, Failure> {
        let is_terminal = io::stdin().is_terminal();
        let given = match self.ca_passphrase_fd {
            Some(0) if is_terminal => typed(ask)?,
            Some(number) => {
                of_descriptor(number).map_err(|error| PassphraseError::Unreadable(number, error))?
            }
            None if is_needed && is_terminal => typed(ask)?,
            None => return Ok(None),
        };
        let end = given.strip_suffix(b"\n").unwrap_or(&given);
        let end = end.strip_suffix(b"\r").unwrap_or(end);
        match end {
            b"" => Err(PassphraseError::Empty.into()),
            end => Ok(Some(Secret::new(end.to_vec()))),
        }
    }
}

/// By its name in the file system: taking over a bare number is not safe.
fn of_descriptor(number: u32) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(1024));
    match number {
        0 => io::stdin().lock().take(MOST).read_to_end(&mut bytes)?,
        _ => File::open(format!("/dev/fd/{number}"))?
            .take(MOST)
            .read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}

fn typed(ask: Ask) -> Result<Zeroizing<Vec<u8>>, PassphraseError> {
    let question = |text| prompt::secret(text).map_err(PassphraseError::Terminal);
    let first = question("Passphrase of the CA key (not shown): ")?;
    if ask == Ask::Twice && *question("Once more: ")? != *first {
        return Err(PassphraseError::Differ);
    }
    Ok(first)
}

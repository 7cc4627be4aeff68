//! `why401 ca rotate`: the root that comes after this one, and what that means to clients.

use super::root_path;
use crate::cli::Failure;
use crate::cli::ca::CaError;
use crate::cli::passphrase::{Ask, PassphraseFlag};
use crate::config::{self, FolderFlags};
use crate::tls::authority::{self, Rotation, is_sealed, shell};
use std::path::Path;
use time::UtcDateTime;

/// The flags of `why401 ca rotate`.
#[derive(Debug, clap::Args)]
pub struct RotateArguments {
    /// A domain that the new one can sign for as well (repeatable)
    #[arg(long = "for", value_name = "HOST")]
    hosts: Vec<String>,
    /// Let the new one sign from now on; without one, make it first
    #[arg(long)]
    activate: bool,
    #[command(flatten)]
    passphrase: PassphraseFlag,
    #[command(flatten)]
    folders: FolderFlags,
}

/// Returns what to print.
pub fn rotate(arguments: RotateArguments, now: UtcDateTime) -> Result<String, Failure> {
    let dir = config::ca_folder(arguments.folders.0)?;
    let passphrase = arguments.passphrase.read(is_sealed(&dir), Ask::Once)?;
    let (hosts, activate) = (&arguments.hosts, arguments.activate);
    let done = authority::rotate(&dir, hosts, activate, passphrase.as_ref(), now)
        .map_err(CaError::from)?;
    Ok(told(&dir, &done))
}

pub(super) fn told(dir: &Path, done: &Rotation) -> String {
    let (folder, roots) = (shell(dir), shell(&root_path(dir)));
    let what = match (done.is_active, done.is_new) {
        (true, _) => "The new root signs".to_owned(),
        (false, true) => format!("Made a second root; it signs from {} on", done.signs_from),
        (false, false) => format!(
            "The second root is made already; it signs from {} on",
            done.signs_from
        ),
    };
    let next = match done.is_active {
        true => String::new(),
        false => format!(
            "When all trust it, let it sign: why401 ca rotate --activate --ca-dir {folder}\n"
        ),
    };
    format!(
        "{what}, for {}, until {}.\n\
         Let every client trust it, a new step for each: the key of the former root is destroyed, \
         so that it cannot vouch for this one.\n\
         Both roots: {roots}\n{next}\
         A why401 serve that runs takes this up when it is started anew.\n",
        done.constraint, done.ends,
    )
}

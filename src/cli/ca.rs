//! `why401 ca`: make a CA, say where it lies, show it, export what clients must trust, let this machine trust it.

mod export;
mod rotate;
mod trust;

pub use export::{ExportFormat, export, left_out};
pub use rotate::{RotateArguments, rotate};
pub use trust::{TrustArguments, trust, untrust};

use crate::secret::Secret;
use crate::tls::authority::{
    self, Authority, AuthorityError, CaCertificate, ISSUING_CERTIFICATE, ISSUING_KEY, NEXT, Public,
    ROOT_CERTIFICATE, TAKEOVER, shell,
};
use crate::tls::constraint::{Constraint, ConstraintError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use time::UtcDateTime;

#[cfg(test)]
mod tests;

/// Why `why401 ca` did not do it, in one line.
#[derive(Debug, thiserror::Error)]
pub enum CaError {
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    #[error("--for: {0}")]
    Constraint(#[from] ConstraintError),
    #[error("cannot write {}: {source}", shell(.file))]
    Write { file: PathBuf, source: io::Error },
    #[error("this format is binary and the output a terminal; name a file with --out FILE")]
    BinaryOnTerminal,
    #[error(
        "{} can sign for any host, so it is none that why401 made; nothing was changed",
        shell(.0)
    )]
    Unlimited(PathBuf),
    #[error("cannot encode the certificate: {0}")]
    Encode(#[from] p12_keystore::error::Error),
}

impl CaError {
    /// Whether the command line is at fault (exit code 2); else something failed (1).
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Constraint(_) | Self::BinaryOnTerminal)
    }
}

/// Makes a CA in `dir` for the default domain and `for_hosts`; refuses to overwrite one. Returns
/// what to print.
pub fn init<H: AsRef<str>>(
    dir: &Path,
    for_hosts: &[H],
    passphrase: Option<&Secret>,
    now: UtcDateTime,
) -> Result<String, CaError> {
    let made = Authority::create(dir, &Constraint::widened(for_hosts)?, passphrase, now)?;
    Ok(format!(
        "Made a CA in {} that can sign for {}, until {}.\nLet clients trust its root: {}\n",
        shell(dir),
        made.constraint(),
        made.not_after().date(),
        shell(&root_path(dir)),
    ))
}

/// The path of the root certificate, absolute, on a line of its own.
pub fn path(dir: &Path) -> Result<String, CaError> {
    authority::public(dir)?;
    Ok(format!("{}\n", root_path(dir).display()))
}

/// What the CA in `dir` is, for people. Also says what keeps it from being used, if anything does.
pub fn show(dir: &Path, now: UtcDateTime) -> Result<String, CaError> {
    let found = authority::public(dir)?;
    let issuing = &found.issuing;
    let usable = match Authority::open(dir, None, now) {
        Ok(_) => "yes".to_owned(),
        Err(AuthorityError::Locked(_)) => "with its passphrase".to_owned(),
        Err(error) => format!("no: {error}"),
    };
    let key = dir.join(ISSUING_KEY);
    let mut text = facts("Root", &found.root, &dir.join(ROOT_CERTIFICATE));
    text += &facts("Issuing CA", issuing, &dir.join(ISSUING_CERTIFICATE));
    for (label, path) in [("Key", key.as_path()), ("Folder", dir)] {
        text += &line(label, &format!("{} ({})", shell(path), mode(path)));
    }
    text += &line(
        "Signs for",
        &format!("{}; never for an IP address", issuing.constraint),
    );
    text += &line("Usable", &usable);
    text += &others(dir, &found, now);
    Ok(text)
}

/// What clients must trust beside the root that signs, and what is to be done soon.
fn others(dir: &Path, found: &Public, now: UtcDateTime) -> String {
    let mut text = String::new();
    let ends = found.root.not_after.min(found.issuing.not_after);
    for root in &found.roots[1..] {
        let next = found.next.as_ref().map(|(next, _)| next.der());
        let (label, file) = match next == Some(root.der()) {
            true => ("Next root", dir.join(NEXT).join(ROOT_CERTIFICATE)),
            false => ("Also trust", dir.join(ROOT_CERTIFICATE)),
        };
        text += &facts(label, root, &file);
        if next == Some(root.der()) {
            text += &line("  signs", &format!("from {} on", (ends - TAKEOVER).date()));
        }
    }
    let next = found.next.as_ref();
    let next = next.map(|(root, issuing)| root.not_after.min(issuing.not_after));
    if let Some(notice) = authority::notice(dir, ends, next, now) {
        text += &line("Soon", &notice.to_string());
    }
    text
}

fn facts(label: &str, certificate: &CaCertificate, file: &Path) -> String {
    let validity = format!(
        "{} to {}",
        certificate.not_before.date(),
        certificate.not_after.date()
    );
    [
        line(label, &certificate.subject),
        line("  file", &shell(file)),
        line("  valid", &validity),
        line("  SHA-256", &certificate.fingerprint()),
    ]
    .concat()
}

fn line(label: &str, value: &str) -> String {
    format!("{label:<12}{value}\n")
}

fn mode(path: &Path) -> String {
    match std::fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => "a symbolic link".into(),
        Ok(metadata) => format!("mode {:04o}", metadata.mode() & 0o7777),
        Err(_) => "missing".into(),
    }
}

/// Absolute, so that the line still holds after a `cd`.
fn root_path(dir: &Path) -> PathBuf {
    let file = dir.join(ROOT_CERTIFICATE);
    std::path::absolute(&file).unwrap_or(file)
}

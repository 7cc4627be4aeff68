//! A CA folder as it lies on disk.

use super::certificate::CaCertificate;
use super::error::AuthorityError;
use super::privacy::{Facts, is_read_only, judge_folder, read_key, user};
use rcgen::{KeyPair, PublicKeyData};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

pub(crate) const ROOT_CERTIFICATE: &str = "root.pem";
pub(crate) const ISSUING_CERTIFICATE: &str = "issuing.pem";
pub(crate) const ISSUING_KEY: &str = "issuing.key";
pub(super) const FILES: [&str; 3] = [ROOT_CERTIFICATE, ISSUING_CERTIFICATE, ISSUING_KEY];

/// Far above any certificate or key.
pub(super) const MOST_BYTES: u64 = 64 * 1024;

/// A CA as read from disk, its parts fitting together.
pub(super) struct Stored {
    pub(super) root: CaCertificate,
    pub(super) issuing: CaCertificate,
    pub(super) key: KeyPair,
}

/// Reads and checks the CA in `dir`.
pub(super) fn read(dir: &Path) -> Result<Stored, AuthorityError> {
    let read_only = check(dir)?;
    let (root, issuing) = certificates(dir)?;
    let key_file = dir.join(ISSUING_KEY);
    let pem = read_key(dir, &key_file, read_only)?;
    let key = KeyPair::from_pem(&pem)
        .map_err(|_| AuthorityError::Damaged(key_file, "PEM private key"))?;
    let mismatch = |what| AuthorityError::Mismatch(dir.into(), what);
    if key.subject_public_key_info() != issuing.public_key {
        return Err(mismatch("issuing.key is not the key of issuing.pem"));
    }
    if !issuing.is_signed_by(&root) {
        return Err(mismatch("issuing.pem was not signed by root.pem"));
    }
    Ok(Stored { root, issuing, key })
}

/// The public half: root and issuing certificate.
pub(crate) fn certificates(dir: &Path) -> Result<(CaCertificate, CaCertificate), AuthorityError> {
    let root = read_certificate(dir, ROOT_CERTIFICATE)?;
    let issuing = read_certificate(dir, ISSUING_CERTIFICATE)?;
    Ok((root, issuing))
}

/// Checks that `dir` is a complete and private CA folder; true when it is mounted read-only.
/// Only the folder itself counts, links followed, not what is above it.
fn check(dir: &Path) -> Result<bool, AuthorityError> {
    let metadata = || fs::metadata(dir).map_err(|error| not_found_or(dir, error));
    if !metadata()?.is_dir() {
        return Err(AuthorityError::NotAFolder(dir.into()));
    }
    let parts = FILES.map(|file| (file, fs::symlink_metadata(dir.join(file))));
    if parts.iter().all(|(_, part)| is_missing(part)) {
        return Err(AuthorityError::Absent(dir.into()));
    }
    let read_only = is_read_only(dir);
    // Asked again: another first start may have closed or replaced the folder before it put the parts there.
    judge_folder(dir, Facts::of(&metadata()?, read_only), user())?;
    for (file, part) in parts {
        match part {
            missing if is_missing(&missing) => {
                return Err(AuthorityError::Incomplete(dir.into(), file));
            }
            Err(error) => return Err(AuthorityError::Unreadable(dir.into(), error)),
            Ok(_) => {}
        }
    }
    Ok(read_only)
}

fn read_certificate(dir: &Path, name: &'static str) -> Result<CaCertificate, AuthorityError> {
    let file = dir.join(name);
    let mut bytes = Vec::new();
    let read = File::open(&file).and_then(|open| open.take(MOST_BYTES).read_to_end(&mut bytes));
    match read {
        Err(error) if error.kind() == ErrorKind::NotFound && any_part(dir) => {
            return Err(AuthorityError::Incomplete(dir.into(), name));
        }
        Err(error) => return Err(not_found_or(dir, error)),
        Ok(_) => {}
    }
    CertificateDer::from_pem_slice(&bytes)
        .ok()
        .and_then(CaCertificate::parse)
        .ok_or(AuthorityError::Damaged(file, "PEM certificate"))
}

fn not_found_or(dir: &Path, error: io::Error) -> AuthorityError {
    let dir = PathBuf::from(dir);
    match error.kind() {
        ErrorKind::NotFound => AuthorityError::Absent(dir),
        ErrorKind::NotADirectory => AuthorityError::NotAFolder(dir),
        _ => AuthorityError::Unreadable(dir, error),
    }
}

/// Whether something is there under one of the three names, a dangling link included.
pub(super) fn any_part(dir: &Path) -> bool {
    FILES
        .into_iter()
        .any(|file| fs::symlink_metadata(dir.join(file)).is_ok())
}

fn is_missing(found: &io::Result<Metadata>) -> bool {
    found
        .as_ref()
        .is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

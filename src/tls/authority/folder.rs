//! A CA folder as it lies on disk.

use super::certificate::CaCertificate;
use super::error::AuthorityError;
use super::privacy::{Facts, is_read_only, judge_folder, read_key, user};
use super::sealed;
use crate::secret::Secret;
use rcgen::{KeyPair, PublicKeyData};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

pub(crate) const ROOT_CERTIFICATE: &str = "root.pem";
pub(crate) const ISSUING_CERTIFICATE: &str = "issuing.pem";
pub(crate) const ISSUING_KEY: &str = "issuing.key";
/// The folder of the CA that will sign, in that of the one that signs.
pub(crate) const NEXT: &str = "next";
/// The root before the last rotation, alone.
pub(crate) const PREVIOUS: &str = "previous.pem";
/// In [`NEXT`]: it signs now, and has only to be moved up.
pub(super) const ACTIVE: &str = "active";
pub(super) const FILES: [&str; 3] = [ROOT_CERTIFICATE, ISSUING_CERTIFICATE, ISSUING_KEY];

/// Far above any certificate or key.
pub(super) const MOST_BYTES: u64 = 64 * 1024;

/// A CA as read from disk, its parts fitting together.
pub(super) struct Stored {
    pub(super) root: CaCertificate,
    pub(super) issuing: CaCertificate,
    pub(super) key: KeyPair,
    /// All that clients must trust.
    pub(super) roots: Vec<CaCertificate>,
    pub(super) next: Option<Box<Self>>,
}

/// What of a CA is no secret.
pub struct Public {
    /// The root of what signs, unless its time is up and `next` has taken over.
    pub root: CaCertificate,
    pub issuing: CaCertificate,
    /// Root and issuing CA of what will sign.
    pub next: Option<(CaCertificate, CaCertificate)>,
    /// All that clients must trust.
    pub roots: Vec<CaCertificate>,
}

/// Reads and checks the CA in `dir`.
pub(super) fn read(dir: &Path, passphrase: Option<&Secret>) -> Result<Stored, AuthorityError> {
    let place = signing(dir);
    let mut stored = read_one(&place, passphrase)?;
    if place == dir && has_next(dir) {
        stored.next = Some(Box::new(read_one(&dir.join(NEXT), passphrase)?));
    }
    stored.roots = public(dir)?.roots;
    Ok(stored)
}

fn read_one(dir: &Path, passphrase: Option<&Secret>) -> Result<Stored, AuthorityError> {
    let read_only = check(dir)?;
    let (root, issuing) = pair(dir)?;
    let key_file = dir.join(ISSUING_KEY);
    let pem = read_key(dir, &key_file, read_only)?;
    let key = sealed::read(&pem, passphrase, &key_file)?;
    let mismatch = |what| AuthorityError::Mismatch(dir.into(), what);
    if key.subject_public_key_info() != issuing.public_key {
        return Err(mismatch("issuing.key is not the key of issuing.pem"));
    }
    if !issuing.is_signed_by(&root) {
        return Err(mismatch("issuing.pem was not signed by root.pem"));
    }
    Ok(Stored {
        roots: Vec::new(),
        root,
        issuing,
        key,
        next: None,
    })
}

/// Where what signs lies: an activation that was cut off has still to move it up.
fn signing(dir: &Path) -> PathBuf {
    let next = dir.join(NEXT);
    match fs::symlink_metadata(next.join(ACTIVE)) {
        Ok(_) => next,
        Err(_) => dir.to_owned(),
    }
}

pub(super) fn has_next(dir: &Path) -> bool {
    fs::symlink_metadata(dir.join(NEXT)).is_ok()
}

/// The roots that clients must trust, the signing one first, and what the folder holds beside.
pub(crate) fn public(dir: &Path) -> Result<Public, AuthorityError> {
    let place = signing(dir);
    let (root, issuing) = pair(&place)?;
    let next = match place == dir && has_next(dir) {
        true => Some(pair(&dir.join(NEXT))?),
        false => None,
    };
    let listed = match place == dir {
        true => read_certificates(dir, ROOT_CERTIFICATE)?,
        false => read_certificates(dir, ROOT_CERTIFICATE).unwrap_or_default(),
    };
    let mut roots = vec![root.clone()];
    for one in next.iter().map(|(root, _)| root).chain(&listed) {
        if roots.iter().all(|known| known.der() != one.der()) {
            roots.push(one.clone());
        }
    }
    Ok(Public {
        root,
        issuing,
        next,
        roots,
    })
}

/// Root and issuing certificate of one.
fn pair(dir: &Path) -> Result<(CaCertificate, CaCertificate), AuthorityError> {
    let mut roots = read_certificates(dir, ROOT_CERTIFICATE)?;
    let issuing = read_certificates(dir, ISSUING_CERTIFICATE)?.swap_remove(0);
    // Where none has signed it, the first is at odds with it.
    let signed = roots.iter().position(|root| issuing.is_signed_by(root));
    Ok((roots.swap_remove(signed.unwrap_or(0)), issuing))
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

/// At least one.
fn read_certificates(dir: &Path, name: &'static str) -> Result<Vec<CaCertificate>, AuthorityError> {
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
    CertificateDer::pem_slice_iter(&bytes)
        .map(|der| CaCertificate::parse(der.ok()?))
        .collect::<Option<Vec<_>>>()
        .filter(|found| !found.is_empty())
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

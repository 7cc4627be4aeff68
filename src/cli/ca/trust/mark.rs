//! How the roots of one CA folder are told apart from everything else that a store holds.

use crate::tls::authority::{CaCertificate, public};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// The common name of every root begins so; for stores in which an entry cannot be given a name.
pub(super) const COMMON_NAME: &str = "why401 root CA";

/// What our entries are called, `why401-FOLDER-ROOT`: the first half stands for the place of the CA folder, so that a
/// root is still known as ours after the CA was made anew there, or is gone. Another CA has another folder.
#[derive(Clone)]
pub struct Mark {
    prefix: String,
    /// The roots that are in the folder now.
    roots: Vec<CaCertificate>,
}

impl Mark {
    /// Reads the root in `dir`; that none can be read does not matter to those who only want to be rid of it.
    pub fn of(dir: &Path) -> Self {
        Self::new(
            dir,
            public(dir).map(|found| found.roots).unwrap_or_default(),
        )
    }

    pub(super) fn new(dir: &Path, roots: Vec<CaCertificate>) -> Self {
        let place = resolved(dir);
        Self {
            prefix: format!("why401-{}-", hex(place.as_os_str().as_bytes(), 4)),
            roots,
        }
    }

    /// Whether an entry of this name is one of ours; systems put something of their own around it.
    pub fn names(&self, name: &str) -> bool {
        name.contains(&self.prefix)
    }

    /// Whether `file` holds one of the roots of now and nothing else.
    pub fn is_root(&self, file: &[u8]) -> bool {
        let found: Vec<_> = certificates_in(file).take(2).collect();
        found.len() == 1 && found.iter().all(|one| self.has(one))
    }

    /// Whether one of the roots of now is among those of `bundle`.
    pub fn is_among(&self, bundle: &[u8]) -> bool {
        certificates_in(bundle).any(|one| self.has(&one))
    }

    /// Whether a line shows the fingerprint of one of the roots of now, as keytool and openssl write it.
    pub fn fingerprint_is_in(&self, line: &str) -> bool {
        let mut fingerprints = self.roots.iter().map(CaCertificate::fingerprint);
        fingerprints.any(|fingerprint| line.contains(&fingerprint))
    }

    fn has(&self, certificate: &CertificateDer<'_>) -> bool {
        self.roots.iter().any(|root| root.der() == certificate)
    }
}

/// The root that is to be trusted.
#[derive(Clone)]
pub struct Root {
    /// What it is called in the stores.
    pub name: String,
    /// Where it lies, absolute.
    pub file: PathBuf,
    pub certificate: CaCertificate,
}

impl Root {
    /// `name` is that of its file in `dir`, of which tools read the first certificate.
    pub fn new(dir: &Path, certificate: CaCertificate, name: &Path) -> Self {
        let prefix = Mark::new(dir, Vec::new()).prefix;
        Self {
            name: prefix + &hex(certificate.der(), 8),
            file: resolved(dir).join(name),
            certificate,
        }
    }
}

fn certificates_in(pem: &[u8]) -> impl Iterator<Item = CertificateDer<'static>> {
    CertificateDer::pem_slice_iter(pem).filter_map(Result::ok)
}

fn hex(bytes: &[u8], count: usize) -> String {
    let digest = Sha256::digest(bytes);
    let digits: Vec<String> = digest
        .iter()
        .take(count)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    digits.concat()
}

/// Absolute and without links as far as it exists, so that one folder has one name, even when it is gone.
pub(super) fn resolved(dir: &Path) -> PathBuf {
    let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let known = absolute.ancestors().find_map(|ancestor| {
        let rest = absolute.strip_prefix(ancestor).ok()?;
        let ancestor = std::fs::canonicalize(ancestor).ok()?;
        Some(match rest.as_os_str() == OsStr::new("") {
            true => ancestor,
            false => ancestor.join(rest),
        })
    });
    known.unwrap_or(absolute)
}

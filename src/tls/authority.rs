//! The local certificate authority: a root that clients trust, and the issuing CA that signs leaves.
//!
//! The root's key exists only while the issuing CA is signed; it is never written (H-A4).

mod certificate;
mod error;
mod folder;
mod made;
mod privacy;
mod publish;
#[cfg(test)]
mod tests;

pub use certificate::{CaCertificate, STORE_PASSWORD};
pub use error::AuthorityError;
pub(crate) use error::shell;
pub(crate) use folder::{ISSUING_CERTIFICATE, ISSUING_KEY, ROOT_CERTIFICATE, certificates};
pub(super) use made::random_serial;

use super::constraint::Constraint;
use made::Made;
use rcgen::{Issuer, KeyPair};
use rustls::pki_types::CertificateDer;
use std::path::{Path, PathBuf};
use time::UtcDateTime;

/// A usable CA: its certificates and the issuing key, in memory.
pub struct Authority {
    root: CaCertificate,
    root_pem: String,
    issuing: CaCertificate,
    issuer: Issuer<'static, KeyPair>,
    /// `None` when it was made in memory.
    folder: Option<PathBuf>,
}

impl Authority {
    /// The CA in `dir`, or a new one for `constraint` when there is none; true when this call made it.
    ///
    /// An existing CA keeps its own constraint. Of two first starts on one folder, one makes the CA
    /// and the other uses it.
    pub fn open_or_create(
        dir: &Path,
        constraint: &Constraint,
        now: UtcDateTime,
    ) -> Result<(Self, bool), AuthorityError> {
        match Self::open(dir, now) {
            // Incomplete may be another process in the middle of filling an existing folder:
            // `create` waits for its lock.
            Err(AuthorityError::Absent(_) | AuthorityError::Incomplete(..)) => {}
            other => return other.map(|authority| (authority, false)),
        }
        match Self::create(dir, constraint, now) {
            Err(AuthorityError::Exists(_)) => Self::open(dir, now).map(|found| (found, false)),
            other => other.map(|authority| (authority, true)),
        }
    }

    /// The CA in `dir`, if its folder and key are private and it is valid at `now`.
    pub fn open(dir: &Path, now: UtcDateTime) -> Result<Self, AuthorityError> {
        let stored = folder::read(dir)?;
        let authority = Self::assemble(stored.root, stored.issuing, stored.key, Some(dir))?;
        authority.check_validity(dir, now)?;
        Ok(authority)
    }

    /// Makes a CA in `dir`, which may be missing or empty; never overwrites one.
    pub fn create(
        dir: &Path,
        constraint: &Constraint,
        now: UtcDateTime,
    ) -> Result<Self, AuthorityError> {
        let made = Made::new(constraint, now)?;
        publish::publish(dir, &made)?;
        Self::of_made(made, Some(dir))
    }

    /// A CA that exists in this process only, as `run` and `demo` use it.
    pub fn in_memory(constraint: &Constraint, now: UtcDateTime) -> Result<Self, AuthorityError> {
        Self::of_made(Made::new(constraint, now)?, None)
    }

    fn of_made(made: Made, folder: Option<&Path>) -> Result<Self, AuthorityError> {
        let (root, issuing) = (made.root.der().clone(), made.issuing.der().clone());
        let parsed = |der| CaCertificate::parse(der).ok_or(rcgen::Error::CouldNotParseCertificate);
        Self::assemble(parsed(root)?, parsed(issuing)?, made.issuing_key, folder)
    }

    fn assemble(
        root: CaCertificate,
        issuing: CaCertificate,
        key: KeyPair,
        folder: Option<&Path>,
    ) -> Result<Self, AuthorityError> {
        Ok(Self {
            root_pem: root.pem(),
            // Takes the subject and the SKI bytes from the certificate itself, so that a leaf's
            // AKI is a copy of them.
            issuer: Issuer::from_ca_cert_der(issuing.der(), key)?,
            root,
            issuing,
            folder: folder.map(Path::to_owned),
        })
    }

    fn check_validity(&self, dir: &Path, now: UtcDateTime) -> Result<(), AuthorityError> {
        let (begins, ends) = (self.not_before(), self.not_after());
        if now > ends {
            return Err(AuthorityError::Expired(dir.into(), ends.date()));
        }
        if now < begins {
            return Err(AuthorityError::NotYetValid(dir.into(), begins.date()));
        }
        Ok(())
    }

    /// Whether this CA may sign for `host` (canonical). Checked in code too (H-A6): not every
    /// client enforces the constraint on a root.
    pub fn covers(&self, host: &str) -> bool {
        self.constraint().covers(host)
    }

    /// One line for the start with an intercepted host that is not covered.
    pub fn outside(&self, host: &str) -> String {
        self.constraint().outside(host, self.folder.as_deref())
    }

    pub fn constraint(&self) -> &Constraint {
        &self.issuing.constraint
    }

    /// What clients must trust.
    pub fn root(&self) -> &CaCertificate {
        &self.root
    }

    /// What clients must trust, PEM.
    pub fn root_pem(&self) -> &str {
        &self.root_pem
    }

    /// What clients must trust, DER.
    pub fn root_der(&self) -> &CertificateDer<'static> {
        self.root.der()
    }

    /// The CA certificate that is sent along with each leaf.
    pub fn issuing_der(&self) -> &CertificateDer<'static> {
        self.issuing.der()
    }

    pub fn not_before(&self) -> UtcDateTime {
        self.root.not_before.max(self.issuing.not_before)
    }

    /// When the first of the two certificates expires.
    pub fn not_after(&self) -> UtcDateTime {
        self.root.not_after.min(self.issuing.not_after)
    }

    /// The folder it lies in; `None` for one in memory.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    pub(super) fn issuer(&self) -> &Issuer<'static, KeyPair> {
        &self.issuer
    }

    /// Encoded names and public keys that tell certificates of this CA from all others.
    pub(super) fn marks(&self) -> impl Iterator<Item = &[u8]> {
        [&self.root, &self.issuing]
            .into_iter()
            .flat_map(CaCertificate::marks)
    }
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authority")
            .field("root", &self.root.subject)
            .field("constraint", self.constraint())
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

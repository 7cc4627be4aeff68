//! The local certificate authority: a root that clients trust, and the issuing CA that signs leaves.
//!
//! The root's key exists only while the issuing CA is signed; it is never written (H-A4).

mod certificate;
mod error;
mod folder;
mod generation;
mod made;
mod privacy;
mod publish;
mod rotation;
mod sealed;
#[cfg(test)]
mod tests;

pub use certificate::{CaCertificate, STORE_PASSWORD, pem_of, store_of};
pub use error::AuthorityError;
pub(crate) use error::shell;
pub use folder::Public;
pub(crate) use folder::{
    ISSUING_CERTIFICATE, ISSUING_KEY, NEXT, PREVIOUS, ROOT_CERTIFICATE, public,
};
pub(super) use generation::Generation;
pub(super) use made::random_serial;
pub use rotation::{Notice, Rotation, notice, rotate};
pub use sealed::is_sealed;

use super::constraint::Constraint;
use crate::secret::Secret;
use folder::Stored;
use made::Made;
use rustls::pki_types::CertificateDer;
use std::path::{Path, PathBuf};
use time::{Duration, UtcDateTime};

/// The next CA signs from this long before the one before it ends.
pub const TAKEOVER: Duration = Duration::days(14);
/// From so long before its end a CA is called short-lived: every client has to trust another root by then.
pub const NOTICE: Duration = Duration::days(30);
/// A rotation replaces the parts of a folder one after the other.
const READS: usize = 3;

/// A usable CA: its certificates and the issuing key, in memory.
pub struct Authority {
    signing: Generation,
    /// What signs from [`TAKEOVER`] before the end of the former on.
    next: Option<Generation>,
    /// All that clients must trust; the signing one first.
    roots: Vec<CaCertificate>,
    roots_pem: String,
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
        passphrase: Option<&Secret>,
        now: UtcDateTime,
    ) -> Result<(Self, bool), AuthorityError> {
        match Self::open(dir, passphrase, now) {
            // Incomplete may be another process in the middle of filling an existing folder:
            // `create` waits for its lock.
            Err(AuthorityError::Absent(_) | AuthorityError::Incomplete(..)) => {}
            other => return other.map(|authority| (authority, false)),
        }
        match Self::create(dir, constraint, passphrase, now) {
            Err(AuthorityError::Exists(_)) => {
                Self::open(dir, passphrase, now).map(|found| (found, false))
            }
            other => other.map(|authority| (authority, true)),
        }
    }

    /// The CA in `dir`, if its folder and key are private and it is valid at `now`.
    pub fn open(
        dir: &Path,
        passphrase: Option<&Secret>,
        now: UtcDateTime,
    ) -> Result<Self, AuthorityError> {
        let stored = read(dir, passphrase)?;
        let authority = Self::assemble(stored, Some(dir), now)?;
        authority.check_validity(dir, now)?;
        Ok(authority)
    }

    /// Makes a CA in `dir`, which may be missing or empty; never overwrites one.
    pub fn create(
        dir: &Path,
        constraint: &Constraint,
        passphrase: Option<&Secret>,
        now: UtcDateTime,
    ) -> Result<Self, AuthorityError> {
        let made = Made::new(constraint, now)?;
        publish::publish(dir, &made, passphrase)?;
        Self::assemble(of_made(made)?, Some(dir), now)
    }

    /// A CA that exists in this process only, as `run` and `demo` use it.
    pub fn in_memory(constraint: &Constraint, now: UtcDateTime) -> Result<Self, AuthorityError> {
        Self::assemble(of_made(Made::new(constraint, now)?)?, None, now)
    }

    fn assemble(
        stored: Stored,
        folder: Option<&Path>,
        now: UtcDateTime,
    ) -> Result<Self, AuthorityError> {
        let mut signing = Generation::new(stored.root, stored.issuing, stored.key)?;
        let mut next = match stored.next {
            Some(next) => Some(Generation::new(next.root, next.issuing, next.key)?),
            None => None,
        };
        if signing.is_over(now)
            && let Some(next) = next.take()
        {
            signing = next;
        }
        let mut roots = vec![signing.root.clone()];
        roots.extend(
            stored
                .roots
                .into_iter()
                .filter(|root| root.der() != signing.root.der()),
        );
        Ok(Self {
            roots_pem: pem_of(&roots),
            roots,
            signing,
            next,
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

    /// What signs at `now`.
    pub(super) fn signer(&self, now: UtcDateTime) -> &Generation {
        match &self.next {
            Some(next) if self.signing.is_over(now) => next,
            _ => &self.signing,
        }
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
        self.signing.constraint()
    }

    /// The root of what signs now.
    pub fn root(&self) -> &CaCertificate {
        &self.signing.root
    }

    /// What clients must trust, all of it during a rotation; the root of what signs now comes first.
    pub fn roots(&self) -> &[CaCertificate] {
        &self.roots
    }

    /// What clients must trust, PEM.
    pub fn root_pem(&self) -> &str {
        &self.roots_pem
    }

    /// The root of what signs now, DER.
    pub fn root_der(&self) -> &CertificateDer<'static> {
        self.root().der()
    }

    /// The CA certificate that is sent along with each leaf.
    pub fn issuing_der(&self) -> &CertificateDer<'static> {
        self.signing.issuing.der()
    }

    pub fn not_before(&self) -> UtcDateTime {
        self.signing.not_before()
    }

    /// When the first of the two certificates that sign now expires.
    pub fn not_after(&self) -> UtcDateTime {
        self.signing.not_after()
    }

    /// What is to be said from [`NOTICE`] before its end on.
    pub fn notice(&self, now: UtcDateTime) -> Option<Notice> {
        let dir = self.folder.as_deref()?;
        let next = self.next.as_ref().map(Generation::not_after);
        notice(dir, self.signer(now).not_after(), next, now)
    }

    /// The folder it lies in; `None` for one in memory.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Encoded names and public keys that tell certificates of this CA from all others.
    pub(super) fn marks(&self) -> impl Iterator<Item = &[u8]> {
        let next = self.next.iter().map(|next| &next.issuing);
        self.roots
            .iter()
            .chain([&self.signing.issuing])
            .chain(next)
            .flat_map(CaCertificate::marks)
    }
}

/// As often as a rotation may have come in between.
fn read(dir: &Path, passphrase: Option<&Secret>) -> Result<Stored, AuthorityError> {
    let mut last = folder::read(dir, passphrase);
    for _ in 1..READS {
        match last {
            Err(
                AuthorityError::Mismatch(..)
                | AuthorityError::Incomplete(..)
                | AuthorityError::Absent(_),
            ) => {
                last = folder::read(dir, passphrase);
            }
            _ => break,
        }
    }
    last
}

fn of_made(made: Made) -> Result<Stored, AuthorityError> {
    let (root, issuing) = (made.root.der().clone(), made.issuing.der().clone());
    let parsed = |der| CaCertificate::parse(der).ok_or(rcgen::Error::CouldNotParseCertificate);
    let root = parsed(root)?;
    Ok(Stored {
        roots: vec![root.clone()],
        root,
        issuing: parsed(issuing)?,
        key: made.issuing_key,
        next: None,
    })
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authority")
            .field("root", &self.signing.root.subject)
            .field("constraint", self.constraint())
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

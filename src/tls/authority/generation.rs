//! One root, its issuing CA and the key of that: what signs, or will sign.

use super::certificate::CaCertificate;
use super::{AuthorityError, TAKEOVER};
use crate::tls::constraint::Constraint;
use rcgen::{Issuer, KeyPair};
use time::UtcDateTime;

pub(in crate::tls) struct Generation {
    pub(super) root: CaCertificate,
    pub(in crate::tls) issuing: CaCertificate,
    pub(in crate::tls) issuer: Issuer<'static, KeyPair>,
}

impl Generation {
    pub(super) fn new(
        root: CaCertificate,
        issuing: CaCertificate,
        key: KeyPair,
    ) -> Result<Self, AuthorityError> {
        Ok(Self {
            // Takes the subject and the SKI bytes from the certificate itself, so that a leaf's
            // AKI is a copy of them.
            issuer: Issuer::from_ca_cert_der(issuing.der(), key)?,
            root,
            issuing,
        })
    }

    pub(super) fn constraint(&self) -> &Constraint {
        &self.issuing.constraint
    }

    pub(in crate::tls) fn not_before(&self) -> UtcDateTime {
        self.root.not_before.max(self.issuing.not_before)
    }

    pub(in crate::tls) fn not_after(&self) -> UtcDateTime {
        self.root.not_after.min(self.issuing.not_after)
    }

    /// Whether another one signs at `now`, if there is one.
    pub(super) fn is_over(&self, now: UtcDateTime) -> bool {
        now >= self.not_after() - TAKEOVER
    }
}

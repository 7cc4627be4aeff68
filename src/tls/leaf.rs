//! The certificate that one intercepted host shows to clients (H-A5).

use super::authority::Authority;
use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, SanType,
};
use rustls::crypto::aws_lc_rs::sign::any_ecdsa_type;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;
use std::sync::Arc;
use time::{Duration, UtcDateTime};

#[cfg(test)]
mod tests;

/// For clients whose clock is behind (H-A11).
const BACKDATED: Duration = Duration::days(1);
/// With the backdating six days in all, of the seven that are allowed.
const LIFE: Duration = Duration::days(5);
/// A leaf is replaced this long before it expires, for clients whose clock is ahead.
const MARGIN: Duration = Duration::days(1);
/// The most characters of a common name (X.520).
const LONGEST_COMMON_NAME: usize = 64;

/// A leaf, its key and its chain; the key never leaves the process.
#[derive(Clone, Debug)]
pub struct Leaf {
    pub(super) certified: Arc<CertifiedKey>,
    not_before: UtcDateTime,
    not_after: UtcDateTime,
    /// The CA itself ends with the leaf: a new one would not live longer.
    last: bool,
}

/// Why there is no leaf.
#[derive(Debug, thiserror::Error)]
pub enum LeafError {
    /// Also for IP addresses and wildcards, which no CA of ours covers.
    #[error("{0}")]
    Outside(String),
    #[error("the CA expired on {0}; start why401 anew, which says how to make another")]
    Expired(time::Date),
    #[error("cannot make a certificate: {0}")]
    Make(#[from] rcgen::Error),
    #[error("cannot use a certificate: {0}")]
    Use(#[from] rustls::Error),
}

impl Leaf {
    /// A new leaf for exactly `host` (canonical: lower case, no trailing dot).
    pub fn mint(authority: &Authority, host: &str, now: UtcDateTime) -> Result<Self, LeafError> {
        if !authority.covers(host) {
            return Err(LeafError::Outside(authority.outside(host)));
        }
        let signer = authority.signer(now);
        if now > signer.not_after() {
            return Err(LeafError::Expired(signer.not_after().date()));
        }
        let not_before = (now - BACKDATED).max(signer.not_before());
        let not_after = (now + LIFE).min(signer.not_after());
        let key = KeyPair::generate()?;
        let params = params(host, not_before, not_after)?;
        let certificate = params.signed_by(&key, &signer.issuer)?;

        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key));
        let chain = vec![certificate.into(), signer.issuing.der().clone()];
        let certified = Arc::new(CertifiedKey::new(chain, any_ecdsa_type(&key)?));
        Ok(Self {
            certified,
            not_before,
            not_after,
            last: not_after == signer.not_after(),
        })
    }

    /// Whether it may still be shown: false a day before it expires, and when the clock was set back.
    pub fn is_fresh(&self, now: UtcDateTime) -> bool {
        let ends = if self.last {
            self.not_after
        } else {
            self.not_after - MARGIN
        };
        self.not_before <= now && now < ends
    }

    pub fn not_after(&self) -> UtcDateTime {
        self.not_after
    }
}

pub(super) fn params(
    host: &str,
    not_before: UtcDateTime,
    not_after: UtcDateTime,
) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::default();
    params.not_before = not_before.into();
    params.not_after = not_after.into();
    params.serial_number = Some(super::authority::random_serial()?);
    params.distinguished_name = DistinguishedName::new();
    if host.len() <= LONGEST_COMMON_NAME {
        params.distinguished_name.push(DnType::CommonName, host);
    }
    params.subject_alt_names = vec![SanType::DnsName(host.try_into()?)];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    // The one way to a subject key identifier in rcgen; it also writes CA:FALSE.
    params.is_ca = IsCa::ExplicitNoCa;
    Ok(params)
}

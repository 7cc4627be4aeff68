//! One CA certificate and what is read from it.

use crate::tls::constraint::Constraint;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use p12_keystore::{Certificate, KeyStore, KeyStoreEntry};
use rustls::pki_types::CertificateDer;
use sha2::{Digest, Sha256};
use time::{OffsetDateTime, UtcDateTime};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer;

/// What Java expects of a store that holds nothing secret. Java needs it given even so.
pub const STORE_PASSWORD: &str = "changeit";
const ALIAS: &str = "why401";

/// A parsed CA certificate.
#[derive(Clone)]
pub struct CaCertificate {
    der: CertificateDer<'static>,
    /// As text, `CN=…`; of our own making, so free of control characters.
    pub subject: String,
    pub not_before: UtcDateTime,
    pub not_after: UtcDateTime,
    /// The permitted domains; empty when it has no name constraints, and then it covers nothing.
    pub constraint: Constraint,
    raw_subject: Vec<u8>,
    pub(super) public_key: Vec<u8>,
}

impl CaCertificate {
    /// `None` when it is not a certificate.
    pub fn parse(der: CertificateDer<'static>) -> Option<Self> {
        let (rest, parsed) = X509Certificate::from_der(&der).ok()?;
        if !rest.is_empty() {
            return None;
        }
        let instant = |time: OffsetDateTime| UtcDateTime::from(time);
        let certificate = Self {
            subject: parsed
                .subject()
                .to_string()
                .replace(char::is_control, "\u{fffd}"),
            not_before: instant(parsed.validity().not_before.to_datetime()),
            not_after: instant(parsed.validity().not_after.to_datetime()),
            constraint: constraint(&parsed),
            raw_subject: parsed.subject().as_raw().to_owned(),
            public_key: parsed.public_key().raw.to_owned(),
            der: der.clone(),
        };
        Some(certificate)
    }

    pub fn der(&self) -> &CertificateDer<'static> {
        &self.der
    }

    /// Encoded anew: what else a file held (a key, say) never comes along (H-A8).
    pub fn pem(&self) -> String {
        let text = STANDARD.encode(&self.der);
        let lines: String = text
            .as_bytes()
            .chunks(64)
            .flat_map(|line| line.iter().map(|byte| char::from(*byte)).chain(['\n']))
            .collect();
        format!("-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n")
    }

    /// SHA-256 of the DER, as `openssl x509 -fingerprint -sha256` prints it.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(&self.der);
        let bytes: Vec<String> = digest.iter().map(|byte| format!("{byte:02X}")).collect();
        bytes.join(":")
    }

    /// Whether `issuer` has signed this certificate.
    pub(super) fn is_signed_by(&self, issuer: &Self) -> bool {
        let (Ok((_, ours)), Ok((_, theirs))) = (
            X509Certificate::from_der(&self.der),
            X509Certificate::from_der(&issuer.der),
        ) else {
            return false;
        };
        ours.issuer().as_raw() == theirs.subject().as_raw()
            && ours.verify_signature(Some(theirs.public_key())).is_ok()
    }

    pub(super) fn marks(&self) -> [&[u8]; 2] {
        [&self.raw_subject, &self.public_key]
    }
}

/// As one file, an empty list an empty one.
pub fn pem_of(certificates: &[CaCertificate]) -> String {
    certificates.iter().map(CaCertificate::pem).collect()
}

/// PKCS#12 under [`STORE_PASSWORD`], a trusted entry for each, as Java reads it.
///
/// # Errors
/// None that is known for certificates that were parsed.
pub fn store_of(roots: &[CaCertificate]) -> Result<Vec<u8>, p12_keystore::error::Error> {
    let mut store = KeyStore::new();
    for (at, root) in roots.iter().enumerate() {
        let alias = match at {
            0 => ALIAS.to_owned(),
            _ => format!("{ALIAS}-{}", at + 1),
        };
        let certificate = Certificate::from_der(&root.der)?;
        store.add_entry(&alias, KeyStoreEntry::Certificate(certificate));
    }
    store.writer(STORE_PASSWORD).write()
}

fn constraint(parsed: &X509Certificate<'_>) -> Constraint {
    let extension = parsed.name_constraints().ok().flatten();
    let permitted = extension.and_then(|e| e.value.permitted_subtrees.as_ref());
    let names = permitted
        .into_iter()
        .flatten()
        .filter_map(|subtree| match subtree.base {
            GeneralName::DNSName(name) => Some(name),
            _ => None,
        });
    Constraint::of_certificate(names)
}

//! A throw-away CA: one root, a leaf for each host, and no key that could sign another.

use super::hosts;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose, SanType, SerialNumber,
};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs::sign::any_ecdsa_type;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::ResolvesServerCertUsingSni;
use rustls::sign::CertifiedKey;
use std::sync::Arc;
use time::{Duration, UtcDateTime};
use zeroize::Zeroize;

/// For clients whose clock is behind.
const BACKDATED: Duration = Duration::days(1);
/// Under the 398 days that Apple's clients allow.
const LIFE: Duration = Duration::days(365);
/// In the server's order of preference; `curl -0` offers the last one alone.
const ALPN: [&[u8]; 3] = [b"h2", b"http/1.1", b"http/1.0"];

/// What TLS needs: the root for clients, and a certificate for each name, chosen by SNI.
pub struct Certificates {
    /// PEM.
    pub root: String,
    pub config: Arc<ServerConfig>,
}

/// Why there is none; nothing known but a lack of randomness.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    #[error(transparent)]
    Make(#[from] rcgen::Error),
    #[error(transparent)]
    Use(#[from] rustls::Error),
}

impl Certificates {
    /// Valid now by this machine's clock, with which clients check, whatever date the sandbox lives in.
    pub fn make(now: UtcDateTime) -> Result<Self, CertificateError> {
        let root_params = root_params(now)?;
        let mut root_key = KeyPair::generate()?;
        let root = root_params.self_signed(&root_key)?.pem();
        // A name that is not in here, and no name at all, is refused with an alert.
        let mut by_name = ResolvesServerCertUsingSni::new();
        let issuer = Issuer::from_params(&root_params, &root_key);
        for host in hosts::ALL {
            let key = KeyPair::generate()?;
            let leaf = leaf_params(host, now)?.signed_by(&key, &issuer)?;
            by_name.add(host, certified(leaf, key)?)?;
        }
        root_key.zeroize();
        let mut config = ServerConfig::builder()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(by_name));
        config.alpn_protocols = ALPN.map(<[u8]>::to_vec).to_vec();
        Ok(Self {
            root,
            config: Arc::new(config),
        })
    }
}

fn certified(leaf: Certificate, key: KeyPair) -> Result<CertifiedKey, rustls::Error> {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key));
    Ok(CertifiedKey::new(vec![leaf.into()], any_ecdsa_type(&key)?))
}

fn root_params(now: UtcDateTime) -> Result<CertificateParams, rcgen::Error> {
    let mut params = common("why401 sandbox CA", now)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}

fn leaf_params(host: &str, now: UtcDateTime) -> Result<CertificateParams, rcgen::Error> {
    let mut params = common(host, now)?;
    params.subject_alt_names = vec![SanType::DnsName(host.try_into()?)];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // Also writes the subject key identifier that OpenSSL's X509_STRICT asks for.
    params.is_ca = IsCa::ExplicitNoCa;
    Ok(params)
}

fn common(name: &str, now: UtcDateTime) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::default();
    params.not_before = (now - BACKDATED).into();
    params.not_after = (now + LIFE - BACKDATED).into();
    let mut serial = [0; 16];
    getrandom::fill(&mut serial).map_err(|_| rcgen::Error::RingUnspecified)?;
    params.serial_number = Some(SerialNumber::from_slice(&serial));
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

//! A throw-away certificate authority for a test's origin.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{RootCertStore, ServerConfig};
use std::sync::Arc;
use time::{Duration, OffsetDateTime};

/// What is wrong with the certificate an origin shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Certificate {
    #[default]
    Good,
    Expired,
    NotYetValid,
    WrongHost,
    UnknownCa,
    SelfSigned,
    ClientOnly,
}

pub struct Ca {
    pub issuer: Issuer<'static, KeyPair>,
    pub pem: String,
    /// Sent behind each leaf: this CA, where it is not a root.
    chain: Vec<CertificateDer<'static>>,
}

impl Ca {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = new_key();
        let pem = params.self_signed(&key).expect("a CA signs itself").pem();
        Self {
            issuer: Issuer::new(params, key),
            pem,
            chain: Vec::new(),
        }
    }

    /// An issuing CA that exists as files, such as the proxy's own.
    pub fn from_pem(certificate: &str, key: &str) -> Self {
        let key = KeyPair::from_pem(key).expect("a PEM key");
        let issuer = Issuer::from_ca_cert_pem(certificate, key).expect("a PEM certificate");
        Self {
            issuer,
            pem: certificate.to_owned(),
            chain: CertificateDer::pem_slice_iter(certificate.as_bytes())
                .map(|der| der.expect("a PEM certificate"))
                .collect(),
        }
    }

    pub fn der(&self) -> CertificateDer<'static> {
        CertificateDer::from_pem_slice(self.pem.as_bytes()).expect("a PEM certificate")
    }

    pub fn roots(&self) -> Arc<RootCertStore> {
        roots(&self.pem)
    }

    /// A TLS server for `names`; `alpn` in the server's order of preference.
    pub fn server(&self, kind: Certificate, names: &[&str], alpn: &[&str]) -> Arc<ServerConfig> {
        let key = new_key();
        let params = leaf(kind, names);
        let signed = match kind {
            Certificate::SelfSigned => params.self_signed(&key),
            Certificate::UnknownCa => params.signed_by(&key, &Ca::new("another test CA").issuer),
            _ => params.signed_by(&key, &self.issuer),
        };
        let mut chain = vec![signed.expect("a leaf is signed").der().clone()];
        chain.extend(self.chain.iter().cloned());
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("the key fits the leaf");
        config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
        Arc::new(config)
    }
}

/// The certificates of a PEM text as the only roots.
pub fn roots(pem: &str) -> Arc<RootCertStore> {
    let mut store = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        store
            .add(certificate.expect("a PEM certificate"))
            .expect("a usable root");
    }
    assert!(!store.is_empty(), "no certificate in {pem:?}");
    Arc::new(store)
}

fn leaf(kind: Certificate, names: &[&str]) -> CertificateParams {
    let names = match kind {
        Certificate::WrongHost => vec!["wrong.example".to_owned()],
        _ => names.iter().map(|&name| name.to_owned()).collect(),
    };
    let mut params = CertificateParams::new(names).expect("names of hosts");
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![match kind {
        Certificate::ClientOnly => ExtendedKeyUsagePurpose::ClientAuth,
        _ => ExtendedKeyUsagePurpose::ServerAuth,
    }];
    let day = Duration::days(1);
    let (from, to) = match kind {
        Certificate::Expired => (-2 * day, -day),
        Certificate::NotYetValid => (day, 2 * day),
        _ => (-day, day),
    };
    let now = OffsetDateTime::now_utc();
    params.not_before = now + from;
    params.not_after = now + to;
    params
}

fn new_key() -> KeyPair {
    KeyPair::generate().expect("a P-256 key")
}

//! Certificates to order, sound or not, and servers that show them whatever they are.

use super::ca::Ca;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{ServerConfig, SupportedProtocolVersion};
use std::collections::HashMap;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};

/// A certificate with its key, to show or to sign others with.
pub struct Signed {
    pub der: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

impl Signed {
    pub fn by(ca: &Issuer<'static, KeyPair>, params: CertificateParams) -> Self {
        Self::of_key(ca, params, KeyPair::generate().expect("a key"))
    }

    pub fn of_key(ca: &Issuer<'static, KeyPair>, params: CertificateParams, key: KeyPair) -> Self {
        let signed = params.signed_by(&key, ca).expect("it is signed");
        Self {
            der: signed.der().clone(),
            issuer: Issuer::new(params, key),
        }
    }

    pub fn itself(params: CertificateParams) -> Self {
        let key = KeyPair::generate().expect("a key");
        let signed = params.self_signed(&key).expect("it signs itself");
        Self {
            der: signed.der().clone(),
            issuer: Issuer::new(params, key),
        }
    }

    pub fn signs(&self, params: CertificateParams) -> Self {
        Self::by(&self.issuer, params)
    }

    /// What a server shows: this one, then `chain`.
    pub fn before(&self, chain: &[&Self]) -> Arc<CertifiedKey> {
        let chain = chain.iter().map(|one| one.der.clone());
        self.with([self.der.clone()].into_iter().chain(chain).collect())
    }

    /// The same with other bytes than those that were signed.
    pub fn with(&self, chain: Vec<CertificateDer<'static>>) -> Arc<CertifiedKey> {
        let key = self.issuer.key().serialize_der();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key));
        let key = any_supported_type(&key).expect("a key to sign handshakes with");
        Arc::new(CertifiedKey::new(chain, key))
    }
}

/// A leaf in order for `names`.
pub fn leaf(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).expect("names");
    dated(&mut params, -Duration::days(1), Duration::days(30));
    params
}

/// A CA in order.
pub fn issuing(name: &str) -> CertificateParams {
    let mut params = leaf(&[]);
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params
}

/// From now.
pub fn dated(params: &mut CertificateParams, from: Duration, to: Duration) {
    let now = OffsetDateTime::now_utc();
    (params.not_before, params.not_after) = (now + from, now + to);
}

/// A server that shows `certificate`.
pub fn server(certificate: Arc<CertifiedKey>, alpn: &[&str]) -> Arc<ServerConfig> {
    let one = ByName {
        any: Some(certificate),
        ..ByName::default()
    };
    config(one, alpn, rustls::DEFAULT_VERSIONS)
}

pub fn config(
    shown: ByName,
    alpn: &[&str],
    versions: &[&'static SupportedProtocolVersion],
) -> Arc<ServerConfig> {
    let mut config = ServerConfig::builder_with_protocol_versions(versions)
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(shown));
    config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
    Arc::new(config)
}

/// One certificate for each name that clients ask for.
#[derive(Debug, Default)]
pub struct ByName {
    pub named: HashMap<String, Arc<CertifiedKey>>,
    pub any: Option<Arc<CertifiedKey>>,
}

impl ResolvesServerCert for ByName {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let named = hello.server_name().and_then(|name| self.named.get(name));
        named.or(self.any.as_ref()).cloned()
    }
}

/// A leaf for Bitbucket's names by `ca`.
pub fn good(ca: &Ca) -> Signed {
    Signed::by(&ca.issuer, leaf(&["api.bitbucket.org", "bitbucket.org"]))
}

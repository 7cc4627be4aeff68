//! For tests: a handshake without sockets, certificates to order, tools that may be missing.

use super::authority::Authority;
use super::constraint::Constraint;
use super::provider;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::client::Resumption;
use rustls::crypto::aws_lc_rs::sign::any_ecdsa_type;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};
use rustls::sign::{CertifiedKey, SigningKey, SingleCertAndKey};
use rustls::{
    ClientConfig, ClientConnection, ConnectionCommon, Error, HandshakeKind, RootCertStore,
    ServerConfig, ServerConnection, SideData, SupportedProtocolVersion,
};
use std::ops::DerefMut;
use std::process::{Command, Output};
use std::sync::Arc;
use time::{Duration, UtcDateTime};

/// Real clients judge certificates by the real clock.
pub(crate) fn today() -> UtcDateTime {
    UtcDateTime::now()
}

pub(crate) fn authority() -> Authority {
    Authority::in_memory(&Constraint::default(), today()).unwrap()
}

/// How a handshake ended on both sides.
#[derive(Debug)]
pub(crate) struct Handshake {
    pub(crate) client: Option<Error>,
    pub(crate) server: Option<Error>,
    pub(crate) alpn: Option<Vec<u8>>,
    pub(crate) kind: Option<HandshakeKind>,
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) connection: ClientConnection,
}

impl Handshake {
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert!(
            self.client.is_none() && self.server.is_none(),
            "{:?} {:?}",
            self.client,
            self.server
        );
        self
    }

    pub(crate) fn run(client: Arc<ClientConfig>, server: Arc<ServerConfig>, name: &str) -> Self {
        let name = ServerName::try_from(name.to_owned()).unwrap();
        let mut client = ClientConnection::new(client, name).unwrap();
        let mut server = ServerConnection::new(server).unwrap();
        let (mut client_error, mut server_error) = (None, None);
        while client.wants_write() || server.wants_write() {
            server_error = server_error.or(pump(&mut client, &mut server));
            client_error = client_error.or(pump(&mut server, &mut client));
        }
        Self {
            client: client_error,
            server: server_error,
            alpn: client.alpn_protocol().map(<[u8]>::to_vec),
            kind: client.handshake_kind(),
            chain: client
                .peer_certificates()
                .map(|chain| chain.iter().map(|c| c.clone().into_owned()).collect())
                .unwrap_or_default(),
            connection: client,
        }
    }
}

/// Moves what one side has to say to the other; what the other makes of it, if that is an error.
fn pump<A: SideData, B: SideData>(
    from: &mut impl DerefMut<Target = ConnectionCommon<A>>,
    to: &mut impl DerefMut<Target = ConnectionCommon<B>>,
) -> Option<Error> {
    let mut bytes = Vec::new();
    while from.wants_write() {
        from.write_tls(&mut bytes).unwrap();
    }
    let mut rest = bytes.as_slice();
    while !rest.is_empty() {
        to.read_tls(&mut rest).unwrap();
        if let Err(error) = to.process_new_packets() {
            return Some(error);
        }
    }
    None
}

/// A client that trusts `root` alone and offers `alpn`.
pub(crate) fn client(root: &CertificateDer<'static>, alpn: super::Alpn) -> ClientConfig {
    client_of(root, alpn, &rustls::version::TLS13)
}

/// The same, of one TLS version.
pub(crate) fn client_of(
    root: &CertificateDer<'static>,
    alpn: super::Alpn,
    version: &'static SupportedProtocolVersion,
) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add(root.clone()).unwrap();
    let mut config = ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = alpn.protocols();
    config.resumption = Resumption::in_memory_sessions(8);
    config
}

/// A certificate and its key, to sign others or to serve with.
pub(crate) struct Signed {
    pub(crate) params: CertificateParams,
    pub(crate) certificate: Certificate,
    pub(crate) key: KeyPair,
}

impl Signed {
    pub(crate) fn der(&self) -> CertificateDer<'static> {
        self.certificate.der().clone()
    }

    pub(crate) fn itself(params: CertificateParams) -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self {
            params,
            certificate,
            key,
        }
    }

    pub(crate) fn by(issuer: &Self, params: CertificateParams) -> Self {
        let key = KeyPair::generate().unwrap();
        let signer = Issuer::from_params(&issuer.params, &issuer.key);
        let certificate = params.signed_by(&key, &signer).unwrap();
        Self {
            params,
            certificate,
            key,
        }
    }

    /// Serves this certificate and then `chain`.
    pub(crate) fn server(&self, chain: &[&Self], alpn: super::Alpn) -> Arc<ServerConfig> {
        let chain = [self]
            .into_iter()
            .chain(chain.iter().copied())
            .map(Self::der);
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(self.key.serialize_der()));
        serve(chain.collect(), any_ecdsa_type(&key).unwrap(), alpn)
    }
}

/// A server that shows whatever it is given, as real ones do.
pub(crate) fn serve(
    chain: Vec<CertificateDer<'static>>,
    key: Arc<dyn SigningKey>,
    alpn: super::Alpn,
) -> Arc<ServerConfig> {
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(SingleCertAndKey::from(CertifiedKey::new(
            chain, key,
        ))));
    config.alpn_protocols = alpn.protocols();
    Arc::new(config)
}

/// A leaf of a public kind for `names`, valid since yesterday.
pub(crate) fn leaf_params(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.not_before = (today() - Duration::days(1)).into();
    params.not_after = (today() + Duration::days(30)).into();
    params
}

pub(crate) fn ca_params(name: &str, constraint: BasicConstraints) -> CertificateParams {
    let mut params = leaf_params(&[]);
    params.distinguished_name = rcgen::DistinguishedName::new();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, name);
    params.is_ca = IsCa::Ca(constraint);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params
}

/// The arguments by which this test binary runs one test alone: for what belongs to a process, as
/// its umask and environment do.
pub(crate) fn only(module: &str, test: &str) -> [String; 2] {
    let (_, path) = module.split_once("::").unwrap();
    ["--exact".to_owned(), format!("{path}::{test}")]
}

/// Runs another program; `None`, said loudly, when this machine does not have it.
pub(crate) fn tool(command: &mut Command) -> Option<Output> {
    match command.output() {
        Ok(output) => Some(output),
        Err(error) => {
            eprintln!("SKIPPED: cannot run {:?}: {error}", command.get_program());
            None
        }
    }
}

pub(crate) fn text(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!(
        "{}{}",
        String::from_utf8_lossy(out),
        String::from_utf8_lossy(err)
    )
}

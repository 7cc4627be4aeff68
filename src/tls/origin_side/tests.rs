//! Handshakes with origins: whom we believe, and what we say when we do not.

mod openssl;
mod refused;
mod revoked;

use super::*;
use crate::tls::leaf::Leaf;
use crate::tls::testing::{
    Handshake, Signed, authority, ca_params, client, leaf_params, only, serve, text, today,
};
use rcgen::BasicConstraints::{Constrained, Unconstrained};
use rustls::pki_types::CertificateDer;
use rustls::{AlertDescription, Error, HandshakeKind, RootCertStore, ServerConfig};
use std::io;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;

const HOST: &str = "api.bitbucket.org";

fn root() -> Signed {
    named_root("Test Root")
}

fn named_root(name: &str) -> Signed {
    Signed::itself(ca_params(name, Unconstrained))
}

/// An origin side that trusts `root` alone.
fn trusting(root: &CertificateDer<'static>, own: &Authority) -> OriginSide {
    let mut store = RootCertStore::empty();
    store.add(root.clone()).unwrap();
    OriginSide::with(
        Roots {
            store,
            warning: None,
        },
        &[],
        own,
    )
    .unwrap()
}

fn connect(side: &OriginSide, alpn: Alpn, server: Arc<ServerConfig>) -> Handshake {
    Handshake::run(side.config(alpn).clone(), server, HOST)
}

/// As `TlsConnector::connect` reports it.
fn reported(error: Error) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

#[test]
fn a_good_chain_is_accepted_with_every_offer() {
    let root = root();
    let issuing = Signed::by(&root, ca_params("Test Issuing", Constrained(0)));
    let leaf = Signed::by(&issuing, leaf_params(&[HOST]));
    let own = authority();
    let side = trusting(&root.der(), &own);
    for (offered, served, chosen) in [
        (Alpn::Http1, Alpn::Both, "http/1.1"),
        (Alpn::Http2, Alpn::Both, "h2"),
        (Alpn::Both, Alpn::Http1, "http/1.1"),
        (Alpn::Both, Alpn::Http2, "h2"),
    ] {
        let done = connect(&side, offered, leaf.server(&[&issuing], served)).succeeded();
        assert_eq!(done.alpn.unwrap(), chosen.as_bytes());
    }
}

/// H-U40: it is in the store that we verify by, and is refused all the same.
#[test]
fn our_own_ca_is_never_trusted_towards_an_origin() {
    let own = Arc::new(authority());
    let side = trusting(own.root_der(), &own);
    let looped = crate::tls::client_side::ClientSide::new(own.clone());
    let server = looped.config(HOST, Alpn::Both, today()).unwrap();
    // The chain itself is sound: a client that trusts the root accepts it.
    Handshake::run(
        Arc::new(client(own.root_der(), Alpn::Both)),
        server.clone(),
        HOST,
    )
    .succeeded();

    let done = connect(&side, Alpn::Both, server);
    let explained = explain(&reported(done.client.unwrap()));
    assert_eq!(explained.proxy_status, "tls_certificate_error");
    assert!(
        explained.text.contains("why401's own CA"),
        "{}",
        explained.text
    );
}

/// Somebody else's root may have signed our CA's key: the chain then ends in a trusted root.
#[test]
fn our_own_ca_is_refused_under_a_foreign_root_too() {
    let (root, own) = (root(), authority());
    let ours = Leaf::mint(&own, HOST, today()).unwrap().certified;
    let chain = vec![ours.cert[0].clone(), cross_signed(&root, own.issuing_der())];
    let server = serve(chain, ours.key.clone(), Alpn::Both);
    // To another install this is a CA like any other.
    connect(
        &trusting(&root.der(), &authority()),
        Alpn::Both,
        server.clone(),
    )
    .succeeded();

    let error = connect(&trusting(&root.der(), &own), Alpn::Both, server)
        .client
        .unwrap();
    let text = explain(&reported(error)).text;
    assert!(text.contains("why401's own CA"), "{text}");
}

/// A certificate by `root` for the name and the key of `certificate`.
fn cross_signed(root: &Signed, certificate: &[u8]) -> CertificateDer<'static> {
    let (_, parsed) = X509Certificate::from_der(certificate).unwrap();
    let name = parsed
        .subject()
        .iter_common_name()
        .next()
        .unwrap()
        .as_str()
        .unwrap();
    let key = rcgen::SubjectPublicKeyInfo::from_der(parsed.public_key().raw).unwrap();
    let signer = rcgen::Issuer::from_params(&root.params, &root.key);
    ca_params(name, Constrained(0))
        .signed_by(&key, &signer)
        .unwrap()
        .into()
}

/// H-U44, H-U48: no early data.
#[test]
fn sessions_resume_across_offers_and_only_under_the_same_verifier() {
    let root = root();
    let leaf = Signed::by(&root, leaf_params(&[HOST]));
    let server = leaf.server(&[], Alpn::Both);
    let own = authority();
    let side = trusting(&root.der(), &own);
    let kind = |side: &OriginSide, alpn| connect(side, alpn, server.clone()).succeeded().kind;
    assert_eq!(kind(&side, Alpn::Http1), Some(HandshakeKind::Full));
    assert_eq!(kind(&side, Alpn::Http1), Some(HandshakeKind::Resumed));
    assert_eq!(kind(&side, Alpn::Both), Some(HandshakeKind::Resumed));
    assert_eq!(
        kind(&trusting(&root.der(), &own), Alpn::Both),
        Some(HandshakeKind::Full)
    );
    assert!(
        Alpn::ALL
            .iter()
            .all(|alpn| !side.config(*alpn).enable_early_data)
    );
}

/// H-U44: sessions would carry an origin past the end of its certificate for as long as the process lives.
#[test]
fn a_session_does_not_outlive_its_certificate() {
    let root = root();
    let leaf = Signed::by(&root, leaf_params(&[HOST]));
    let server = leaf.server(&[], Alpn::Both);
    let side = trusting(&root.der(), &authority());
    let name = HOST.try_into().unwrap();
    let after = |days: u64| {
        let now = UnixTime::now().as_secs() + days * 86_400;
        UnixTime::since_unix_epoch(std::time::Duration::from_secs(now))
    };
    let shown = connect(&side, Alpn::Both, server.clone()).succeeded();
    assert!(
        side.still_holds(&shown.connection, &name, after(31)),
        "it was verified in full"
    );

    let resumed = connect(&side, Alpn::Both, server.clone()).succeeded();
    assert_eq!(resumed.kind, Some(HandshakeKind::Resumed));
    assert!(side.still_holds(&resumed.connection, &name, after(29)));
    assert!(!side.still_holds(&resumed.connection, &name, after(31)));
    let next = connect(&side, Alpn::Both, server).succeeded();
    assert_eq!(
        next.kind,
        Some(HandshakeKind::Full),
        "its sessions are forgotten"
    );
}

/// H-U44: an origin in the place of one that was good gets nothing by its tickets.
#[test]
fn a_ticket_does_not_help_another_origin_in_the_same_place() {
    let (root, other) = (root(), named_root("Other Root"));
    let good = Signed::by(&root, leaf_params(&[HOST])).server(&[], Alpn::Both);
    let side = trusting(&root.der(), &authority());
    connect(&side, Alpn::Both, good.clone()).succeeded();
    let mut expired = leaf_params(&[HOST]);
    expired.not_after = (today() - time::Duration::hours(1)).into();
    for bad in [
        Signed::by(&other, leaf_params(&[HOST])),
        Signed::by(&root, expired),
    ] {
        let error = connect(&side, Alpn::Both, bad.server(&[], Alpn::Both)).client;
        assert!(
            matches!(error, Some(Error::InvalidCertificate(_))),
            "{error:?}"
        );
    }
}

/// H-U47: an origin of the other version.
#[test]
fn an_origin_without_the_offered_http_version_can_be_told() {
    let root = root();
    let leaf = Signed::by(&root, leaf_params(&[HOST]));
    let side = trusting(&root.der(), &authority());
    let done = connect(&side, Alpn::Http1, leaf.server(&[], Alpn::Http2));
    let error = reported(done.client.unwrap());
    assert!(is_no_application_protocol(&error));
    let explained = explain(&error);
    assert_eq!(explained.proxy_status, "tls_alert_received");
    assert!(
        explained.text.contains("none of the HTTP versions"),
        "{}",
        explained.text
    );
    assert!(!is_no_application_protocol(
        &io::ErrorKind::ConnectionReset.into()
    ));
}

#[test]
fn failures_below_and_beside_certificates_have_words_too() {
    let explained = |error: io::Error| explain(&error);
    let eof = explained(io::ErrorKind::UnexpectedEof.into());
    assert_eq!(eof.proxy_status, "connection_terminated");
    let alert = explained(reported(Error::AlertReceived(
        AlertDescription::HandshakeFailure,
    )));
    assert_eq!(alert.proxy_status, "tls_alert_received");
    assert!(
        alert.text.ends_with("(alert 40 HandshakeFailure)"),
        "{}",
        alert.text
    );
    let plain = explained(reported(Error::InvalidMessage(
        rustls::InvalidMessage::InvalidContentType,
    )));
    assert_eq!(plain.proxy_status, "tls_protocol_error");
    assert!(plain.text.contains("plain HTTP"), "{}", plain.text);
}

/// Nothing that a certificate or a CONNECT says can leave the line or paint it.
#[test]
fn names_are_cleaned_and_capped() {
    let error = rustls::CertificateError::NotValidForNameContext {
        expected: "a.example".try_into().unwrap(),
        presented: vec![
            "DnsName(\"X\r\n\u{1b}[2Jé<b>\")".into(),
            format!("DnsName({:?})", "n".repeat(500)),
        ],
    };
    let error = reported(Error::InvalidCertificate(error));
    let text = explain(&error).text;
    assert!(
        text.starts_with("the certificate is for x2jb, nnnn"),
        "{text}"
    );
    assert!(
        text.ends_with("not for the host that was asked for") && text.len() < 200,
        "{text}"
    );
}

#[test]
fn extra_roots_are_added_and_faults_name_the_file() {
    let own = authority();
    let dir = tempfile::TempDir::new().unwrap();
    let write = |name: &str, content: &str| {
        let file = dir.path().join(name);
        std::fs::write(&file, content).unwrap();
        ExtraRoots::File(file)
    };
    let root = root();
    let good = write("good.pem", &root.certificate.pem());
    let side = OriginSide::new(std::slice::from_ref(&good), &[], &own).unwrap();
    let leaf = Signed::by(&root, leaf_params(&[HOST]));
    connect(&side, Alpn::Both, leaf.server(&[], Alpn::Both)).succeeded();

    let fault = |from: ExtraRoots| {
        let ExtraRoots::File(file) = &from else {
            unreachable!("these are files")
        };
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let text = OriginSide::new(&[good.clone(), from], &[], &own)
            .err()
            .unwrap()
            .to_string();
        assert!(text.contains(&name) && text.lines().count() == 1, "{text}");
        text
    };
    assert!(fault(ExtraRoots::File(dir.path().join("missing.pem"))).contains("No such file"));
    assert!(fault(write("garbage.pem", "garbage")).contains("no PEM certificate"));
    let broken = "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n";
    assert!(fault(write("broken.pem", broken)).contains("damaged PEM"));
    let empty = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert!(fault(write("empty.pem", empty)).contains("certificate 1 cannot be read"));
    assert!(fault(write("own.pem", own.root_pem())).contains("why401's own CA"));
    // In a bundle beside others our own CA is passed over.
    let bundle = write(
        "bundle.pem",
        &format!("{}{}", own.root_pem(), root.certificate.pem()),
    );
    OriginSide::new(&[bundle], &[], &own).unwrap();
}

#[test]
fn a_root_of_this_process_needs_no_file() {
    let root = root();
    let extra = ExtraRoots::Memory(root.certificate.pem());
    let side = OriginSide::new(&[extra], &[], &authority()).unwrap();
    let leaf = Signed::by(&root, leaf_params(&[HOST]));
    connect(&side, Alpn::Both, leaf.server(&[], Alpn::Both)).succeeded();
}

/// H-U40: somebody who exported our CA for clients and then starts us in the same shell.
#[test]
fn a_store_that_holds_our_own_ca_alone_is_called_so() {
    const CHILD: &str = "WHY401_TEST_OWN_CA";
    if let Some(dir) = std::env::var_os(CHILD) {
        let own = Authority::open(dir.as_ref(), None, today()).unwrap();
        let error = OriginSide::new(&[], &[], &own).err().unwrap().to_string();
        assert!(
            error.contains("why401's own CA") && error.contains("SSL_CERT_FILE"),
            "{error}"
        );
        assert!(
            error.contains("--origin-ca FILE") && error.lines().count() == 1,
            "{error}"
        );

        let root = std::path::Path::new(&dir).join("foreign.pem");
        std::fs::write(&root, self::root().certificate.pem()).unwrap();
        let side = OriginSide::new(&[ExtraRoots::File(root)], &[], &own).unwrap();
        assert!(side.warnings()[0].contains("only --origin-ca roots"));

        let client_side = crate::tls::client_side::ClientSide::new(Arc::new(own));
        let server = client_side.config(HOST, Alpn::Both, today()).unwrap();
        let error = connect(&side, Alpn::Both, server).client.unwrap();
        let text = explain(&reported(error)).text;
        assert!(text.contains("signed by why401's own CA"), "{text}");
        return;
    }
    let parent = tempfile::TempDir::new().unwrap();
    let dir = parent.path().join("ca");
    let constraint = crate::tls::constraint::Constraint::default();
    Authority::create(&dir, &constraint, None, today()).unwrap();
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(only(
            module_path!(),
            "a_store_that_holds_our_own_ca_alone_is_called_so",
        ))
        .env(CHILD, &dir)
        .env("SSL_CERT_FILE", dir.join("root.pem"))
        .env_remove("SSL_CERT_DIR")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output));
}

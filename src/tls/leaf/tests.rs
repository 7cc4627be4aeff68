//! Leaves as other TLS stacks judge them.

use super::*;
use crate::tls::constraint::Constraint;
use crate::tls::provider;
use crate::tls::testing::{authority, text, today, tool};
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::UnixTime;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;
use time::macros::utc_datetime;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::prelude::FromDer;

const HOST: &str = "api.bitbucket.org";

/// H-A5.
#[test]
fn a_leaf_has_the_profile_that_all_clients_accept() {
    let authority = authority();
    let now = today();
    let leaf = Leaf::mint(&authority, HOST, now).unwrap();
    let [der, issuing] = leaf.certified.cert.as_slice() else {
        panic!("leaf and issuing CA")
    };
    assert_eq!(issuing, authority.issuing_der());

    let (_, cert) = X509Certificate::from_der(der).unwrap();
    let (_, issuer) = X509Certificate::from_der(issuing).unwrap();
    let names = cert.subject_alternative_name().unwrap().unwrap();
    assert_eq!(names.value.general_names, [GeneralName::DNSName(HOST)]);
    assert_eq!(
        aki(&cert),
        ski(&issuer),
        "AKI is a copy of the issuer's SKI"
    );
    assert!(!ski(&cert).is_empty() && ski(&cert) != ski(&issuer));
    let usage = cert.key_usage().unwrap().unwrap().value;
    assert!(usage.digital_signature() && !usage.key_cert_sign());
    let extended = cert.extended_key_usage().unwrap().unwrap().value;
    assert!(extended.server_auth && !extended.client_auth && !extended.any);
    assert!(
        (14..=17).contains(&cert.raw_serial().len()),
        "{:?}",
        cert.raw_serial()
    );
    assert!(!cert.is_ca());
    assert_eq!(issuer.public_key().parsed().unwrap().key_size(), 256);
    assert_ne!(
        cert.public_key().raw,
        issuer.public_key().raw,
        "its own key"
    );

    let from: UtcDateTime = cert.validity().not_before.to_datetime().into();
    let to: UtcDateTime = cert.validity().not_after.to_datetime().into();
    assert!(to - from <= Duration::days(7) && now - from <= Duration::days(2) && to > now);
}

/// H-A5.
#[test]
fn two_leaves_share_neither_key_nor_serial() {
    let authority = authority();
    let mint = || {
        Leaf::mint(&authority, HOST, today())
            .unwrap()
            .certified
            .cert[0]
            .clone()
    };
    let (a, b) = (mint(), mint());
    let (_, a) = X509Certificate::from_der(&a).unwrap();
    let (_, b) = X509Certificate::from_der(&b).unwrap();
    assert_ne!(a.raw_serial(), b.raw_serial());
    assert_ne!(a.public_key().raw, b.public_key().raw);
}

/// H-A6.
#[test]
fn only_covered_names_are_signed() {
    let authority = authority();
    for host in [
        "www.example.com",
        "127.0.0.1",
        "::1",
        "*.bitbucket.org",
        "",
        "notbitbucket.org",
    ] {
        let error = Leaf::mint(&authority, host, today()).unwrap_err();
        assert!(matches!(error, LeafError::Outside(_)), "{host}: {error}");
    }
    let line = Leaf::mint(&authority, "www.example.com", today())
        .unwrap_err()
        .to_string();
    assert!(line.contains("not for www.example.com"), "{line}");
}

#[test]
fn a_leaf_is_replaced_a_day_before_it_expires_and_never_outlives_the_ca() {
    let authority = authority();
    let now = today();
    let leaf = Leaf::mint(&authority, HOST, now).unwrap();
    assert!(leaf.is_fresh(now) && leaf.is_fresh(leaf.not_after() - Duration::hours(25)));
    assert!(!leaf.is_fresh(leaf.not_after() - Duration::hours(23)));
    assert!(
        !leaf.is_fresh(now - Duration::days(3)),
        "the clock was set back"
    );

    let end = authority.not_after();
    let last = Leaf::mint(&authority, HOST, end - Duration::hours(1)).unwrap();
    assert_eq!(last.not_after(), end);
    assert!(last.is_fresh(end - Duration::minutes(1)) && !last.is_fresh(end));
    let error = Leaf::mint(&authority, HOST, end + Duration::hours(1)).unwrap_err();
    assert!(matches!(error, LeafError::Expired(_)), "{error}");
}

#[test]
fn a_name_too_long_for_a_common_name_still_gets_a_leaf() {
    let host = format!("{}.{}.bitbucket.org", "a".repeat(60), "b".repeat(60));
    let leaf = Leaf::mint(&authority(), &host, today()).unwrap();
    let (_, cert) = X509Certificate::from_der(&leaf.certified.cert[0]).unwrap();
    assert!(cert.subject().iter_common_name().next().is_none());
    assert!(cert.subject_alternative_name().unwrap().unwrap().critical);
}

/// H-M4, H-A4: strict, and error 47 is a permitted subtree violation, 48 an excluded one.
#[test]
fn openssl_accepts_what_is_in_scope_and_nothing_else() {
    let authority = authority();
    let dir = TempDir::new().unwrap();
    let root = write_pem(dir.path(), "root", authority.root_der());
    let issuing = write_pem(dir.path(), "issuing", authority.issuing_der());
    let verify = |leaf: &[u8]| {
        let leaf = write_pem(dir.path(), "leaf", leaf);
        let args = [
            "verify",
            "-x509_strict",
            "-purpose",
            "sslserver",
            "-CAfile",
            &root,
        ];
        let rest = ["-untrusted", &issuing, &leaf];
        tool(Command::new("openssl").args(args).args(rest)).map(|output| text(&output))
    };
    let ours = Leaf::mint(&authority, HOST, today()).unwrap();
    let Some(verdict) = verify(&ours.certified.cert[0]) else {
        return;
    };
    assert!(verdict.trim_end().ends_with(": OK"), "{verdict}");
    for (name, error) in [
        ("www.example.com", "error 47"),
        ("127.0.0.1", "error 48"),
        ("::1", "error 48"),
    ] {
        let verdict = verify(&forced(&authority, name)).unwrap();
        assert!(verdict.contains(error), "{name}: {verdict}");
    }
}

#[test]
fn a_widened_ca_passes_for_each_of_its_domains() {
    let constraint = Constraint::widened(&["git.example.com"]).unwrap();
    let authority = Authority::in_memory(&constraint, today()).unwrap();
    let dir = TempDir::new().unwrap();
    let root = write_pem(dir.path(), "root", authority.root_der());
    let issuing = write_pem(dir.path(), "issuing", authority.issuing_der());
    for host in [
        HOST,
        "bitbucket.org",
        "git.example.com",
        "a.git.example.com",
    ] {
        let leaf = Leaf::mint(&authority, host, today()).unwrap();
        let leaf = write_pem(dir.path(), "leaf", &leaf.certified.cert[0]);
        let args = [
            "verify",
            "-x509_strict",
            "-CAfile",
            &root,
            "-untrusted",
            &issuing,
            &leaf,
        ];
        let Some(output) = tool(Command::new("openssl").args(args)) else {
            return;
        };
        assert!(output.status.success(), "{host}: {}", text(&output));
    }
}

/// H-A11: leap days, 2038 (the end of 32-bit seconds), 2050 (another form of date in certificates), and the first and
/// the last moment in which a leaf is shown.
#[test]
fn a_leaf_is_valid_for_a_clock_that_is_a_day_off() {
    for made in [
        utc_datetime!(2026-11-25 12:00),
        utc_datetime!(2028-02-29 12:00),
        utc_datetime!(2038-01-18 12:00),
        utc_datetime!(2038-01-19 03:14:07),
        utc_datetime!(2049-12-31 23:59:59),
    ] {
        let authority = Authority::in_memory(&Constraint::default(), made).unwrap();
        let leaf = Leaf::mint(&authority, HOST, made).unwrap();
        let last_shown = leaf.not_after() - MARGIN - Duration::seconds(1);
        assert!(leaf.is_fresh(made) && leaf.is_fresh(last_shown), "{made}");
        for shown in [made, last_shown] {
            for off in [-Duration::days(1), Duration::ZERO, Duration::days(1)] {
                let clock = shown + off;
                assert_eq!(verified(&authority, &leaf, clock), Ok(()), "{made} {clock}");
            }
        }
        let past = leaf.not_after() + Duration::seconds(1);
        assert!(verified(&authority, &leaf, past).is_err(), "{made}");
    }
}

/// As a client of rustls judges it at `clock`.
fn verified(authority: &Authority, leaf: &Leaf, clock: UtcDateTime) -> Result<(), rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(authority.root_der().clone()).unwrap();
    let builder = WebPkiServerVerifier::builder_with_provider(roots.into(), provider());
    let verifier = builder.build().unwrap();
    let seconds = u64::try_from(clock.unix_timestamp()).unwrap();
    let clock = UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
    let (end_entity, chain) = leaf.certified.cert.split_first().unwrap();
    let name = HOST.try_into().unwrap();
    verifier
        .verify_server_cert(end_entity, chain, &name, &[], clock)
        .map(drop)
}

/// A leaf that the code refuses to make, to see that clients refuse it too.
fn forced(authority: &Authority, name: &str) -> Vec<u8> {
    let now = today();
    let mut params = params(HOST, now - BACKDATED, now + LIFE).unwrap();
    params.subject_alt_names = CertificateParams::new([name.to_owned()])
        .unwrap()
        .subject_alt_names;
    let key = KeyPair::generate().unwrap();
    params
        .signed_by(&key, &authority.signer(now).issuer)
        .unwrap()
        .der()
        .to_vec()
}

fn write_pem(dir: &Path, name: &str, der: &[u8]) -> String {
    let file = dir.join(format!("{name}.pem"));
    let certificate = crate::tls::authority::CaCertificate::parse(der.to_vec().into()).unwrap();
    fs::write(&file, certificate.pem()).unwrap();
    file.to_str().unwrap().to_owned()
}

fn ski(certificate: &X509Certificate<'_>) -> Vec<u8> {
    key_id(certificate, |extension| match extension {
        ParsedExtension::SubjectKeyIdentifier(id) => Some(id.0.to_vec()),
        _ => None,
    })
}

fn aki(certificate: &X509Certificate<'_>) -> Vec<u8> {
    key_id(certificate, |extension| match extension {
        ParsedExtension::AuthorityKeyIdentifier(id) => Some(id.key_identifier.as_ref()?.0.to_vec()),
        _ => None,
    })
}

fn key_id(
    certificate: &X509Certificate<'_>,
    pick: impl Fn(&ParsedExtension<'_>) -> Option<Vec<u8>>,
) -> Vec<u8> {
    certificate
        .extensions()
        .iter()
        .find_map(|e| pick(e.parsed_extension()))
        .unwrap()
}

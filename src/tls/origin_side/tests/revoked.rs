//! Revoked certificates: refused by the lists of `--crl`, and by nothing else (H-U38).

use super::*;
use rcgen::{
    CertificateRevocationListParams, KeyIdMethod, KeyUsagePurpose, RevokedCertParams, SerialNumber,
};
use rustls::pki_types::CertificateDer;
use std::path::PathBuf;
use time::{Duration, OffsetDateTime};

/// A root, an issuing CA below it and a leaf, which two lists may revoke.
struct Chain {
    root: Signed,
    issuing: Signed,
    leaf: Signed,
    folder: tempfile::TempDir,
}

fn ca(name: &str) -> rcgen::CertificateParams {
    let mut params = ca_params(name, Unconstrained);
    params.key_usages.push(KeyUsagePurpose::CrlSign);
    params
}

fn numbered(mut params: rcgen::CertificateParams, serial: u64) -> rcgen::CertificateParams {
    params.serial_number = Some(serial.into());
    params
}

impl Chain {
    fn new() -> Self {
        let root = Signed::itself(ca("Test Root"));
        let issuing = Signed::by(&root, numbered(ca("Test Issuing"), 7));
        let leaf = Signed::by(&issuing, numbered(leaf_params(&[HOST]), 8));
        Self {
            root,
            issuing,
            leaf,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let file = self.folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file
    }

    fn side(&self, crls: &[PathBuf]) -> Result<OriginSide, RootsError> {
        let mut store = RootCertStore::empty();
        store.add(self.root.der()).unwrap();
        let roots = Roots {
            store,
            warning: None,
        };
        OriginSide::with(roots, crls, &authority())
    }

    fn reason(&self, crls: &[PathBuf]) -> Option<String> {
        let side = self.side(crls).unwrap();
        let server = self.leaf.server(&[&self.issuing], Alpn::Both);
        let error = connect(&side, Alpn::Both, server).client?;
        let explained = explain(&reported(error));
        assert_eq!(explained.proxy_status, "tls_certificate_error");
        Some(explained.text)
    }
}

fn list(issuer: &Signed, revoked: &[u64], until: Duration) -> rcgen::CertificateRevocationList {
    let now = OffsetDateTime::now_utc();
    let revoked = revoked.iter().map(|&serial| RevokedCertParams {
        serial_number: SerialNumber::from(serial),
        revocation_time: now - Duration::days(1),
        reason_code: None,
        invalidity_date: None,
    });
    let params = CertificateRevocationListParams {
        this_update: now - Duration::days(9),
        next_update: now + until,
        crl_number: SerialNumber::from(1),
        issuing_distribution_point: None,
        revoked_certs: revoked.collect(),
        key_identifier_method: KeyIdMethod::Sha256,
    };
    let signer = rcgen::Issuer::from_params(&issuer.params, &issuer.key);
    params.signed_by(&signer).unwrap()
}

const WEEK: Duration = Duration::days(7);

/// H-U38: a leaf and an intermediate, by a list in PEM or in DER; without a list nobody asks.
#[test]
fn a_revoked_certificate_is_refused_where_a_list_says_so() {
    let chain = Chain::new();
    let of_leaf = list(&chain.issuing, &[8], WEEK);
    let pem = chain.file("leaf.crl", of_leaf.pem().unwrap());
    let der = chain.file("leaf.der", of_leaf.der());
    let of_issuing = list(&chain.root, &[7], WEEK).pem().unwrap();
    let intermediate = chain.file("issuing.crl", &of_issuing);
    let others = chain.file(
        "others.crl",
        list(&chain.issuing, &[9], WEEK).pem().unwrap(),
    );
    let both = format!(
        "{}{of_issuing}",
        list(&chain.issuing, &[9], WEEK).pem().unwrap()
    );
    let both = chain.file("both.crl", both);
    for revoked in [vec![pem], vec![der], vec![intermediate], vec![both]] {
        let reason = chain.reason(&revoked).expect("refused");
        assert!(
            reason.contains("is revoked, says a list of --crl"),
            "{reason}"
        );
    }
    assert_eq!(chain.reason(&[]), None);
    assert_eq!(chain.reason(&[others]), None);
}

/// H-U38: what a list of another CA does not speak of is judged as without it.
#[test]
fn a_list_speaks_for_its_own_ca_alone() {
    let chain = Chain::new();
    let other = Signed::itself(ca("Other Root"));
    let file = chain.file("other.crl", list(&other, &[7, 8], WEEK).pem().unwrap());
    assert_eq!(chain.reason(&[file]), None);
}

/// H-U38: a list that has expired does not say who was revoked since.
#[test]
fn a_list_out_of_date_is_told_at_start_and_refuses_what_it_speaks_for() {
    let chain = Chain::new();
    let old = list(&chain.issuing, &[], Duration::hours(-50))
        .pem()
        .unwrap();
    let old = chain.file("old.crl", old);
    let reason = chain.reason(std::slice::from_ref(&old)).expect("refused");
    assert!(
        reason.contains("list of --crl for a CA of the origin expired 2 days ago"),
        "{reason}"
    );
    let warnings = chain.side(&[old]).unwrap().warnings().join("\n");
    assert!(
        warnings.contains("old.crl") && warnings.contains("expired 2 days ago"),
        "{warnings}"
    );
    let other = Signed::itself(ca("Other Root"));
    let other = list(&other, &[], Duration::hours(-50)).pem().unwrap();
    assert_eq!(chain.reason(&[chain.file("other.crl", other)]), None);
}

/// H-U38: nothing starts on a list that cannot be read.
#[test]
fn a_list_that_cannot_be_read_is_named_at_start() {
    let chain = Chain::new();
    let fault = |file: PathBuf| {
        let text = chain
            .side(std::slice::from_ref(&file))
            .err()
            .unwrap()
            .to_string();
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(
            text.starts_with("--crl ") && text.contains(name) && text.lines().count() == 1,
            "{text}"
        );
        text
    };
    assert!(fault(chain.folder.path().join("missing.crl")).contains("No such file"));
    let none = "holds no certificate revocation list";
    assert!(fault(chain.file("empty.crl", "")).contains(none));
    assert!(fault(chain.file("garbage.crl", "garbage")).contains(none));
    assert!(fault(chain.file("root.pem", chain.root.certificate.pem())).contains(none));
    let damaged = "-----BEGIN X509 CRL-----\n!!!!\n-----END X509 CRL-----\n";
    assert!(fault(chain.file("damaged.crl", damaged)).contains("damaged PEM"));
    let broken = "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n";
    assert!(fault(chain.file("broken.crl", broken)).contains("cannot be read"));
}

/// H-U38: a list with the right name and a wrong signature is no proof of anything.
#[test]
fn a_forged_list_refuses_and_says_so() {
    let chain = Chain::new();
    let forger = Signed::itself(ca("Test Issuing"));
    let mut forged = list(&forger, &[], WEEK).der().to_vec();
    let reason = chain
        .reason(&[chain.file("forged.der", &forged)])
        .expect("refused");
    assert!(reason.contains("is not signed by it"), "{reason}");
    forged.truncate(40);
    assert!(chain.side(&[chain.file("cut.der", forged)]).is_err());
}

/// H-U39: a leaf that asks for a staple, one without timestamps of a log, and one for ten years are accepted, as
/// docs/limits.md says: private CAs have neither staples nor logs, and public ones have ended stapling.
#[test]
fn staples_logs_and_lifetimes_are_not_judged() {
    let root = root();
    let mut params = leaf_params(&[HOST]);
    // TLS feature status_request (RFC 7633).
    let staple = rcgen::CustomExtension::from_oid_content(
        &[1, 3, 6, 1, 5, 5, 7, 1, 24],
        vec![0x30, 3, 2, 1, 5],
    );
    params.custom_extensions = vec![staple];
    params.not_after = (today() + Duration::days(3650)).into();
    let leaf = Signed::by(&root, params);
    let trusted: CertificateDer<'static> = root.der();
    let side = trusting(&trusted, &authority());
    connect(&side, Alpn::Both, leaf.server(&[], Alpn::Both)).succeeded();
}

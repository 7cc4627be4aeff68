//! `--crl`: the program refuses what a list revokes, and a list that it cannot read.

use crate::support::ca::Ca;
use crate::support::chain::{Signed, leaf, server};
use crate::support::client::API;
use crate::support::origin::Origin;
use crate::support::program::Program;
use crate::support::proxy::Proxy;
use rcgen::{CertificateRevocationListParams, KeyIdMethod, RevokedCertParams, SerialNumber};
use time::{Duration, OffsetDateTime};

fn list(ca: &Ca, serial: u64) -> String {
    let now = OffsetDateTime::now_utc();
    let params = CertificateRevocationListParams {
        this_update: now - Duration::days(1),
        next_update: now + Duration::days(7),
        crl_number: SerialNumber::from(1),
        issuing_distribution_point: None,
        revoked_certs: vec![RevokedCertParams {
            serial_number: SerialNumber::from(serial),
            revocation_time: now - Duration::hours(1),
            reason_code: None,
            invalidity_date: None,
        }],
        key_identifier_method: KeyIdMethod::Sha256,
    };
    let list = params.signed_by(&ca.issuer).expect("a signed list");
    list.pem().expect("PEM")
}

/// H-U38: from the flag to the answer and the log.
#[tokio::test]
async fn a_revoked_certificate_is_refused_before_a_request_leaves() {
    let ca = Ca::new("test origin CA");
    let mut params = leaf(&[API]);
    params.serial_number = Some(401.into());
    let tls = server(Signed::by(&ca.issuer, params).before(&[]), &["http/1.1"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("revoked.crl");
    std::fs::write(&file, list(&ca, 401)).unwrap();
    let origin = Origin::new()
        .signed_by(ca)
        .tls(tls)
        .script(|mut wire, _| async move { drop(wire.until_end().await) })
        .await;
    let program = Program::before(&origin, &[&format!("--crl={}", file.display())]).await;
    let tunnel = program.dialer().connect("api.bitbucket.org:443").await;
    let answer = tunnel.map(drop).expect_err("a refusal");
    assert_eq!((answer.status(), origin.all_received()), (502, Vec::new()));
    for said in [answer.field("proxy-status").unwrap(), &answer.text()] {
        assert!(said.contains("is revoked, says a list of --crl"), "{said}");
    }
    let log = program.end().await;
    let line = log.lines().find(|line| line.contains("is revoked"));
    assert!(line.is_some_and(|line| line.contains(" WARN ")), "{log}");
}

/// H-U38: a start that would not do what the operator asked for is none.
#[tokio::test]
async fn a_list_that_is_none_stops_the_start() {
    let origin = Origin::new().script(|_, _| async {}).await;
    let missing = Proxy::try_with(&origin, |config| {
        config.crl.push("/nowhere/list.crl".into());
    });
    let error = missing.await.map(drop).expect_err("no start").to_string();
    assert!(error.starts_with("--crl /nowhere/list.crl: "), "{error}");
}

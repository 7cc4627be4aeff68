//! Certificates that must be refused, each with the words for it (H-U5 to H-U37).

use super::*;
use rcgen::{ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, NameConstraints};
use rustls::crypto::aws_lc_rs::sign::any_ecdsa_type;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use time::Duration;

/// What a client learns when the origin shows `leaf` and `chain` and only `trusted` is a root.
#[track_caller]
fn refusal(trusted: &Signed, leaf: &Signed, chain: &[&Signed]) -> String {
    let side = trusting(&trusted.der(), &authority());
    let done = connect(&side, Alpn::Both, leaf.server(chain, Alpn::Both));
    let explained = explain(&reported(done.client.expect("refused")));
    assert_eq!(
        explained.proxy_status, "tls_certificate_error",
        "{}",
        explained.text
    );
    assert!(
        explained.text.bytes().all(|b| (b' '..=b'~').contains(&b)),
        "{}",
        explained.text
    );
    assert!(
        matches!(done.server, Some(Error::AlertReceived(_))),
        "the origin is told"
    );
    explained.text
}

/// H-U5, H-U6, H-U11.
#[test]
fn dates_are_judged_in_words() {
    let root = root();
    let dated = |from: Duration, to: Duration| {
        let mut params = leaf_params(&[HOST]);
        params.not_before = (today() + from).into();
        params.not_after = (today() + to).into();
        refusal(&root, &Signed::by(&root, params), &[])
    };
    let (days, hours) = (Duration::days, Duration::hours);
    assert!(dated(days(-30), hours(-73)).contains("expired 3 days ago"));
    assert!(dated(days(-30), hours(-5)).contains("expired 5 hours ago"));
    let early = dated(hours(25), days(30));
    assert!(
        early.contains("becomes valid in 1 day") && early.contains("clock"),
        "{early}"
    );

    let mut old = ca_params("Old Issuing", Constrained(0));
    old.not_before = (today() - days(30)).into();
    old.not_after = (today() - hours(50)).into();
    let old = Signed::by(&root, old);
    let leaf = Signed::by(&old, leaf_params(&[HOST]));
    assert!(refusal(&root, &leaf, &[&old]).contains("expired 2 days ago"));
}

/// H-U7, H-U17 to H-U20.
#[test]
fn another_name_is_said_with_the_names_that_there_are() {
    let root = root();
    let named = |names: &[&str]| refusal(&root, &Signed::by(&root, leaf_params(names)), &[]);
    assert_eq!(
        named(&["a.example", "*.b.example"]),
        "the certificate is for a.example, *.b.example, not for the host that was asked for"
    );
    assert!(named(&["1.2.3.4", "a.example"]).contains("is for 1.2.3.4, a.example, not"));
    assert!(named(&["a1.x", "a2.x", "a3.x", "a4.x", "a5.x", "a6.x"]).contains("a4.x and 2 more"));
    // A common name alone is no name (RFC 9525).
    let mut params = leaf_params(&[]);
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, HOST);
    let text = refusal(&root, &Signed::by(&root, params), &[]);
    assert!(text.contains("no host name (subjectAltName)"), "{text}");
    for wildcard in ["*.org", "*", "*.bitbucket.org.evil.example"] {
        named(&[wildcard]);
    }
}

/// H-U8 to H-U10.
#[test]
fn an_issuer_that_is_not_known_says_what_may_be_missing() {
    let (known, unknown) = (root(), named_root("Other Root"));
    let issuing = Signed::by(&known, ca_params("Test Issuing", Constrained(0)));
    let leaf = Signed::by(&issuing, leaf_params(&[HOST]));
    let incomplete = refusal(&known, &leaf, &[]);
    assert!(incomplete.contains("missing intermediate"), "{incomplete}");
    let private = refusal(&known, &Signed::by(&unknown, leaf_params(&[HOST])), &[]);
    assert!(
        private.contains("private CA") && private.contains("--origin-ca"),
        "{private}"
    );
    let selfsigned = refusal(&known, &Signed::itself(leaf_params(&[HOST])), &[]);
    assert!(selfsigned.contains("self-signed"), "{selfsigned}");
}

/// H-U12 to H-U14, H-U16.
#[test]
fn a_chain_that_breaks_a_rule_names_the_rule() {
    let root = root();
    let below = |issuing: rcgen::CertificateParams| {
        let issuing = Signed::by(&root, issuing);
        refusal(
            &root,
            &Signed::by(&issuing, leaf_params(&[HOST])),
            &[&issuing],
        )
    };
    assert!(below(leaf_params(&["intermediate.example"])).contains("not a CA"));

    let mut foreign = ca_params("Constrained", Constrained(0));
    let permitted = vec![GeneralSubtree::DnsName("example.com".into())];
    foreign.name_constraints = Some(NameConstraints {
        permitted_subtrees: permitted,
        excluded_subtrees: vec![],
    });
    assert!(below(foreign).contains("name constraints"));

    let mut purpose = ca_params("Clients Only", Constrained(0));
    purpose.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    assert!(below(purpose).contains("not made for servers"));

    let outer = Signed::by(&root, ca_params("Outer", Constrained(0)));
    let inner = Signed::by(&outer, ca_params("Inner", Constrained(0)));
    let leaf = Signed::by(&inner, leaf_params(&[HOST]));
    assert!(refusal(&root, &leaf, &[&inner, &outer]).contains("longer than"));
}

/// H-U15, H-U26, H-U37.
#[test]
fn a_leaf_that_breaks_a_rule_names_the_rule() {
    let root = root();
    let leaf = |params| refusal(&root, &Signed::by(&root, params), &[]);
    let mut purpose = leaf_params(&[HOST]);
    purpose.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    assert!(leaf(purpose).contains("not made for servers"));

    let mut ca = leaf_params(&[HOST]);
    ca.is_ca = IsCa::Ca(Unconstrained);
    assert!(leaf(ca).contains("shows a CA certificate as its own"));

    let mut unknown = leaf_params(&[HOST]);
    let mut extension = rcgen::CustomExtension::from_oid_content(&[1, 2, 3, 4], vec![5, 0]);
    extension.set_criticality(true);
    unknown.custom_extensions = vec![extension];
    assert!(leaf(unknown).contains("unknown critical extension"));
}

/// H-U27, and the everyday form of it: a private CA made anew under its old name.
#[test]
fn a_signature_that_does_not_verify_says_why_that_may_be() {
    let root = root();
    let renewed = refusal(&root, &Signed::by(&self::root(), leaf_params(&[HOST])), &[]);
    assert!(renewed.contains("renewed private CA"), "{renewed}");

    let leaf = Signed::by(&root, leaf_params(&[HOST]));
    let mut flipped = leaf.der().to_vec();
    *flipped.last_mut().unwrap() ^= 1;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(leaf.key.serialize_der()));
    let server = serve(
        vec![flipped.into()],
        any_ecdsa_type(&key).unwrap(),
        Alpn::Both,
    );
    let error = connect(&trusting(&root.der(), &authority()), Alpn::Both, server)
        .client
        .unwrap();
    assert!(explain(&reported(error)).text.contains("does not verify"));
}

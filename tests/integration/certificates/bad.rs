//! The bad certificates, each with its host and the words that it is refused by.

use crate::support::ca::Ca;
use crate::support::chain::{Signed, dated, issuing, leaf};
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, NameConstraints,
};
use rustls::sign::CertifiedKey;
use std::sync::Arc;
use time::Duration;

pub struct Bad {
    pub host: &'static str,
    pub shown: Arc<CertifiedKey>,
    pub says: &'static str,
}

pub fn all(ca: &Ca) -> Vec<Bad> {
    [leaves(ca), names(ca), chains(ca), strangers()]
        .into_iter()
        .flatten()
        .collect()
}

fn bad(host: &'static str, shown: Arc<CertifiedKey>, says: &'static str) -> Bad {
    Bad { host, shown, says }
}

/// A leaf for `host` that `change` breaks.
fn broken(
    ca: &Ca,
    host: &'static str,
    says: &'static str,
    change: impl FnOnce(&mut CertificateParams),
) -> Bad {
    let mut params = leaf(&[host]);
    change(&mut params);
    bad(host, Signed::by(&ca.issuer, params).before(&[]), says)
}

fn leaves(ca: &Ca) -> Vec<Bad> {
    let day = Duration::days(1);
    let flipped = Signed::by(&ca.issuer, leaf(&["flipped.bitbucket.org"]));
    let mut bytes = flipped.der.to_vec();
    *bytes.last_mut().expect("a certificate") ^= 1;
    vec![
        broken(ca, "expired.bitbucket.org", "expired 3 days ago", |leaf| {
            dated(leaf, -9 * day, -3 * day - Duration::hours(1));
        }),
        broken(
            ca,
            "early.bitbucket.org",
            "becomes valid in 2 days",
            |leaf| {
                dated(leaf, 2 * day + Duration::hours(1), 9 * day);
            },
        ),
        broken(
            ca,
            "clients.bitbucket.org",
            "not made for servers",
            |leaf| {
                leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
            },
        ),
        broken(
            ca,
            "critical.bitbucket.org",
            "unknown critical extension",
            |leaf| {
                let mut unknown = CustomExtension::from_oid_content(&[1, 2, 3, 4], vec![5, 0]);
                unknown.set_criticality(true);
                leaf.custom_extensions = vec![unknown];
            },
        ),
        broken(
            ca,
            "ca.bitbucket.org",
            "let that CA sign one for the server",
            |leaf| {
                leaf.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            },
        ),
        bad(
            "flipped.bitbucket.org",
            flipped.with(vec![bytes.into()]),
            "does not verify",
        ),
    ]
}

fn names(ca: &Ca) -> Vec<Bad> {
    let named = |host, names: &[&str], says| {
        bad(host, Signed::by(&ca.issuer, leaf(names)).before(&[]), says)
    };
    vec![
        named(
            "other.bitbucket.org",
            &["wrong.example", "*.wrong.example"],
            "is for wrong.example, *.wrong.example, not",
        ),
        named(
            "two.labels.bitbucket.org",
            &["*.bitbucket.org"],
            "is for *.bitbucket.org, not",
        ),
        named(
            "wild-part.bitbucket.org",
            &["wild-p*.bitbucket.org"],
            "is for wild-p*.bitbucket.org, not",
        ),
        named("any.bitbucket.org", &["*"], "is for *, not"),
        broken(
            ca,
            "common-name.bitbucket.org",
            "no host name (subjectAltName)",
            |leaf| {
                leaf.subject_alt_names.clear();
                leaf.distinguished_name
                    .push(DnType::CommonName, "common-name.bitbucket.org");
            },
        ),
    ]
}

fn chains(ca: &Ca) -> Vec<Bad> {
    let below = |host, says, params| {
        let issuing = Signed::by(&ca.issuer, params);
        bad(host, issuing.signs(leaf(&[host])).before(&[&issuing]), says)
    };
    let changed = |change: fn(&mut CertificateParams)| {
        let mut params = issuing("test issuing CA");
        change(&mut params);
        params
    };
    let outer = Signed::by(
        &ca.issuer,
        changed(|outer| outer.is_ca = IsCa::Ca(BasicConstraints::Constrained(0))),
    );
    let inner = outer.signs(issuing("inner CA"));
    let absent = Signed::by(&ca.issuer, issuing("absent CA"));
    let host = "incomplete.bitbucket.org";
    let incomplete = absent.signs(leaf(&[host])).before(&[]);
    vec![
        bad(host, incomplete, "missing intermediate certificate"),
        below(
            "old-ca.bitbucket.org",
            "expired 2 days ago",
            changed(|old| {
                dated(old, -Duration::days(9), -Duration::hours(50));
            }),
        ),
        below(
            "no-ca.bitbucket.org",
            "not a CA",
            leaf(&["intermediate.example"]),
        ),
        below(
            "constrained.bitbucket.org",
            "name constraints",
            changed(|constrained| {
                constrained.name_constraints = Some(NameConstraints {
                    permitted_subtrees: vec![GeneralSubtree::DnsName("example.com".into())],
                    excluded_subtrees: Vec::new(),
                });
            }),
        ),
        below(
            "client-ca.bitbucket.org",
            "not made for servers",
            changed(|purpose| {
                purpose.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
            }),
        ),
        bad(
            "long.bitbucket.org",
            inner
                .signs(leaf(&["long.bitbucket.org"]))
                .before(&[&inner, &outer]),
            "longer than one of its CAs permits",
        ),
    ]
}

/// Roots that nobody put into the store, whatever they call themselves.
fn strangers() -> Vec<Bad> {
    let unknown = "unknown issuer";
    let own = Signed::itself(leaf(&["self-signed.bitbucket.org"]));
    let below = |host, root: &str| {
        let root = Signed::itself(issuing(root));
        bad(host, root.signs(leaf(&[host])).before(&[&root]), unknown)
    };
    let namesake = Signed::itself(issuing("test origin CA"));
    let host = "namesake.bitbucket.org";
    vec![
        bad(
            "self-signed.bitbucket.org",
            own.before(&[]),
            "self-signed certificate",
        ),
        below("stranger.bitbucket.org", "Some Root"),
        below("superfish.bitbucket.org", "Superfish, Inc."),
        below("edell.bitbucket.org", "eDellRoot"),
        below("dsdtest.bitbucket.org", "DSDTestProvider"),
        below("webpack.bitbucket.org", "webpack-dev-server CA"),
        bad(
            host,
            namesake.signs(leaf(&[host])).before(&[&namesake]),
            "renewed private CA",
        ),
    ]
}

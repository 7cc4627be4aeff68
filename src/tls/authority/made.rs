//! Making a root and an issuing CA (H-A3, H-A4).

use crate::tls::constraint::Constraint;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CidrSubnet, DistinguishedName, DnType, Error,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints,
};
use std::net::{Ipv4Addr, Ipv6Addr};
use time::{Duration, UtcDateTime};
use zeroize::Zeroize;

const LIFE: Duration = Duration::days(365);
/// For clients whose clock is behind (H-A11).
const BACKDATED: Duration = Duration::days(2);

/// A new CA. The root's key is gone already.
pub(super) struct Made {
    pub(super) root: Certificate,
    pub(super) issuing: Certificate,
    pub(super) issuing_key: KeyPair,
}

impl Made {
    pub(super) fn new(constraint: &Constraint, now: UtcDateTime) -> Result<Self, Error> {
        let install = install_name(now)?;
        let root_params = ca_params(&format!("why401 root CA {install}"), 1, constraint, now)?;
        let issuing_params =
            ca_params(&format!("why401 issuing CA {install}"), 0, constraint, now)?;
        let issuing_key = KeyPair::generate()?;

        let mut root_key = KeyPair::generate()?;
        let root = root_params.self_signed(&root_key)?;
        let issuing = issuing_params
            .signed_by(&issuing_key, &Issuer::from_params(&root_params, &root_key))?;
        root_key.zeroize();

        Ok(Self {
            root,
            issuing,
            issuing_key,
        })
    }
}

/// Both certificates are constrained: Java ignores constraints on a root.
fn ca_params(
    name: &str,
    path_length: u8,
    constraint: &Constraint,
    now: UtcDateTime,
) -> Result<CertificateParams, Error> {
    let mut params = CertificateParams::default();
    let not_before = now - BACKDATED;
    params.not_before = not_before.into();
    params.not_after = (not_before + LIFE).into();
    params.serial_number = Some(random_serial()?);
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(path_length));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.use_authority_key_identifier_extension = true;
    let any_v4 = CidrSubnet::from_addr_prefix(Ipv4Addr::UNSPECIFIED.into(), 0);
    let any_v6 = CidrSubnet::from_addr_prefix(Ipv6Addr::UNSPECIFIED.into(), 0);
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: constraint
            .domains()
            .iter()
            .cloned()
            .map(GeneralSubtree::DnsName)
            .collect(),
        excluded_subtrees: [any_v4, any_v6].map(GeneralSubtree::IpAddress).to_vec(),
    });
    Ok(params)
}

/// 128 random bits (H-A5).
pub(in crate::tls) fn random_serial() -> Result<rcgen::SerialNumber, Error> {
    let mut bytes = [0; 16];
    random(&mut bytes)?;
    Ok(rcgen::SerialNumber::from_slice(&bytes))
}

fn random(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|_| Error::RingUnspecified)
}

/// Host, date and 32 random bits: tells two installs apart in a trust store (H-A3), and stays
/// under the 64 characters of a common name.
fn install_name(now: UtcDateTime) -> Result<String, Error> {
    let mut bytes = [0; 4];
    random(&mut bytes)?;
    let host: String = rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "-.".contains(*c))
        .take(20)
        .collect();
    Ok(
        format!("{host} {} {:08x}", now.date(), u32::from_be_bytes(bytes))
            .trim_start()
            .to_owned(),
    )
}

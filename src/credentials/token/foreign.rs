//! Secrets made by others: known by their beginnings, so that nobody takes them for a password (A19, A24).

use super::{SecretKind, Vendor, position};

/// Of a PEM header, and a little more.
const LONGEST_LABEL: usize = 40;

/// Beginning, fewest characters after it, owner.
const BEGINNINGS: &[(&[u8], usize, Vendor)] = &[
    (b"ghp_", 20, Vendor::GitHub),
    (b"gho_", 20, Vendor::GitHub),
    (b"ghu_", 20, Vendor::GitHub),
    (b"ghs_", 20, Vendor::GitHub),
    (b"ghr_", 20, Vendor::GitHub),
    (b"github_pat_", 20, Vendor::GitHub),
    (b"glpat-", 16, Vendor::GitLab),
    (b"gldt-", 16, Vendor::GitLab),
    (b"glcbt-", 16, Vendor::GitLab),
    (b"npm_", 30, Vendor::Npm),
    (b"xoxb-", 16, Vendor::Slack),
    (b"sntryu_", 40, Vendor::Sentry),
];

pub(super) fn classify(secret: &[u8]) -> Option<SecretKind> {
    if is_private_key(secret) {
        return Some(SecretKind::PrivateKey);
    }
    if has_beginning(secret, b"BBDC-", 20) {
        return Some(SecretKind::DataCenterToken);
    }
    if is_data_center_shape(secret) {
        return Some(SecretKind::DataCenterShape);
    }
    let by_beginning = BEGINNINGS
        .iter()
        .find(|(beginning, rest, _)| has_beginning(secret, beginning, *rest));
    by_beginning
        .map(|(_, _, vendor)| *vendor)
        .or_else(|| by_shape(secret))
        .map(SecretKind::Foreign)
}

fn has_beginning(secret: &[u8], beginning: &[u8], fewest: usize) -> bool {
    secret.strip_prefix(beginning).is_some_and(|rest| {
        rest.len() >= fewest
            && rest
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+/=@_.-".contains(byte))
    })
}

/// Vendors whose mark stands elsewhere or whose length belongs to it.
fn by_shape(secret: &[u8]) -> Option<Vendor> {
    let is_upper = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    if secret.len() == 20
        && (secret.starts_with(b"AKIA") || secret.starts_with(b"ASIA"))
        && secret.iter().all(is_upper)
    {
        return Some(Vendor::Aws);
    }
    if secret.starts_with(b"sk-") && secret.windows(8).any(|window| window == b"T3BlbkFJ") {
        return Some(Vendor::OpenAi);
    }
    let azure =
        (37..=40).contains(&secret.len()) && secret[3].is_ascii_digit() && &secret[4..6] == b"Q~";
    azure.then_some(Vendor::Azure)
}

fn is_private_key(secret: &[u8]) -> bool {
    // A certificate or a public key is PEM too (RFC 7468).
    let label = secret.strip_prefix(b"-----BEGIN ");
    let label = label.map(|rest| &rest[..rest.len().min(LONGEST_LABEL)]);
    label.is_some_and(|label| position(label, b"PRIVATE KEY").is_some())
        || secret.starts_with(b"b3BlbnNzaC1rZXktdjE")
}

/// Base64 of `<12 digits>:<20 bytes>`: the digits and the colon fix some characters (A19).
fn is_data_center_shape(secret: &[u8]) -> bool {
    secret.len() == 44
        && secret
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
        && matches!(secret[0], b'M' | b'N' | b'O')
        && secret[16] == b'O'
        && matches!(secret[17], b'g'..=b'v')
}

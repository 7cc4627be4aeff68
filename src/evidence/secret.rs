//! What kind of secret was sent, as far as a finding depends on it.

use super::Evidence;
use super::Signal::*;
use crate::credentials::{Checksum, SecretKind, SecretShape};

/// A placeholder gives no signal: its finding is about something else.
pub(super) fn derive(evidence: &mut Evidence, secret: SecretShape) {
    evidence.length = secret.length;
    evidence.add_if(secret.claims.connect, ConnectJwt);
    evidence.add_if(secret.claims.pipelines, PipelinesToken);
    let prefixed = match secret.kind {
        SecretKind::ApiToken => Some(ApiToken),
        SecretKind::AccessToken => Some(AccessToken),
        SecretKind::AppPassword => Some(AppPassword),
        SecretKind::OldAppPassword => return evidence.add(OldAppPassword),
        SecretKind::Jwt => return evidence.add(Jwt),
        SecretKind::OAuthToken => return evidence.add(OAuthToken),
        SecretKind::CutJwt => return evidence.add(CutJwt),
        SecretKind::PasswordShaped => return evidence.add(PasswordShaped),
        SecretKind::LegacyApiToken => {
            evidence.add(LegacyToken);
            return evidence.add(OtherSecret);
        }
        SecretKind::ConsumerSecret => {
            evidence.add(ConsumerPair);
            return evidence.add(OtherSecret);
        }
        SecretKind::Unknown => return evidence.add(OtherSecret),
        SecretKind::DataCenterToken => return evidence.add(DataCenterToken),
        SecretKind::DataCenterShape => return evidence.add(DataCenterShape),
        SecretKind::Foreign(vendor) => {
            evidence.vendor = Some(vendor.name());
            return evidence.add(ForeignToken);
        }
        SecretKind::PrivateKey => return evidence.add(PrivateKey),
        SecretKind::Placeholder | SecretKind::Hidden | SecretKind::None => None,
    };
    let Some(kind) = prefixed else { return };
    evidence.add(kind);
    evidence.add(match secret.checksum {
        Checksum::Fits => ChecksumFits,
        Checksum::Fails => ChecksumFails,
        Checksum::Absent => UnknownGeneration,
    });
    let damaged = secret.checksum == Checksum::Fails;
    evidence.add_if(damaged && is_as_long_as_usual(secret), UsualLength);
}

/// How long published tokens of a kind are (A4); lengths may vary.
fn is_as_long_as_usual(secret: SecretShape) -> bool {
    let usual = match secret.kind {
        SecretKind::AppPassword => 36,
        _ => 192,
    };
    secret.length == Some(usual)
}

/// What a host that is not Bitbucket's was sent: only whether Bitbucket is where it belongs.
pub(super) fn derive_elsewhere(evidence: &mut Evidence, secret: SecretShape, host: &str) {
    /// Takes the API keys of organisations, which may begin like access tokens (A20).
    const ADMIN_API: &str = "api.atlassian.com";
    let whole = secret.checksum == Checksum::Fits;
    let (token, bitbucket) = match secret.kind {
        SecretKind::ApiToken => (whole, false),
        SecretKind::AccessToken => (whole, whole && host != ADMIN_API),
        SecretKind::AppPassword => (whole, whole),
        _ => (false, false),
    };
    evidence.add_if(token, AtlassianToken);
    evidence.add_if(bitbucket, BitbucketToken);
}

//! What kind of secret was sent, as far as a finding depends on it.

use super::Evidence;
use super::Signal::*;
use crate::credentials::{Checksum, SecretKind, SecretShape};

/// Secrets of other products and placeholders give no signal: their findings are about something else, and
/// nothing here may be held against them.
pub(super) fn derive(evidence: &mut Evidence, secret: SecretShape) {
    evidence.length = secret.length;
    evidence.add_if(secret.claims.connect, ConnectJwt);
    let prefixed = match secret.kind {
        SecretKind::ApiToken => Some(ApiToken),
        SecretKind::AccessToken => Some(AccessToken),
        SecretKind::AppPassword => Some(AppPassword),
        SecretKind::OldAppPassword => return evidence.add(OldAppPassword),
        SecretKind::Jwt => return evidence.add(Jwt),
        SecretKind::OAuthToken => return evidence.add(OAuthToken),
        SecretKind::CutJwt => return evidence.add(CutJwt),
        SecretKind::PasswordShaped => return evidence.add(PasswordShaped),
        SecretKind::LegacyApiToken | SecretKind::ConsumerSecret | SecretKind::Unknown => {
            return evidence.add(OtherSecret);
        }
        SecretKind::DataCenterToken
        | SecretKind::DataCenterShape
        | SecretKind::Foreign(_)
        | SecretKind::PrivateKey
        | SecretKind::Placeholder
        | SecretKind::Hidden
        | SecretKind::None => None,
    };
    let Some(kind) = prefixed else { return };
    evidence.add(kind);
    evidence.add(match secret.checksum {
        Checksum::Fits => ChecksumFits,
        Checksum::Fails => ChecksumFails,
        Checksum::Absent => UnknownGeneration,
    });
}

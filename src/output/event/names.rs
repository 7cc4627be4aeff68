//! How the log calls what was sent: public API, guarded by a snapshot.

use crate::credentials::{Scheme, SecretKind, UserIdKind, Vendor};

/// `auth.scheme`.
pub fn scheme(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Basic => "Basic",
        Scheme::Bearer => "Bearer",
        Scheme::Jwt => "JWT",
        Scheme::OAuth => "OAuth",
        Scheme::Digest => "Digest",
        Scheme::Negotiate => "Negotiate",
        Scheme::Token => "token",
        Scheme::Missing => "missing",
        Scheme::Other => "other",
    }
}

/// `auth.user_id.kind`.
pub fn user_id_kind(kind: UserIdKind) -> &'static str {
    match kind {
        UserIdKind::Email => "email",
        UserIdKind::Username => "username",
        UserIdKind::XTokenAuth => "x-token-auth",
        UserIdKind::XBitbucketApiTokenAuth => "x-bitbucket-api-token-auth",
        UserIdKind::Uuid => "uuid",
        UserIdKind::AccountId => "account-id",
        UserIdKind::Label => "label",
        UserIdKind::Placeholder => "placeholder",
        UserIdKind::Token => "token",
        UserIdKind::Empty => "empty",
    }
}

/// `auth.secret.kind`; `None` when there is no secret.
pub fn secret_kind(kind: SecretKind) -> Option<&'static str> {
    Some(match kind {
        SecretKind::ApiToken => "api-token",
        SecretKind::AccessToken => "access-token",
        SecretKind::AppPassword => "app-password",
        SecretKind::OldAppPassword => "old-app-password",
        SecretKind::LegacyApiToken => "legacy-api-token",
        SecretKind::Jwt => "jwt",
        SecretKind::OAuthToken => "oauth-token",
        SecretKind::CutJwt => "cut-jwt",
        SecretKind::ConsumerSecret => "consumer-secret",
        SecretKind::DataCenterToken | SecretKind::DataCenterShape => "data-center-token",
        SecretKind::Foreign(vendor) => foreign(vendor),
        SecretKind::PrivateKey => "private-key",
        SecretKind::Placeholder => "placeholder",
        SecretKind::PasswordShaped => "password-shaped",
        SecretKind::Unknown => "unknown",
        SecretKind::Hidden => "hidden",
        SecretKind::None => return None,
    })
}

fn foreign(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::GitHub => "github-token",
        Vendor::GitLab => "gitlab-token",
        Vendor::Npm => "npm-token",
        Vendor::Slack => "slack-token",
        Vendor::OpenAi => "openai-key",
        Vendor::Aws => "aws-key",
        Vendor::Azure => "azure-secret",
        Vendor::Sentry => "sentry-token",
    }
}

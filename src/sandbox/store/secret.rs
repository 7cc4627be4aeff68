//! Secrets in the shapes that are published, and random.

use super::seed::seed;
use crate::credentials::mint;
use crate::sandbox::credential::Kind;

/// One that nobody has.
pub fn new_secret(kind: Kind) -> String {
    let characters = |length| mint::alphanumerics(seed(), length);
    match kind {
        Kind::ApiToken => mint::api_token(seed()),
        Kind::LegacyApiToken => characters(24),
        Kind::AppPassword => mint::app_password(seed()),
        Kind::RepoAccessToken
        | Kind::ProjectAccessToken
        | Kind::WorkspaceAccessToken
        | Kind::OrganisationApiKey => mint::access_token(seed()),
        // The older form, which makes no claims (A13).
        Kind::OauthAccessToken => format!("{}=", characters(91)),
        Kind::OauthRefreshToken | Kind::OauthCode => characters(18),
        Kind::OauthConsumer => characters(32),
        Kind::ConnectJwt | Kind::PipelinesOidcToken => mint::jwt(seed()),
        Kind::AccountPassword => characters(14),
        Kind::DataCenterToken => mint::data_center_token(seed()),
    }
}

/// For `x-token-id` (B5).
pub fn new_id() -> String {
    mint::alphanumerics(seed(), 20)
}

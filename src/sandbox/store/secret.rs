//! Secrets in the shapes that are published, and random.

use super::seed::seed;
use crate::credentials::mint;
use crate::sandbox::credential::Kind;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

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
        Kind::DataCenterToken => data_center_token(),
    }
}

/// For `x-token-id` (B5).
pub fn new_id() -> String {
    mint::alphanumerics(seed(), 20)
}

/// `BBDC-`, then base64 of twelve digits, a colon and twenty bytes (A19).
fn data_center_token() -> String {
    let id = 100_000_000_000 + seed() % 900_000_000_000;
    let text = format!("{id}:{}", mint::alphanumerics(seed(), 20));
    format!("BBDC-{}", STANDARD.encode(text))
}

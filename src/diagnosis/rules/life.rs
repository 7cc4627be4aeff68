//! Whether the credential is still, or was ever, alive.

pub mod account_locked;
pub mod api_token_without_scopes;
pub mod app_password_brownout;
pub mod app_password_removed;
pub mod damaged_token;
pub mod legacy_api_token;
pub mod netrc_overrides;
pub mod oauth_consumer_misconfigured;
pub mod spent_refresh_token;
pub mod stale_cached_credential;
pub mod token_expired;
pub mod token_request_not_form_encoded;
pub mod token_revoked;
pub mod wrong_secret;

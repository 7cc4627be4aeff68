//! Whether the credential is still, or was ever, alive.

pub mod api_token_without_scopes;
pub mod app_password_brownout;
pub mod app_password_removed;
pub mod damaged_token;
pub mod wrong_secret;

//! What kind of secret was sent, and under which scheme.

pub mod account_password;
pub mod basic_with_access_token;
pub mod bearer_with_api_token;

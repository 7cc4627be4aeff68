//! What kind of secret was sent, and under which scheme.

pub mod access_token_on_user_endpoint;
pub mod account_password;
pub mod auth_method_unsupported_for_endpoint;
pub mod basic_with_access_token;
pub mod bearer_with_api_token;
pub mod bearer_with_app_password;
pub mod bearer_with_basic_pair;
pub mod data_center_token;
pub mod oauth_consumer_as_basic;
pub mod pipelines_oidc_token;
pub mod private_key_as_secret;
pub mod wrong_host;
pub mod wrong_product_token;
pub mod wrong_vendor_token;

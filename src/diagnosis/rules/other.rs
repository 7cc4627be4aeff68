//! Everything else, mostly causes outside the credential.

pub mod absolute_form_https;
pub mod anonymous_ok;
pub mod bad_request;
pub mod challenge;
pub mod client_distrusts_ca;
pub mod credential_manager_probe;
pub mod endpoint_removed;
pub mod https_scheme_for_plain_proxy;
pub mod ignored_credentials;
pub mod login_page_redirect;
pub mod proxy_authentication;
pub mod rate_limited;
pub mod redacted_record;
pub mod redirect_forwards_authorization;
pub mod server_error;
pub mod upstream_bug;
pub mod wrong_endpoint;
pub mod wrong_path;

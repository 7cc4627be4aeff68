//! Everything else, mostly causes outside the credential.

pub mod challenge;
pub mod credential_manager_probe;
pub mod endpoint_removed;
pub mod rate_limited;
pub mod server_error;

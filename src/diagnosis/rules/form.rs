//! How the field is written.

pub mod basic_not_encoded;
pub mod basic_without_user;
pub mod empty_credentials;
pub mod malformed_basic;
pub mod no_credentials;
pub mod trailing_newline;
pub mod unexpanded_placeholder;

//! How the field is written.

pub mod authorization_nominated;
pub mod base64_line_wrapped;
pub mod basic_not_encoded;
pub mod basic_without_user;
pub mod conflicting_credentials;
pub mod double_encoded;
pub mod duplicate_scheme;
pub mod empty_credentials;
pub mod escaped_credentials;
pub mod invisible_characters;
pub mod malformed_basic;
pub mod masked_secret;
pub mod missing_scheme;
pub mod no_credentials;
pub mod non_ascii_credentials;
pub mod oauth1_signature;
pub mod oauth_token_in_query;
pub mod plain_http;
pub mod quoted_credentials;
pub mod repeated_authorization;
pub mod scheme_case;
pub mod text_around_token;
pub mod trailing_newline;
pub mod unexpanded_placeholder;
pub mod waits_for_challenge;
pub mod wrong_scheme;

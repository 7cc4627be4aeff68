//! All rules that are written, one line each.

use super::rule::Rule;
use super::rules::{access, form, kind, life, other, user};

/// By family and slug, as in the taxonomy.
#[rustfmt::skip]
pub const RULES: &[&Rule] = &[
    &form::authorization_nominated::RULE,
    &form::base64_line_wrapped::RULE,
    &form::basic_not_encoded::RULE,
    &form::basic_without_user::RULE,
    &form::conflicting_credentials::RULE,
    &form::double_encoded::RULE,
    &form::duplicate_scheme::RULE,
    &form::empty_credentials::RULE,
    &form::escaped_credentials::RULE,
    &form::invisible_characters::RULE,
    &form::malformed_basic::RULE,
    &form::masked_secret::RULE,
    &form::missing_scheme::RULE,
    &form::no_credentials::RULE,
    &form::non_ascii_credentials::RULE,
    &form::oauth_token_in_query::RULE,
    &form::oauth1_signature::RULE,
    &form::plain_http::RULE,
    &form::quoted_credentials::RULE,
    &form::repeated_authorization::RULE,
    &form::scheme_case::RULE,
    &form::text_around_token::RULE,
    &form::trailing_newline::RULE,
    &form::unexpanded_placeholder::RULE,
    &form::waits_for_challenge::RULE,
    &form::wrong_scheme::RULE,
    &kind::account_password::RULE,
    &kind::basic_with_access_token::RULE,
    &kind::bearer_with_api_token::RULE,
    &user::access_token_with_wrong_git_user::RULE,
    &user::api_token_with_email_on_git::RULE,
    &user::api_token_with_username::RULE,
    &user::app_password_with_email::RULE,
    &user::email_of_another_account::RULE,
    &user::swapped_halves::RULE,
    &user::token_label_as_user::RULE,
    &life::api_token_without_scopes::RULE,
    &life::app_password_brownout::RULE,
    &life::app_password_removed::RULE,
    &life::damaged_token::RULE,
    &life::wrong_secret::RULE,
    &access::plan_limit::RULE,
    &access::scope_missing::RULE,
    &other::challenge::RULE,
    &other::credential_manager_probe::RULE,
    &other::endpoint_removed::RULE,
    &other::rate_limited::RULE,
    &other::server_error::RULE,
];

/// The rule of a slug, if it is written.
pub fn rule(slug: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.slug == slug)
}

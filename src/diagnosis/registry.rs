//! All rules that are written, one line each.

use super::rule::Rule;
use super::rules::{access, form, kind, life, other, user};

/// By family and slug, as in the taxonomy.
#[rustfmt::skip]
pub const RULES: &[&Rule] = &[
    &form::basic_not_encoded::RULE,
    &form::basic_without_user::RULE,
    &form::empty_credentials::RULE,
    &form::malformed_basic::RULE,
    &form::no_credentials::RULE,
    &form::trailing_newline::RULE,
    &form::unexpanded_placeholder::RULE,
    &kind::account_password::RULE,
    &kind::basic_with_access_token::RULE,
    &kind::bearer_with_api_token::RULE,
    &user::access_token_with_wrong_git_user::RULE,
    &user::api_token_with_email_on_git::RULE,
    &user::api_token_with_username::RULE,
    &user::app_password_with_email::RULE,
    &user::email_of_another_account::RULE,
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

//! Which user-id stands before the secret.

pub mod access_token_with_wrong_git_user;
pub mod api_token_with_email_on_git;
pub mod api_token_with_username;
pub mod app_password_with_email;
pub mod email_of_another_account;
pub mod swapped_halves;
pub mod token_label_as_user;

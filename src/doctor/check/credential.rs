//! What can be said of a pair that is stored, from its shape and the date: whether it can work at all.

use crate::bitbucket::timeline::{APP_PASSWORDS_REMOVED, AppPasswords};
use crate::credentials::{Checksum, Credentials, SecretKind, UserIdKind};
use crate::diagnosis::right_form::right_forms;
use crate::doctor::machine::Stored;
use crate::output::pair::kind_name;
use time::UtcDateTime;

/// Where Atlassian lets people make tokens.
const NEW_TOKEN: &str = "make an API token with scopes (https://id.atlassian.com/manage-profile/security/api-tokens) and put it there";

/// Why it cannot work, and what to do.
pub struct Fault {
    pub text: String,
    pub action: String,
    /// It follows from the bytes and the date; else it only looks so.
    pub is_sure: bool,
}

/// `user j…e, app password`
pub fn words(credentials: &Credentials) -> String {
    let (kind, _) = kind_name(credentials.secret);
    match &credentials.user_id {
        Some(user) if user.kind != UserIdKind::Empty => format!("user {}, {kind}", user.masked()),
        _ => kind,
    }
}

/// `None` where nothing speaks against it.
pub fn fault(stored: &Stored, at: UtcDateTime) -> Option<Fault> {
    let credentials = &stored.credentials;
    let fault = |text: String, action: &str, is_sure| {
        let action = action.to_owned();
        Some(Fault {
            text,
            action,
            is_sure,
        })
    };
    let removed = AppPasswords::at(at) == AppPasswords::Removed;
    match credentials.secret.kind {
        SecretKind::AppPassword if removed => fault(
            format!("app passwords ended on {APP_PASSWORDS_REMOVED}"),
            NEW_TOKEN,
            true,
        ),
        SecretKind::OldAppPassword if removed => fault(
            format!("it looks like an app password, and these ended on {APP_PASSWORDS_REMOVED}"),
            NEW_TOKEN,
            false,
        ),
        SecretKind::PasswordShaped => fault(
            "it looks like the password of an account, which Bitbucket refuses".into(),
            NEW_TOKEN,
            false,
        ),
        _ if credentials.secret.checksum == Checksum::Fails => fault(
            "the token is damaged: its checksum does not fit".into(),
            "copy it again, whole, on one line",
            true,
        ),
        _ => wrong_user(stored, at),
    }
}

/// The kind of secret is taken, but not under this name.
fn wrong_user(stored: &Stored, at: UtcDateTime) -> Option<Fault> {
    let credentials = &stored.credentials;
    let user = credentials.user_id.as_ref()?.kind;
    let forms = right_forms(credentials.secret, user, at)?;
    let (form, surface) = match stored.host.as_deref()? {
        "api.bitbucket.org" => (forms.rest, "REST"),
        _ => (forms.git, "git"),
    };
    let name = form.user.filter(|_| !form.user_fits)?;
    Some(Fault {
        text: format!("for {surface} this kind of token goes with another user name"),
        action: format!("make its user name {name}"),
        is_sure: false,
    })
}

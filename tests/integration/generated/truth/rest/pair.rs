//! Basic on REST: each kind under each user name.

use crate::generated::composition::Composition;
use crate::generated::credential::Kind;
use crate::generated::form::{Fault, User};
use crate::generated::truth::seen::{likely, possible};
use crate::generated::truth::{ACCOUNT_PASSWORDS_END, APP_PASSWORDS_END, Truth, is_plain};

pub fn add(truth: &mut Truth, composed: &Composition, user: User) {
    if composed.fault != Fault::NoUser {
        add_user(truth, composed, user);
    }
    match composed.kind {
        Kind::ApiToken if composed.fault == Fault::NoUser => {}
        Kind::ApiToken => add_api_token(truth, composed, user),
        kind if kind.is_access_token() => add_bearer_kind(truth, likely("basic-with-access-token")),
        Kind::OauthJwt if is_plain(composed) => {
            add_bearer_kind(truth, likely("basic-with-access-token"));
        }
        Kind::OauthJwt => truth.see(likely("basic-with-access-token").perhaps()),
        Kind::OauthOpaque => add_bearer_kind(truth, possible("basic-with-access-token")),
        Kind::AppPassword | Kind::OldAppPassword => add_app_password(truth, composed, user),
        Kind::ConsumerSecret if user == User::Key && is_plain(composed) => {
            truth.see(possible("oauth-consumer-as-basic"));
        }
        Kind::ConsumerSecret => truth.may(&["oauth-consumer-as-basic"]),
        Kind::LegacyToken => truth.see(possible("legacy-api-token").perhaps()),
        Kind::AccountPassword => add_account_password(truth, composed, user),
        Kind::ConnectJwt => {
            truth.see(likely("wrong-scheme"));
            truth.in_any_order();
        }
        _ => {}
    }
}

/// What is wrong with the user name, whatever stands behind it (0.5, A25, A26, E3b, E24).
pub fn add_user(truth: &mut Truth, composed: &Composition, user: User) {
    let alone = truth.visible.is_empty();
    match user {
        _ if user.is_id() => truth.see(likely("uuid-as-user").perhaps()),
        User::ApiTokenAuth => truth.see(likely("git-user-on-rest").perhaps()),
        User::XTokenAuth if composed.kind != Kind::ApiToken => {
            truth.see(possible("git-user-on-rest").perhaps());
        }
        _ => return truth.may(&["token-label-as-user", "workspace-as-user"]),
    }
    if alone {
        truth.in_any_order();
    }
}

fn add_bearer_kind(truth: &mut Truth, seen: crate::generated::truth::Seen) {
    let any = truth.equals == truth.visible.len();
    truth.see(seen);
    if any {
        truth.in_any_order();
    }
    before_the_empty_name(truth);
}

/// The kind says what to put there.
pub fn before_the_empty_name(truth: &mut Truth) {
    let is_empty = |one: &super::super::Seen| one.slug == "empty-credentials";
    if let Some(place) = truth.visible.iter().position(is_empty) {
        let empty = truth.visible.remove(place);
        truth.visible.push(empty);
    }
}

fn add_api_token(truth: &mut Truth, composed: &Composition, user: User) {
    let named = likely("api-token-with-username");
    match user {
        User::Email | User::EmailInCapitals | User::OtherEmail if is_plain(composed) => {
            truth.foremost = Some("api-token-without-scopes");
            truth.may(&[
                "api-token-without-scopes",
                "token-expired",
                "email-of-another-account",
                "wrong-product-token",
            ]);
            truth
                .real
                .extend((!user.is_email_of(composed.state)).then_some("email-of-another-account"));
        }
        User::Email | User::EmailInCapitals | User::OtherEmail => {}
        User::XTokenAuth => {
            truth.see(likely("git-user-on-rest"));
            truth.see(likely("x-token-auth-with-api-token").perhaps());
            truth.see(named.perhaps());
        }
        User::ApiTokenAuth => truth.see(named),
        // What was no name is not kept.
        _ if composed.fault == Fault::Swapped => truth.see(named.perhaps()),
        _ if user.is_id() => truth.see(named.perhaps()),
        User::Empty => {
            truth.see(named);
            before_the_empty_name(truth);
        }
        _ => truth.see(named),
    }
}

/// E4b; only the prefix makes it likely.
fn add_app_password(truth: &mut Truth, composed: &Composition, user: User) {
    if composed.date() >= APP_PASSWORDS_END || !user.is_email() {
        return;
    }
    let seen = likely("app-password-with-email");
    let alone = truth.visible.is_empty() && composed.kind == Kind::AppPassword;
    truth.see(if alone { seen } else { seen.perhaps() });
}

/// Shaped like one, where the user name is not a word that goes with tokens.
fn add_account_password(truth: &mut Truth, composed: &Composition, user: User) {
    let ended = composed.date() >= ACCOUNT_PASSWORDS_END;
    let ordinary =
        user.is_email() || matches!(user, User::Username | User::WrongName | User::Workspace);
    let seen = likely("account-password");
    match ended {
        true if ordinary && composed.fault == Fault::None => truth.see(seen),
        // Words that go with tokens, and ids.
        true if user.is_id() || user.is_literal() => {
            truth.may(&["account-password"]);
        }
        true => truth.see(seen.perhaps()),
        false => truth.may(&["account-password"]),
    }
}

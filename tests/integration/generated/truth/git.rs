//! Kinds and user names on git over HTTPS.

use super::rest::pair::before_the_empty_name;
use super::rest::{add_bearer_kind, add_missing, add_secret, add_wrong_scheme};
use super::seen::{likely, possible, proven};
use super::{ACCOUNT_PASSWORDS_END, APP_PASSWORDS_END, Truth, is_plain};
use crate::generated::composition::Composition;
use crate::generated::credential::{Kind, State};
use crate::generated::form::{Fault, Scheme, User};

/// Whether git's side knows who asks, the secret being good (A-table).
pub fn takes(composed: &Composition) -> bool {
    let Scheme::Basic(user) = composed.scheme else {
        return false;
    };
    let name = user.is_name_of(composed.state);
    match composed.kind {
        Kind::ApiToken => name || user == User::ApiTokenAuth,
        Kind::AppPassword | Kind::OldAppPassword => name,
        Kind::AccountPassword => name || user.is_email_of(composed.state),
        kind => kind.is_bearer() && user == User::XTokenAuth,
    }
}

/// Half of an account id counts as part of the secret (A25).
pub fn is_read_whole(composed: &Composition) -> bool {
    composed.user() != Some(User::AccountId)
}

pub fn add(truth: &mut Truth, composed: &Composition) {
    add_secret(truth, composed);
    if composed.fault.hides_the_secret() {
        if composed.user().is_some_and(User::is_id) {
            truth.see(likely("uuid-as-user").perhaps());
        }
        return;
    }
    match composed.scheme {
        Scheme::Basic(_) if composed.fault == Fault::NoUser => {
            truth.may(&["access-token-with-wrong-git-user"]);
        }
        Scheme::Basic(user) => add_pair(truth, composed, user),
        Scheme::Bearer | Scheme::BearerPair | Scheme::BearerInLowerCase => {
            add_bearer(truth, composed);
        }
        Scheme::Missing => add_missing(truth, composed.kind),
        Scheme::Jwt => add_wrong_scheme(truth),
        _ => {}
    }
}

/// No page offers Bearer to git, and none says that it is refused (A10).
fn add_bearer(truth: &mut Truth, composed: &Composition) {
    add_bearer_kind(truth, composed);
    if composed.kind.is_bearer() {
        let seen = possible("access-token-with-wrong-git-user");
        let shows = is_plain(composed) && composed.scheme == Scheme::Bearer;
        truth.see(if shows { seen } else { seen.perhaps() });
    }
    if composed.scheme == Scheme::BearerPair {
        for seen in truth.visible.iter_mut().skip(1) {
            *seen = seen.perhaps();
        }
        truth.in_any_order();
    }
}

fn add_pair(truth: &mut Truth, composed: &Composition, user: User) {
    if user.is_id() {
        truth.see(likely("uuid-as-user").perhaps());
        truth.in_any_order();
    }
    match composed.kind {
        Kind::ApiToken => add_api_token(truth, composed, user),
        kind if kind.is_bearer() && user == User::XTokenAuth => {
            truth.may(&["wrong-product-token", "token-expired"]);
        }
        kind if kind.is_bearer() => add_bearer_kind_in_pair(truth, composed, user),
        Kind::AppPassword | Kind::OldAppPassword
            if composed.date() < APP_PASSWORDS_END && user.is_email() =>
        {
            // I13.
            truth.see(possible("app-password-with-email").perhaps());
        }
        Kind::AccountPassword => add_account_password(truth, composed),
        Kind::LegacyToken => truth.see(possible("legacy-api-token").perhaps()),
        Kind::ConnectJwt => {
            truth.see(likely("wrong-scheme"));
            truth.in_any_order();
        }
        _ => {}
    }
    truth.may(&["token-label-as-user", "workspace-as-user"]);
    if user == User::NearLiteral {
        truth.may(&["access-token-with-wrong-git-user"]);
    }
}

fn add_bearer_kind_in_pair(truth: &mut Truth, composed: &Composition, user: User) {
    let seen = likely("access-token-with-wrong-git-user");
    let shows = composed.kind != Kind::OauthJwt || composed.state != State::Damaged;
    let any = truth.equals == truth.visible.len();
    let swapped = composed.fault == Fault::Swapped;
    truth.see(if shows && !user.is_id() && !swapped {
        seen
    } else {
        seen.perhaps()
    });
    if any {
        truth.in_any_order();
    }
    before_the_empty_name(truth);
}

fn add_api_token(truth: &mut Truth, composed: &Composition, user: User) {
    match user {
        User::Email | User::EmailInCapitals | User::OtherEmail => {
            truth.see(likely("api-token-with-email-on-git"));
        }
        User::XTokenAuth => truth.see(likely("x-token-auth-with-api-token")),
        User::ApiTokenAuth | User::Username | User::WrongName | User::Workspace => {
            if is_plain(composed) {
                truth.may(&[
                    "api-token-without-scopes",
                    "token-expired",
                    "wrong-product-token",
                ]);
            }
            add_git_name(truth, composed, user);
        }
        User::Label | User::NearLiteral => add_git_name(truth, composed, user),
        _ => {}
    }
}

/// E40.
fn add_git_name(truth: &mut Truth, composed: &Composition, user: User) {
    if user == User::ApiTokenAuth {
        return;
    }
    truth.may(&["git-wrong-username"]);
    let wrong = !user.is_name_of(composed.state);
    truth.real.extend(wrong.then_some("git-wrong-username"));
}

/// The server says so itself, to the whole password (B32).
fn add_account_password(truth: &mut Truth, composed: &Composition) {
    let slug = "account-password";
    let told = composed.date() >= ACCOUNT_PASSWORDS_END;
    match told {
        true if composed.fault.leaves_the_secret() && is_read_whole(composed) => {
            truth.see(proven(slug));
        }
        true => truth.see(likely(slug).perhaps()),
        false => truth.may(&[slug]),
    }
}

//! Kinds, schemes and user names on REST, and on what answers like it.

pub mod pair;

use super::seen::{between, likely, possible, proven};
use super::{QUERY_TOKENS_END, Truth, is_plain};
use crate::generated::composition::Composition;
use crate::generated::credential::{Kind, State};
use crate::generated::form::{Fault, Scheme, User};
use crate::generated::place::Subject;
use time::macros::utc_datetime;
use why401::diagnosis::Certainty::{Likely, Possible, Proven};

/// Whether REST knows who asks, the secret being good (A-table).
pub fn takes(composed: &Composition) -> bool {
    match (composed.kind, composed.scheme) {
        (_, Scheme::Basic(user)) => takes_pair(composed, user),
        (kind, Scheme::Bearer) => kind.is_bearer(),
        (kind, Scheme::Query) => kind.is_bearer() && composed.date() < QUERY_TOKENS_END,
        (Kind::ConnectJwt, Scheme::Jwt) => true,
        _ => false,
    }
}

fn takes_pair(composed: &Composition, user: User) -> bool {
    match composed.kind {
        Kind::ApiToken => user.is_email_of(composed.state),
        Kind::AppPassword | Kind::OldAppPassword => user.is_name_of(composed.state),
        Kind::AccountPassword => {
            user.is_email_of(composed.state) || user.is_name_of(composed.state)
        }
        _ => false,
    }
}

/// What archives take (B30).
pub fn takes_archive(composed: &Composition) -> bool {
    takes(composed) && composed.scheme != Scheme::Jwt
}

pub fn add(truth: &mut Truth, composed: &Composition) {
    add_secret(truth, composed);
    if composed.fault.hides_the_secret() {
        if let Scheme::Basic(user) = composed.scheme {
            pair::add_user(truth, composed, user);
        }
        return;
    }
    match composed.scheme {
        Scheme::Basic(user) => pair::add(truth, composed, user),
        Scheme::Bearer | Scheme::BearerPair | Scheme::BearerInLowerCase => {
            add_bearer(truth, composed);
        }
        Scheme::Missing => add_missing(truth, composed.kind),
        Scheme::Jwt | Scheme::Token => add_wrong_scheme(truth),
        Scheme::Query => add_query(truth, composed),
        Scheme::Nothing => {}
    }
}

/// Secrets that are wrong everywhere, by what they show (A3, A18, A19, A24).
pub fn add_secret(truth: &mut Truth, composed: &Composition) {
    if composed.fault.hides_the_secret() {
        return;
    }
    if composed.state == State::Damaged {
        truth.see(likely("damaged-token"));
    }
    match composed.kind {
        Kind::DataCenterToken => truth.see(proven("data-center-token")),
        Kind::GitHubToken | Kind::GitLabToken => truth.see(proven("wrong-vendor-token")),
        Kind::PrivateKey => truth.see(proven("private-key-as-secret")),
        Kind::PipelinesJwt => truth.see(likely("pipelines-oidc-token")),
        _ => {}
    }
}

pub fn add_wrong_scheme(truth: &mut Truth) {
    truth.see(likely("wrong-scheme").perhaps());
    truth.in_any_order();
}

fn add_bearer(truth: &mut Truth, composed: &Composition) {
    add_bearer_kind(truth, composed);
    if composed.kind.is_access_token() {
        truth.may(&["wrong-product-token", "token-expired"]);
        if matches!(
            composed.place.subject,
            Subject::Person | Subject::OtherMethod
        ) {
            truth.may(&["access-token-on-user-endpoint"]);
        }
    }
    // Both are proven, and one cure mends both; the pair itself may be a wrong one besides.
    if composed.scheme == Scheme::BearerPair {
        pair::add(truth, composed, User::Username);
        for seen in truth.visible.iter_mut().skip(1) {
            *seen = seen.perhaps();
        }
        truth.in_any_order();
    }
}

/// Kinds that do not go as Bearer (A7, A8, A16, E15).
pub fn add_bearer_kind(truth: &mut Truth, composed: &Composition) {
    let app_password = "bearer-with-app-password";
    match composed.kind {
        Kind::ApiToken => truth.see(likely("bearer-with-api-token")),
        Kind::AppPassword if composed.state == State::Damaged => truth.see(likely(app_password)),
        Kind::AppPassword => truth.see(proven(app_password)),
        Kind::OldAppPassword => truth.see(possible(app_password)),
        Kind::ConnectJwt => truth.see(likely("wrong-scheme")),
        Kind::LegacyToken if composed.fault == Fault::None => {
            truth.see(possible("legacy-api-token").perhaps());
        }
        Kind::LegacyToken => truth.may(&["legacy-api-token"]),
        _ => {}
    }
}

/// A word that nobody knows may be a scheme as well.
pub fn add_missing(truth: &mut Truth, kind: Kind) {
    let by_prefix = kind.has_checksum() || kind == Kind::OauthJwt;
    truth.see(likely("missing-scheme").perhaps());
    if !by_prefix {
        truth.see(likely("wrong-scheme").perhaps());
    }
    truth.in_any_order();
}

/// B13, I12: the word for it grows with the date.
fn add_query(truth: &mut Truth, composed: &Composition) {
    // B12's words are told to app passwords, too.
    let expired = between(Possible, Likely, "token-expired");
    match composed.kind {
        // Its shape says nothing, and there a token belongs.
        Kind::OldAppPassword | Kind::OauthOpaque => {
            truth.see(expired.perhaps());
            truth.see(possible("wrong-secret").perhaps());
        }
        _ => truth.may(&[expired.slug]),
    }
    let slug = "oauth-token-in-query";
    let now = composed.date();
    if now >= QUERY_TOKENS_END {
        truth.see(proven(slug));
    } else if now >= utc_datetime!(2026-04-20 0:00) {
        truth.see(likely(slug));
    } else if now >= utc_datetime!(2026-02-20 0:00) {
        truth.see(possible(slug));
    }
    truth.in_any_order();
}

/// From 2026-05-04 on no kind goes there (C2).
pub fn add_on_website(truth: &mut Truth, composed: &Composition) {
    add(truth, composed);
    let token = composed.kind.has_checksum() || composed.kind.is_bearer();
    let shows = is_plain(composed) && composed.scheme != Scheme::Query;
    for seen in &mut truth.visible {
        *seen = seen.perhaps();
    }
    // `oauth2` is a word of nobody here, and passwords of accounts are none of tokens: what is wrong with the two
    // together cannot be seen.
    let near = composed.scheme == Scheme::Basic(User::NearLiteral);
    if near && composed.kind == Kind::AccountPassword {
        return truth.in_any_order();
    }
    if composed.date() >= QUERY_TOKENS_END {
        let seen = likely("wrong-host");
        truth.see(if token && shows { seen } else { seen.perhaps() });
    }
    let seen = between(Possible, Likely, "git-user-on-rest").perhaps();
    truth.visible.retain(|one| one.slug != seen.slug);
    truth.see(seen);
    truth.in_any_order();
}

/// Whoever may not load an archive is sent to the login page, or told that tokens are not for it (A26, B30).
pub fn add_archive(truth: &mut Truth, composed: &Composition) {
    add(truth, composed);
    for seen in &mut truth.visible {
        *seen = seen.perhaps();
    }
    let in_query = composed.scheme == Scheme::Query && composed.date() >= QUERY_TOKENS_END;
    if in_query {
        truth.visible = vec![between(Possible, Proven, "oauth-token-in-query")];
        truth.see(likely("auth-method-unsupported-for-endpoint").perhaps());
        return;
    }
    let seen = likely("login-page-redirect");
    let room = truth.visible.len() < 3;
    truth.see(if room { seen } else { seen.perhaps() });
    truth.in_any_order();
}

//! What became of the secret: what the date says, and what nobody can see.

use super::seen::{between, likely, proven};
use super::{APP_PASSWORDS_END, BROWNOUTS_BEGIN, Truth, is_brownout, is_plain};
use crate::generated::composition::Composition;
use crate::generated::credential::{Kind, State};
use crate::generated::form::{Fault, Scheme, User};
use crate::generated::place::Surface;
use why401::diagnosis::Certainty::{Likely, Possible, Proven};

/// The end of app passwords comes before everything else about them.
pub fn add_ended(truth: &mut Truth, composed: &Composition) {
    let (now, kind) = (composed.date(), composed.kind);
    if !kind.is_app_password() || now < BROWNOUTS_BEGIN || composed.fault.hides_the_secret() {
        return;
    }
    let pair = matches!(composed.scheme, Scheme::Basic(_));
    let told = composed.place.surface == Surface::Git
        && pair
        && composed.fault.leaves_the_secret()
        && composed.state != State::Damaged;
    let told = told && super::git::is_read_whole(composed);
    let has_prefix = kind == Kind::AppPassword;
    // REST may say it, too (I3): then it is proven there as well.
    if now >= APP_PASSWORDS_END {
        let slug = "app-password-removed";
        match (told, has_prefix) {
            (true, _) => truth.see(proven(slug)),
            // A shape alone does not come before what the form proves.
            (_, false) if !is_plain(composed) || composed.user() == Some(User::Empty) => {
                truth.may(&[slug]);
            }
            (_, false) => truth.see(between(Possible, Proven, slug).perhaps()),
            (_, true) => truth.see(between(Likely, Proven, slug)),
        }
        return;
    }
    let slug = "app-password-brownout";
    match is_brownout(now) {
        true if told => truth.see(proven(slug)),
        true if has_prefix => truth.see(between(Possible, Proven, slug).perhaps()),
        true if is_plain(composed) && pair => truth.see(between(Possible, Proven, slug).perhaps()),
        _ => truth.may(&[slug]),
    }
    truth.in_any_order();
}

/// A JWT carries its end; of everything else only the store knows.
pub fn add(truth: &mut Truth, composed: &Composition) {
    let Composition { kind, state, .. } = *composed;
    let expired = state == State::Expired;
    if kind == Kind::OauthJwt
        && expired
        && !composed.fault.hides_the_secret()
        && composed.fault != Fault::Wrapped
    {
        let any = truth.equals == truth.visible.len();
        truth.see(proven("token-expired").perhaps());
        // Proven by the bytes, and no cure of the form helps without a new one.
        if any || truth.visible[0].most < proven("").most {
            truth.in_any_order();
        }
    }
    let rest = composed.place.surface == Surface::Rest;
    let told = rest && composed.scheme == Scheme::Bearer && composed.fault == Fault::None;
    if kind == Kind::OauthOpaque && expired && told {
        // B12's words.
        truth.see(likely("token-expired"));
    }
    truth.may(&["wrong-secret"]);
    truth.real.push("wrong-secret");
    truth.real.extend(match state {
        State::NoScopes => Some("api-token-without-scopes"),
        State::Expired | State::Revoked => Some("token-expired"),
        State::OtherAccount => Some("email-of-another-account"),
        State::OtherProduct => Some("wrong-product-token"),
        _ => None,
    });
    truth.real.extend(match composed.user() {
        Some(User::Workspace) => Some("workspace-as-user"),
        Some(User::Label) => Some("token-label-as-user"),
        _ => None,
    });
}

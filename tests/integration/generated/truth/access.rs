//! Who is known, and may not; and who sent nothing, or nothing that was looked at.

use super::seen::{between, likely, possible, proven};
use super::{Truth, git, life, rest};
use crate::generated::composition::Composition;
use crate::generated::credential::{Kind, State};
use crate::generated::exchange::Heard;
use crate::generated::form::Scheme;
use crate::generated::place::{Subject, Surface};
use why401::diagnosis::Certainty::{Likely, Possible, Proven};

pub fn add(truth: &mut Truth, composed: &Composition) {
    let Composition {
        kind, state, place, ..
    } = *composed;
    if place.is_gone(composed.date().date()) {
        return truth.see(proven("endpoint-removed"));
    }
    let unsupported = "auth-method-unsupported-for-endpoint";
    match place.subject {
        Subject::NoCall => return truth.see(between(Possible, Likely, "wrong-endpoint")),
        // I7.
        Subject::OtherMethod => return truth.see(likely(unsupported)),
        // B15.
        Subject::AppsOnly if kind != Kind::ConnectJwt => {
            return truth.see(between(Likely, Proven, unsupported));
        }
        // B19.
        Subject::Person if kind.is_access_token() => {
            return truth.see(proven(match place.surface {
                Surface::Rest => "access-token-on-user-endpoint",
                _ => unsupported,
            }));
        }
        _ => {}
    }
    let hidden = !place.is_reached_by(kind);
    // REST looks at scopes first, the website at the repository.
    let asks_scopes = place.surface == Surface::Rest || place.surface == Surface::WebsiteApi;
    if place.lacks_scope(kind, state) && (asks_scopes || !hidden) {
        add_scope(truth, composed);
    } else if hidden {
        truth.see(likely("no-access"));
        truth.may(&["wrong-path", "access-token-outside-its-resource"]);
    } else if place.subject == Subject::Prototype {
        truth.see(proven("plan-limit"));
    }
}

/// B18, E32; git and the website name no scopes.
fn add_scope(truth: &mut Truth, composed: &Composition) {
    let place = composed.place;
    let reads = place.granular.contains(&"read:repository:bitbucket");
    let writes_only = (composed.kind, composed.state) == (Kind::ApiToken, State::WritesOnly);
    if writes_only && reads && place.surface == Surface::Rest {
        truth.see(proven("write-scope-without-read"));
    }
    truth.see(proven("scope-missing"));
}

/// Nothing was sent, or nothing that the server looked at.
pub fn add_anonymous(truth: &mut Truth, composed: &Composition, heard: &Heard) {
    if heard.status.as_u16() == 410 {
        return truth.see(proven("endpoint-removed"));
    }
    if composed.scheme != Scheme::Nothing {
        add_ignored(truth, composed);
        // A 405 is no refusal of credentials.
        if heard.status.as_u16() == 405 {
            truth.real.clear();
        }
        return;
    }
    match (composed.place.surface, composed.place.subject) {
        (_, Subject::NoCall) => {
            truth.see(between(Possible, Likely, "wrong-endpoint"));
            truth.see(possible("no-credentials").perhaps());
            truth.in_any_order();
        }
        (_, Subject::AppsOnly) => {
            truth.see(likely("auth-method-unsupported-for-endpoint").perhaps());
            truth.see(proven("no-credentials").perhaps());
            truth.in_any_order();
        }
        // A 405 and a page to log in at are no refusal of credentials.
        (_, Subject::OtherMethod) | (Surface::Archive, _) => {}
        (Surface::Git, _) => {
            truth.see(likely("challenge"));
            truth.see(possible("no-credentials"));
        }
        _ if heard.status.as_u16() == 401 => truth.see(proven("no-credentials")),
        _ => truth.see(between(Possible, Likely, "no-credentials")),
    }
}

/// Under a scheme that nobody knows (B17), or in a query where nobody looks. Whether it was looked at cannot be seen.
fn add_ignored(truth: &mut Truth, composed: &Composition) {
    life::add_ended(truth, composed);
    match composed.place.surface {
        Surface::Git => git::add(truth, composed),
        _ => rest::add(truth, composed),
    }
    life::add(truth, composed);
    match composed.scheme {
        Scheme::Token => truth.see(likely("wrong-scheme")),
        Scheme::BearerInLowerCase => truth.see(possible("scheme-case")),
        _ => truth.see(proven("oauth-token-in-query")),
    }
    truth.see(likely("no-access"));
    truth.see(likely("login-page-redirect"));
    truth.see(between(Possible, Likely, "wrong-endpoint"));
    truth.see(likely("wrong-host"));
    truth.see(proven("auth-method-unsupported-for-endpoint"));
    if composed.kind == Kind::ConnectJwt {
        truth.see(likely("wrong-scheme"));
    }
    for seen in &mut truth.visible {
        *seen = seen.perhaps();
    }
    truth.may(&["wrong-path"]);
    truth.in_any_order();
}

//! What the request shows: where it goes, how its credentials are written, who is named.

use super::Signal::*;
use super::{Evidence, secret};
use crate::bitbucket::{Surface, endpoint};
use crate::credentials::{Credentials, Fault, Place, Scheme, SecretKind, UserId, UserIdKind};
use crate::observation::{Client, RequestSeen};
use http::Method;

pub(super) fn derive(evidence: &mut Evidence, request: &RequestSeen) {
    match request.surface {
        Surface::Rest => evidence.add(OnRest),
        Surface::Git => evidence.add(OnGit),
        Surface::Website => evidence.add(OnWebsite),
        Surface::TokenEndpoint => evidence.add(OnTokenEndpoint),
        Surface::Foreign => {}
    }
    let is_user = request.surface == Surface::Rest
        && request.method == Method::GET
        && endpoint::rest_path(&request.path) == Some("/user");
    evidence.add_if(is_user, UserEndpoint);
    evidence.add_if(request.waits_for_challenge(), ChallengerClient);
    let is_manager = request.client == Client::GitCredentialManager;
    evidence.add_if(is_manager && is_user, CredentialManagerProbe);

    match request.credentials.as_slice() {
        [] => {
            let unknown = request.recorded.hides() || may_authenticate_otherwise(request);
            evidence.add_if(!unknown, NoAuthorization);
            evidence.add_if(request.query_credentials, TokenInQuery);
            if let Some(fault) = request.query_fault {
                evidence.add(fault_signal(fault));
            }
        }
        [one] => derive_credentials(evidence, request, one),
        // Nothing tells which of several fields the origin reads: silence over a guess.
        _ => {}
    }
}

/// By a token in the query, a form body that is not read, or a browser's session.
fn may_authenticate_otherwise(request: &RequestSeen) -> bool {
    request.query_credentials
        || request.surface == Surface::TokenEndpoint
        || request.surface == Surface::Website && request.has_cookie
}

fn derive_credentials(evidence: &mut Evidence, request: &RequestSeen, sent: &Credentials) {
    match sent.scheme {
        Scheme::Basic => evidence.add(Basic),
        Scheme::Bearer => evidence.add(Bearer),
        _ => {}
    }
    let is_hidden = sent.secret.kind == SecretKind::Hidden;
    evidence.add_if(sent.faults.is_empty() && !is_hidden, WellFormed);
    for fault in &sent.faults {
        evidence.add(fault_signal(*fault));
    }
    if !request.surface.is_bitbucket() {
        return;
    }
    secret::derive(evidence, sent.secret);
    if let Some(user) = &sent.user_id {
        derive_user(evidence, user);
    }
}

fn fault_signal(fault: Fault) -> super::Signal {
    match fault {
        Fault::Empty(Place::Value) => EmptyCredentials,
        Fault::Empty(Place::UserId) => EmptyUserId,
        Fault::Empty(Place::Secret) => EmptySecret,
        Fault::NotBase64 => NotBase64,
        Fault::NoColon => NoColon,
        Fault::LenientBase64 => LenientBase64,
        Fault::NotEncoded => NotEncoded,
        Fault::NoUser => NoUser,
        Fault::TrailingNewline(Place::UserId) => NewlineAfterUserId,
        Fault::TrailingNewline(_) => NewlineAfterSecret,
        Fault::Placeholder(_) => Placeholder,
        Fault::PlaceholderWord(_) => PlaceholderWord,
        _ => OtherFault,
    }
}

fn derive_user(evidence: &mut Evidence, user: &UserId) {
    use UserIdKind as Kind;
    let is = |kind| user.kind == kind;
    let hidden = is(Kind::Placeholder) || is(Kind::Token);
    evidence.near_literal = user.near_literal();
    evidence.add_if(is(Kind::Email), EmailUser);
    evidence.add_if(!hidden && !is(Kind::Email), NotEmail);
    evidence.add_if(is(Kind::XTokenAuth), XTokenAuth);
    evidence.add_if(!hidden && !is(Kind::XTokenAuth), NotXTokenAuth);
    evidence.add_if(user.kind.is_literal(), LiteralUser);
    evidence.add_if(evidence.near_literal.is_some(), NearLiteral);
    evidence.add_if(is(Kind::Uuid) || is(Kind::AccountId), IdUser);

    let name = is(Kind::Username) || is(Kind::Label);
    let label = name && evidence.near_literal.is_none() && is_label(user.expose());
    evidence.add_if(label, LabelUser);
    let person = name && !label && evidence.near_literal.is_none();
    evidence.add_if(person || is(Kind::XBitbucketApiTokenAuth), GitUser);
}

/// Words that people put into the name of a token, and hardly into their own (E24).
const LABEL_WORDS: &[&str] = &[
    "apikey",
    "credential",
    "key",
    "password",
    "pat",
    "secret",
    "token",
];

/// Blanks, or one of those words, which is how names of tokens look.
fn is_label(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let telling = |word: &str| {
        LABEL_WORDS
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
    };
    text.trim().contains(char::is_whitespace) || words.into_iter().any(telling)
}

#[cfg(test)]
mod tests {
    use super::is_label;
    use crate::diagnosis::example::Example;
    use crate::evidence::{Evidence, Signal};
    use crate::observation::Observation;

    #[test]
    fn on_the_website_a_session_may_stand_in_for_credentials() {
        let anonymous = |call: &'static str, has_cookie| {
            let (seen, past, clock) = Example::rest("").call(call).observe();
            let Observation::Exchange(mut exchange) = seen;
            exchange.request.has_cookie = has_cookie;
            let evidence = Evidence::of(&Observation::Exchange(exchange), &past, clock);
            evidence.has(Signal::NoAuthorization)
        };
        let (page, rest) = (
            "GET https://bitbucket.org/acme/site/downloads/",
            "GET https://api.bitbucket.org/2.0/user",
        );
        assert!(anonymous(page, false) && !anonymous(page, true));
        assert!(anonymous(rest, true));
    }

    #[test]
    fn names_of_tokens_and_names_of_people() {
        for label in [
            "my ci token",
            "ci-deploy-password",
            "deploy key",
            "API_TOKEN",
            "PAT",
        ] {
            assert!(is_label(label), "{label}");
        }
        for name in [
            "jane",
            "jane.doe",
            "acme-ci",
            "tokenring",
            "keynes",
            "patrick",
            "acme_bot",
        ] {
            assert!(!is_label(name), "{name}");
        }
    }
}

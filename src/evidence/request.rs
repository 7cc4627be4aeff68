//! What the request shows: where it goes, what kind of secret it carries, who is named.

use super::Signal::*;
use super::{Evidence, form, place, secret};
use crate::bitbucket::{Surface, endpoint};
use crate::credentials::{UserId, UserIdKind};
use crate::observation::{Client, Recorded, RequestSeen};
use http::Method;

pub(super) fn derive(evidence: &mut Evidence, request: &RequestSeen) {
    place::derive(evidence, request);
    let is_user = request.method == Method::GET
        && endpoint::called(request.surface, &request.path) == Some("/user");
    evidence.add_if(is_user, UserEndpoint);
    let is_lfs = request.surface == Surface::Git && request.path.contains("/info/lfs");
    evidence.add_if(is_lfs, OnLfs);
    evidence.add_if(request.waits_for_challenge(), ChallengerClient);
    evidence.add_if(request.client.answers_only_challenges(), PatientClient);
    evidence.add_if(request.is_name_alone(), NameAlone);
    let is_manager = request.client == Client::GitCredentialManager;
    evidence.add_if(is_manager && is_user, CredentialManagerProbe);

    derive_record(evidence, request);
    let is_itself = endpoint::is_resource_itself(request.surface, &request.path);
    evidence.add_if(is_itself, ResourceItself);
    let is_workspace = endpoint::is_workspace_path(request.surface, &request.path);
    evidence.add_if(is_workspace, OnWorkspacePath);
    evidence.add_if(endpoint::is_store(&request.host), OnStore);
    evidence.add_if(request.prefers_html, PrefersHtml);
    let is_requests = request.client == Client::PythonRequests;
    evidence.add_if(is_requests, PythonRequests);

    form::derive(evidence, request);
    if request.surface.is_bitbucket() {
        derive_kinds(evidence, request);
    } else if let Some(sent) = request.the_one_sent() {
        secret::derive_elsewhere(evidence, sent.secret, &request.host);
    }
}

/// How the request came to be seen.
fn derive_record(evidence: &mut Evidence, request: &RequestSeen) {
    evidence.add_if(request.in_clear, InClearToProxy);
    match request.recorded {
        Recorded::No | Recorded::Whole => {}
        Recorded::Redacted => evidence.add(RecordRedacted),
        Recorded::Doubtful => evidence.add(RecordDoubtful),
    }
}

/// Kinds and users are Bitbucket's own affair.
fn derive_kinds(evidence: &mut Evidence, request: &RequestSeen) {
    if let Some(secret) = form::token_sent(request) {
        secret::derive(evidence, secret);
    }
    if let Some(user) = request
        .the_one_sent()
        .and_then(|sent| sent.user_id.as_ref())
    {
        derive_user(evidence, user);
        // A token before another one: no exchange of the halves explains it.
        let token = user.kind == UserIdKind::Token && !evidence.has(SwappedHalves);
        evidence.add_if(token, NotEmail);
        evidence.add_if(token, NotXTokenAuth);
        let workspace = place::workspace(request);
        let same = workspace.is_some_and(|name| name.eq_ignore_ascii_case(user.expose()));
        evidence.add_if(same, WorkspaceUser);
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
    evidence.add_if(is(Kind::XBitbucketApiTokenAuth), ApiTokenAuth);
    evidence.add_if(!hidden && !is(Kind::XTokenAuth), NotXTokenAuth);
    evidence.add_if(user.kind.is_literal(), LiteralUser);
    evidence.add_if(evidence.near_literal.is_some(), NearLiteral);
    evidence.add_if(is(Kind::Uuid) || is(Kind::AccountId), IdUser);

    let name = is(Kind::Username) || is(Kind::Label);
    let of_protocol = evidence.near_literal.is_some() || is_protocol_word(user.expose());
    let label = name && !of_protocol && is_label(user.expose());
    evidence.add_if(label, LabelUser);
    evidence.add_if(name, NamedUser);
    let person = name && !label && !of_protocol;
    evidence.add_if(person || is(Kind::XBitbucketApiTokenAuth), GitUser);
}

/// Spelt like the literals for git, and none of them: `x-bitbucket-api-token`.
fn is_protocol_word(text: &str) -> bool {
    const STARTS: [&str; 2] = ["x-bitbucket-", "x-token-"];
    let start = |start: &&str| text.get(..start.len());
    STARTS
        .iter()
        .any(|known| start(known).is_some_and(|start| start.eq_ignore_ascii_case(known)))
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
    // A blank, as an address writes it.
    const BLANK: &str = "%20";
    if text.contains(BLANK) {
        return true;
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    let telling = |word: &str| {
        LABEL_WORDS
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
    };
    text.trim().contains(char::is_whitespace) || words.any(telling)
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
            let Observation::Exchange(mut exchange) = seen else {
                panic!("an exchange");
            };
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
            "my%20ci%20job",
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

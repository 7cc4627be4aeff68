//! What the answer shows: whether the credential was recognised, and the server's own words.

use super::Signal::{self, *};
use super::{Evidence, is_own_host, scopes};
use crate::bitbucket::endpoint::Operation;
use crate::bitbucket::error_body::{ErrorBody, Words};
use crate::bitbucket::{Surface, scope};
use crate::observation::{Exchange, Listing, ResponseSeen};
use http::StatusCode;

/// Bitbucket's own status for a diff that is too large (B34).
const DIFF_TOO_LARGE: u16 = 555;

/// Words that lay the refusal to something other than the credential, even on a 401.
const NOT_ABOUT_THE_CREDENTIAL: &[Words] = &[
    Words::AppJwtRequired,
    Words::MechanismRefused,
    Words::TokensRefused,
    Words::WorkspaceHidden,
    Words::IpNotAllowed,
    Words::TwoStepRequired,
    Words::SingleSignOnRequired,
    Words::Suspended,
    Words::UserLimit,
    Words::RateLimit,
    Words::BranchRestricted,
    Words::AccountLocked,
    Words::OneMechanismOnly,
    Words::SchemeUnsupported,
];

/// Words of a closed list that settle the matter, or point elsewhere.
const POLICIES: &[(Words, Signal)] = &[
    (Words::WorkspaceHidden, SaysWorkspaceHidden),
    (Words::IpNotAllowed, SaysIpNotAllowed),
    (Words::TwoStepRequired, SaysTwoStepRequired),
    (Words::SingleSignOnRequired, SaysSingleSignOn),
    (Words::Suspended, SaysSuspended),
    (Words::UserLimit, SaysUserLimit),
    (Words::BranchRestricted, SaysBranchRestricted),
    (Words::NoApiHere, SaysNoApiHere),
];

pub(super) fn derive(evidence: &mut Evidence, exchange: &Exchange) {
    let response = &exchange.response;
    let status = response.status.as_u16();
    evidence.add_if(status == 400, Status400);
    evidence.add_if(status == 401, Status401);
    evidence.add_if(status == 402, Status402);
    evidence.add_if(status == 403, Status403);
    evidence.add_if(status == 404, Status404);
    evidence.add_if(status == 407, Status407);
    evidence.add_if(status == 410, Status410);
    evidence.add_if(status == 429, Status429);
    evidence.add_if(
        response.status.is_server_error() && status != DIFF_TOO_LARGE,
        ServerFault,
    );
    evidence.add_if(
        status == DIFF_TOO_LARGE && is_own_host(exchange),
        DiffTooLarge,
    );
    evidence.add_if(response.status.is_success(), Succeeded);
    evidence.add_if(response.to_login_page, ToLoginPage);
    evidence.add_if(names_another_cause(&response.body), NamesAnotherCause);
    evidence.add_if(response.body.words.is_empty(), NothingKnownSaid);
    let lists_scopes = response.body.says(Words::ScopesLacking) || response.body.required.is_some();
    let recognised = is_recognised(response) || lists_scopes;
    evidence.add_if(recognised, Recognised);
    let bare_forbidden = status == 403 && response.body.says(Words::Forbidden);
    let unlike_a_refusal = bare_forbidden && !evidence.has(NoAuthorization);
    evidence.add_if(unlike_a_refusal && is_own_host(exchange), SaysForbidden);
    if !recognised && !unlike_a_refusal && !names_another_cause(&response.body) {
        derive_refusal(evidence, exchange);
    }
    if is_own_host(exchange) {
        let kind = response.credential_type.as_deref();
        let is_narrow = matches!(kind, Some("repo_access_token" | "project_access_token"));
        evidence.add_if(is_narrow, NarrowToken);
        derive_words(evidence, response);
        derive_unknown_operation(evidence, exchange);
        derive_success(evidence, exchange);
        scopes::derive(evidence, exchange);
    }
    let body = &response.body;
    let store = !is_own_host(exchange);
    evidence.add_if(
        store && body.says(Words::OneMechanismOnly),
        SaysOneMechanism,
    );
    evidence.add_if(
        store && body.says(Words::SchemeUnsupported),
        SaysSchemeUnsupported,
    );
}

/// In records only: live, the body of a 2xx is not read.
fn derive_success(evidence: &mut Evidence, exchange: &Exchange) {
    let success = exchange.response.success;
    evidence.add_if(success.listing == Some(Listing::Empty), EmptyListing);
    evidence.add_if(success.listing == Some(Listing::Public), PublicListing);
    let is_push = exchange.request.path.ends_with("/git-receive-pack");
    evidence.add_if(is_push && success.hook_declined, SaysHookDeclined);
}

/// By the fields that only an answer to a recognised credential has (B1 to B6).
fn is_recognised(response: &ResponseSeen) -> bool {
    let grants = |list: &scope::ScopeList| !list.known.is_empty() || list.unknown > 0;
    response.credential_type.is_some()
        || response.token_id.is_some()
        || response.granted.as_ref().is_some_and(grants)
}

fn derive_refusal(evidence: &mut Evidence, exchange: &Exchange) {
    match exchange.response.status.as_u16() {
        400 if exchange.request.surface == Surface::TokenEndpoint => {}
        401 => evidence.add(Plain401),
        403 => evidence.add(Plain403),
        404 => evidence.add(Plain404),
        _ if exchange.response.to_login_page => {}
        _ => return,
    }
    evidence.add(Refused);
}

fn derive_words(evidence: &mut Evidence, response: &ResponseSeen) {
    let body = &response.body;
    let ended = body.says(Words::AppPasswordsEnded) || body.change == Some(3222);
    evidence.add_if(ended, SaysAppPasswordsEnded);
    evidence.add_if(body.says(Words::Removed) && !ended, SaysRemoved);
    evidence.add_if(body.is_text, WordsRead);
    evidence.add_if(
        body.says(Words::AccountPasswordsEnded),
        SaysAccountPasswordsEnded,
    );
    evidence.add_if(body.says(Words::RepositoryHidden), SaysAuthenticate);
    if response.status.is_client_error() {
        evidence.add_if(body.says(Words::MechanismRefused), SaysMechanismRefused);
        evidence.add_if(body.says(Words::TokensRefused), SaysTokensRefused);
        evidence.add_if(body.says(Words::AppJwtRequired), SaysAppJwtRequired);
    }
    evidence.add_if(body.says(Words::TokenExpired), SaysExpired);
    evidence.add_if(body.says(Words::ScopesLacking), SaysScopesLacking);
    for (words, signal) in POLICIES {
        evidence.add_if(body.says(*words), *signal);
    }
    // A recognised credential is of nobody who is locked out: there the words are about something else.
    let refused = !is_recognised(response) && response.status != StatusCode::NOT_FOUND;
    evidence.add_if(
        refused && body.says(Words::AccountLocked),
        SaysAccountLocked,
    );
}

/// Looked up only where it counts: there are some hundred operations.
fn derive_unknown_operation(evidence: &mut Evidence, exchange: &Exchange) {
    let request = &exchange.request;
    if evidence.has(SaysTokensRefused) && request.surface == Surface::Rest {
        let known = Operation::of(&request.method, &request.path).is_some();
        evidence.add_if(!known, UnknownOperation);
    }
}

pub(super) fn names_another_cause(body: &ErrorBody) -> bool {
    NOT_ABOUT_THE_CREDENTIAL
        .iter()
        .any(|words| body.says(*words))
}

//! What the answer shows: whether the credential was recognised, and the server's own words.

use super::Signal::{self, *};
use super::{Evidence, is_own_host};
use crate::bitbucket::call::Call;
use crate::bitbucket::error_body::{ErrorBody, Words};
use crate::bitbucket::{Surface, scope};
use crate::observation::{Exchange, Listing, ResponseSeen};

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
    (Words::AccountLocked, SaysAccountLocked),
    (Words::BranchRestricted, SaysBranchRestricted),
    (Words::NoApiHere, SaysNoApiHere),
];

pub(super) fn derive(evidence: &mut Evidence, exchange: &Exchange) {
    let response = &exchange.response;
    let status = response.status.as_u16();
    evidence.add_if(status == 400, Status400);
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
        derive_success(evidence, exchange);
        derive_scopes(evidence, exchange);
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
}

/// Which scopes are missing: by the server's lists, else by its headers, else by its words, against the documentation
/// (B1, B18, D).
fn derive_scopes(evidence: &mut Evidence, exchange: &Exchange) {
    if exchange.response.status.as_u16() != 403 || !evidence.has(Recognised) {
        return;
    }
    let named = exchange.response.credential_type.as_deref();
    let named = named.unwrap_or_default();
    let holder = holder(evidence, named);
    let body = &exchange.response.body;
    let granted = exchange.response.grant();
    if let Some(required) = &body.required {
        let lacking = granted.map(|granted| scope::missing(&granted.known, &required.known));
        evidence.missing = lacking
            .filter(|list| !list.is_empty())
            .unwrap_or(required.known.clone());
        evidence.add(SaysScopesLacking);
    } else if let (Some(granted), false) = (granted, names_another_cause(body)) {
        evidence.missing = fall_short(&granted.known, exchange);
        evidence.add_if(!evidence.missing.is_empty(), ScopesFallShort);
    } else if body.says(Words::ScopesLacking) {
        evidence.missing = the_only_one(holder, exchange);
    }
    if let Some(holder) = holder {
        derive_holder(evidence, holder, named);
    }
    if let Some(granted) = granted {
        let without_read = |scope: &scope::Scope| scope.is_granted_for_writing_only(&granted.known);
        evidence.add_if(evidence.missing.iter().any(without_read), WriteWithoutRead);
    }
}

fn names_another_cause(body: &ErrorBody) -> bool {
    NOT_ABOUT_THE_CREDENTIAL
        .iter()
        .any(|words| body.says(*words))
}

fn fall_short(granted: &[scope::Scope], exchange: &Exchange) -> Vec<scope::Scope> {
    let request = &exchange.request;
    // The first request of a push looks like one of a fetch here, and lacks no less than a fetch does (D7).
    let by_table = match request.surface {
        Surface::Git => {
            let call = Call::of(request.method.as_str(), &request.host, &request.path, None);
            let needs = call.needs();
            needs.map_or_else(Vec::new, |needs| scope::short_of(granted, needs))
        }
        _ => scope::missing_for(granted, &request.method, &request.path),
    };
    match &exchange.response.accepted {
        Some(accepted) if by_table.is_empty() => scope::missing(granted, &accepted.known),
        _ => by_table,
    }
}

/// The scope that the documentation asks for here. Of several nobody says which one is lacking.
fn the_only_one(holder: Option<Signal>, exchange: &Exchange) -> Vec<scope::Scope> {
    let request = &exchange.request;
    let needs = scope::needs(&request.method, &request.path);
    let needed = match (needs, holder) {
        (Some(needs), Some(RecognisedApiToken)) => needs.granular,
        (Some(needs), Some(_)) => needs.classic,
        _ => return Vec::new(),
    };
    match needed {
        [one] => vec![*one],
        _ => Vec::new(),
    }
}

/// What kind of credential the server took it for, else what it looks like (B2, I10).
fn holder(evidence: &Evidence, named: &str) -> Option<Signal> {
    Some(match named {
        "api_token" => RecognisedApiToken,
        "oauth2" => RecognisedOAuth,
        _ if named.ends_with("_access_token") => RecognisedAccessToken,
        _ if evidence.has(ApiToken) => RecognisedApiToken,
        _ if evidence.has(AccessToken) => RecognisedAccessToken,
        _ if evidence.has(Jwt) || evidence.has(OAuthToken) => RecognisedOAuth,
        _ => return None,
    })
}

fn derive_holder(evidence: &mut Evidence, holder: Signal, named: &str) {
    evidence.add(holder);
    let mut missing = evidence.missing.iter();
    let never = missing.any(|scope| !scope.grantable_to(named));
    evidence.add_if(holder == RecognisedAccessToken && never, ScopeNeverGranted);
}

//! Which scopes a credential lacks, and whether its kind can have them (B1, B18, D).

use super::Evidence;
use super::Signal::{self, *};
use super::response::names_another_cause;
use crate::bitbucket::Surface;
use crate::bitbucket::call::Transfer;
use crate::bitbucket::error_body::Words;
use crate::bitbucket::scope::{self, Needs, Scope, ScopeList};
use crate::observation::Exchange;
use http::StatusCode;

/// Which scopes are missing: by the server's lists, else by its headers, else by its words, against the documentation
/// (B1, B18, D).
pub(super) fn derive(evidence: &mut Evidence, exchange: &Exchange) {
    // A 401 may name scopes too, and then has nothing against the credential.
    let named = exchange.response.status == StatusCode::UNAUTHORIZED
        && exchange.response.body.required.is_some();
    if !named && !evidence.has(Status403) || !evidence.has(Recognised) {
        return;
    }
    let named = exchange.response.credential_type.as_deref();
    let named = named.unwrap_or_default();
    let holder = holder(evidence, named);
    let body = &exchange.response.body;
    let granted = exchange.response.grant();
    if let Some(required) = &body.required {
        evidence.missing = listed(granted, required);
        evidence.add(SaysScopesLacking);
    } else if let (Some(granted), false) = (granted, names_another_cause(body)) {
        evidence.missing = fall_short(holder, &granted.known, exchange);
        evidence.add_if(!evidence.missing.is_empty(), ScopesFallShort);
    } else if body.says(Words::ScopesLacking) {
        evidence.missing = the_only_one(holder, exchange);
    }
    if holder == Some(RecognisedApiToken) {
        evidence.missing = scope::for_api_token(&evidence.missing, needs(exchange));
        let has = |scope: &Scope| granted.is_some_and(|granted| granted.known.contains(scope));
        evidence.missing.retain(|scope| !has(scope));
    }
    if let Some(holder) = holder {
        derive_holder(evidence, holder, named);
    }
    if let Some(granted) = granted {
        let without_read = |scope: &Scope| scope.is_granted_for_writing_only(&granted.known);
        evidence.add_if(evidence.missing.iter().any(without_read), WriteWithoutRead);
    }
}

/// By the server's own lists. What is granted is not lacking, even if it is required as well.
fn listed(granted: Option<&ScopeList>, required: &ScopeList) -> Vec<Scope> {
    let Some(granted) = granted else {
        return required.known.clone();
    };
    let lacking = scope::missing(&granted.known, &required.known);
    if !lacking.is_empty() {
        return lacking;
    }
    // What has no translation keeps the server's name.
    let mut required = required.known.clone();
    required.retain(|scope| !granted.known.contains(scope));
    required
}

/// By the field, against the documentation, else against what the server says that it accepts.
fn fall_short(holder: Option<Signal>, granted: &[Scope], exchange: &Exchange) -> Vec<Scope> {
    let by_table = match needs(exchange) {
        // The field is there and names nothing that we know.
        Some(needs) if granted.is_empty() => of_kind(holder, needs).to_vec(),
        Some(needs) => scope::short_of(granted, needs),
        None => Vec::new(),
    };
    match &exchange.response.accepted {
        Some(accepted) if by_table.is_empty() => scope::short_of_accepted(granted, &accepted.known),
        _ => by_table,
    }
}

/// The scope that the documentation asks for here. Of several nobody says which one is lacking, but who pushes has mostly
/// fetched with the same token, which then lacks the one for writing.
fn the_only_one(holder: Option<Signal>, exchange: &Exchange) -> Vec<Scope> {
    let request = &exchange.request;
    // LFS says only in its body whether it uploads.
    let is_plain = match request.surface {
        Surface::Rest => true,
        Surface::Git => !request.path.contains("/info/lfs/"),
        _ => false,
    };
    let needs = needs(exchange).filter(|_| is_plain);
    match needs.map_or(&[][..], |needs| of_kind(holder, needs)) {
        [one] => vec![*one],
        [.., write] if request.pushes => vec![*write],
        _ => Vec::new(),
    }
}

/// What the documentation asks for this exchange (D, D7).
fn needs(exchange: &Exchange) -> Option<Needs> {
    let request = &exchange.request;
    match request.surface {
        Surface::Git if request.pushes => Some(scope::needs_of_git(Transfer::Push)),
        Surface::Git => Some(scope::needs_of_git(Transfer::Fetch)),
        _ => scope::needs(&request.method, &request.path),
    }
}

/// In the vocabulary of this kind of credential (B3).
fn of_kind(holder: Option<Signal>, needs: Needs) -> &'static [Scope] {
    match holder {
        Some(RecognisedApiToken) => needs.granular,
        Some(_) => needs.classic,
        None => &[],
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

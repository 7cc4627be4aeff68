//! Which scopes a credential lacks, and whether its kind can have them (B1, B18, D).

use super::Evidence;
use super::Signal::{self, *};
use super::response::names_another_cause;
use crate::bitbucket::call::Call;
use crate::bitbucket::error_body::Words;
use crate::bitbucket::{Surface, scope};
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
        Some(accepted) if by_table.is_empty() => scope::short_of_accepted(granted, &accepted.known),
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

//! Everything that can be said against a call, in the order in which the server says it.

use super::place::Place;
use super::{Request, payload, place, refusal};
use crate::sandbox::answer::Answer;
use crate::sandbox::credential::{Credential, Kind};
use crate::sandbox::judge::{self, Identity};
use crate::sandbox::operations::Callers;
use crate::sandbox::scopes;
use crate::sandbox::world::Limit;
use http::Method;

/// Where the call leads.
///
/// # Errors
/// The refusal.
pub(super) fn admit(request: &Request) -> Result<Place, Answer> {
    let operation = request.operation;
    if operation.is_gone(request.bitbucket.clock.now()) {
        return Err(refusal::gone(request));
    }
    // B35: a build status is looked at before its sender's scopes; everything else after.
    if operation.answer == "build" {
        payload::check(request)?;
    }
    if let Identity::Known(credential) = request.identity {
        admit_credential(request, credential)?;
    } else if operation.callers == Callers::App {
        return Err(refusal::app_only());
    } else if operation.callers != Callers::All {
        return Err(judge::challenge(request.call));
    }
    let place = place::locate(request)?;
    payload::check(request)?;
    match writes_to_restricted_branch(request, &place) {
        true => Err(refusal::restricted_branch()),
        false => Ok(place),
    }
}

/// All pull requests are for the main branch.
fn writes_to_restricted_branch(request: &Request, place: &Place) -> bool {
    let merges = request.operation.method == Method::POST
        && request
            .operation
            .path
            .ends_with("/pullrequests/{pull_request_id}/merge");
    let limit = place.repository.and_then(|repository| repository.limit);
    merges && limit == Some(Limit::RestrictedMain)
}

fn admit_credential(request: &Request, credential: &Credential) -> Result<(), Answer> {
    match request.operation.callers {
        Callers::App if credential.kind != Kind::ConnectJwt => return Err(refusal::app_only()),
        Callers::Person if credential.kind.is_access_token() => {
            return Err(refusal::other_mechanism(request));
        }
        _ => {}
    }
    let required = scopes::required(request.operation, credential);
    match scopes::suffice(credential, required) {
        true => Ok(()),
        false => Err(refusal::scopes(credential, required)),
    }
}

//! Everything that can be said against a call, in the order in which the server says it.

use super::place::Place;
use super::{Request, payload, place, refusal};
use crate::sandbox::answer::Answer;
use crate::sandbox::credential::{Credential, Kind};
use crate::sandbox::judge::{self, Identity};
use crate::sandbox::operations::Callers;
use crate::sandbox::scopes;

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
    Ok(place)
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

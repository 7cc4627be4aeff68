//! Who may fetch and push: first the credential, then the repository and its policy, then the scopes, then the plan.

use super::Request;
use crate::sandbox::Bitbucket;
use crate::sandbox::answer::Answer;
use crate::sandbox::call::Call;
use crate::sandbox::credential::{Credential, Kind};
use crate::sandbox::judge::{self, Identity, identify, refusal};
use crate::sandbox::rate_limit;
use crate::sandbox::scopes;
use crate::sandbox::world::{self, Limit, Repository};
use http::StatusCode;

/// B18.
const SCOPES: &str = "Your credentials lack one or more required privilege scopes.";
/// B19d.
const ALLOWLIST: &str = "To access this repository, an admin must whitelist your IP.";

/// The repository, if the call may do with it what it asks for.
///
/// # Errors
/// The refusal.
pub fn permit(
    call: &Call,
    request: &Request,
    bitbucket: &Bitbucket,
) -> Result<&'static Repository, Answer> {
    let identity = identify(call, bitbucket)?;
    let found = world::repository_at(&request.workspace, &request.slug);
    let Identity::Known(credential) = &identity else {
        // One that does not exist asks for credentials too, so that it looks like a private one.
        let shown = found.filter(|repository| !repository.private && !request.pushes());
        let repository = shown.ok_or_else(|| judge::challenge(call))?;
        // After the challenge: git's first request is anonymous, whoever sends it (F1).
        rate_limit::counted(call, &identity, bitbucket)?;
        return Ok(repository);
    };
    rate_limit::counted(call, &identity, bitbucket)?;
    let seen = |repository: &&Repository| {
        world::reaches(credential, repository) || (!repository.private && !request.pushes())
    };
    let Some(repository) = found.filter(seen) else {
        return Err(Answer::text(StatusCode::NOT_FOUND, refusal::NO_ACCESS));
    };
    if repository.limit == Some(Limit::ListedAddresses) {
        return Err(Answer::text(StatusCode::FORBIDDEN, ALLOWLIST));
    }
    if !may(credential, request.pushes()) {
        return Err(Answer::text(StatusCode::FORBIDDEN, SCOPES));
    }
    if request.pushes() && repository.limit == Some(Limit::Plan) {
        return Err(over_limit(repository));
    }
    Ok(repository)
}

/// B25.
fn over_limit(repository: &Repository) -> Answer {
    let text = format!(
        "[ALERT] Your push failed because the account '{}' has exceeded its user limit and this repository is \
         restricted to read-only access.",
        repository.workspace
    );
    Answer::text(StatusCode::PAYMENT_REQUIRED, text)
}

/// D7: a push needs both scopes; of the classic ones `repository:write` includes the other (D2).
pub fn may(credential: &Credential, pushes: bool) -> bool {
    let both = match credential.kind {
        Kind::ApiToken => ["read:repository:bitbucket", "write:repository:bitbucket"],
        _ => ["repository", "repository:write"],
    };
    let needed = if pushes { &both[..] } else { &both[..1] };
    scopes::suffice(credential, needed)
}

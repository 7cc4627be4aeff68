//! Who may fetch and push: first the credential, then the repository, then the scopes, then the plan.

use super::Request;
use crate::sandbox::Bitbucket;
use crate::sandbox::answer::Answer;
use crate::sandbox::call::Call;
use crate::sandbox::credential::{Credential, Kind};
use crate::sandbox::judge::{self, Identity, identify, refusal};
use crate::sandbox::world::{self, Repository};
use http::StatusCode;

/// B18.
const SCOPES: &str = "Your credentials lack one or more required privilege scopes.";

/// The repository, if the call may do with it what it asks for.
///
/// # Errors
/// The refusal.
pub(super) fn permit(
    call: &Call,
    request: &Request,
    bitbucket: &Bitbucket,
) -> Result<&'static Repository, Answer> {
    let identity = identify(call, bitbucket)?;
    let found = world::repository_at(&request.workspace, &request.slug);
    let Identity::Known(credential) = identity else {
        // One that does not exist asks for credentials too, so that it looks like a private one.
        return found
            .filter(|repository| !repository.private && !request.pushes())
            .ok_or_else(|| judge::challenge(call));
    };
    let seen = |repository: &&Repository| {
        world::reaches(&credential, repository) || (!repository.private && !request.pushes())
    };
    let Some(repository) = found.filter(seen) else {
        return Err(Answer::text(StatusCode::NOT_FOUND, refusal::NO_ACCESS));
    };
    if !may(&credential, request.pushes()) {
        return Err(Answer::text(StatusCode::FORBIDDEN, SCOPES));
    }
    if request.pushes() && repository.read_only {
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

/// D7: an API token needs each scope by name, since none implies another (D4). Of the classic ones some do (D2), but
/// `repository:admin` does not.
pub fn may(credential: &Credential, pushes: bool) -> bool {
    let has = |scope: &str| credential.scopes.iter().any(|held| held == scope);
    if credential.kind == Kind::ApiToken {
        return has("read:repository:bitbucket") && (!pushes || has("write:repository:bitbucket"));
    }
    let writes = has("repository:write") || has("pullrequest:write");
    writes || (!pushes && (has("repository") || has("pullrequest") || has("project")))
}

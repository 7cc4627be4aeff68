//! What a path addresses, and whether this client gets there (D9).

use super::{Request, refusal};
use crate::sandbox::answer::Answer;
use crate::sandbox::judge::{self, Identity};
use crate::sandbox::operations::Callers;
use crate::sandbox::reading::Disputed;
use crate::sandbox::world::{
    self, ACCOUNTS, Account, Limit, PULL_REQUESTS, Project, Repository, Workspace,
};
use http::Method;

/// Everything that the path names. What it does not name, answers speak of the first.
pub(super) struct Place {
    pub workspace: &'static Workspace,
    pub project: Option<&'static Project>,
    /// `None` also for one that is about to be created.
    pub repository: Option<&'static Repository>,
    pub account: &'static Account,
    /// Its number.
    pub pull_request: usize,
}

/// Parameters that name a person.
const PEOPLE: &[&str] = &[
    "selected_user",
    "selected_user_id",
    "target_username",
    "member",
];

pub(super) fn locate(request: &Request) -> Result<Place, Answer> {
    let workspace = workspace(request)?;
    let project = match request.parameters.get("project_key") {
        Some(key) => Some(world::project_at(workspace, key).ok_or_else(|| nothing_there(request))?),
        None => None,
    };
    Ok(Place {
        workspace,
        project,
        repository: repository(request)?,
        account: account(request)?,
        pull_request: pull_request(request)?,
    })
}

fn workspace(request: &Request) -> Result<&'static Workspace, Answer> {
    let parameters = &request.parameters;
    // What is still under /teams takes a workspace where a team stood.
    let name = parameters
        .get("workspace")
        .or_else(|| parameters.get("username"));
    let Some(name) = name else {
        return Ok(world::workspace(world::WORKSPACE).expect("it is in the list"));
    };
    let of_repository = request.parameters.contains_key("repo_slug");
    let found = world::workspace(name);
    let workspace = found.ok_or_else(|| match of_repository {
        true => refusal::hidden_repository(),
        false => nothing_there(request),
    })?;
    match request.identity {
        // Whether a repository is seen is the repository's own question.
        _ if of_repository => Ok(workspace),
        Identity::Known(known) if !world::reaches_workspace(known, workspace.slug) => {
            Err(refusal::hidden_workspace())
        }
        _ => Ok(workspace),
    }
}

fn repository(request: &Request) -> Result<Option<&'static Repository>, Answer> {
    let parameters = &request.parameters;
    let (Some(workspace), Some(slug)) = (parameters.get("workspace"), parameters.get("repo_slug"))
    else {
        return Ok(None);
    };
    let Some(repository) = world::repository_at(workspace, slug) else {
        return match is_created(request, workspace) {
            true => Ok(None),
            false => Err(refusal::hidden_repository()),
        };
    };
    let is_read = request.operation.method == Method::GET;
    match request.identity {
        Identity::Known(known) if world::reaches(known, repository) => match repository.limit {
            Some(Limit::ListedAddresses) => Err(refusal::off_the_list()),
            _ => Ok(Some(repository)),
        },
        _ if is_read && !repository.private => Ok(Some(repository)),
        Identity::Known(_) if !repository.private => Err(refusal::forbidden()),
        Identity::Known(_) => Err(refusal::hidden_repository()),
        Identity::Anonymous => Err(hidden_from_strangers(request)),
    }
}

/// A repository is created under the path that it will have.
fn is_created(request: &Request, workspace: &str) -> bool {
    let creates = request.operation.path == "/repositories/{workspace}/{repo_slug}"
        && [Method::POST, Method::PUT].contains(&request.operation.method);
    let slug = world::workspace(workspace).map(|workspace| workspace.slug);
    match (request.identity, slug) {
        (Identity::Known(known), Some(slug)) => creates && world::reaches_workspace(known, slug),
        _ => false,
    }
}

fn hidden_from_strangers(request: &Request) -> Answer {
    match request.bitbucket.reading.otherwise(Disputed::B16) {
        true => refusal::hidden_repository(),
        false => judge::challenge(request.call),
    }
}

/// The person in the path, else the one who asks.
fn account(request: &Request) -> Result<&'static Account, Answer> {
    let asking = match request.identity {
        Identity::Known(known) => world::account(known.true_username()),
        Identity::Anonymous => None,
    };
    let parameters = &request.parameters;
    let Some(name) = PEOPLE.iter().find_map(|people| parameters.get(people)) else {
        return Ok(asking.unwrap_or(&ACCOUNTS[0]));
    };
    let named = world::account(name).ok_or_else(|| nothing_there(request))?;
    // Below /users/{somebody} only their public page is for others.
    let is_theirs =
        request.operation.path.starts_with("/users/") && request.operation.callers != Callers::All;
    match is_theirs && asking.is_some_and(|asking| asking != named) {
        true => Err(refusal::forbidden()),
        false => Ok(named),
    }
}

fn pull_request(request: &Request) -> Result<usize, Answer> {
    match request.parameters.get("pull_request_id") {
        None => Ok(PULL_REQUESTS),
        Some(id) => id
            .parse()
            .ok()
            .filter(|id| (1..=PULL_REQUESTS).contains(id))
            .ok_or_else(|| nothing_there(request)),
    }
}

fn nothing_there(request: &Request) -> Answer {
    refusal::nothing_there(&request.call.path)
}

//! The things that there are: the members of a list, or the one that a path names.

use super::names::Names;
use super::place::Place;
use super::shape::{self, Identifiers, Keys};
use super::{Request, query, refusal};
use crate::sandbox::answer::Answer;
use crate::sandbox::judge::Identity;
use crate::sandbox::world::history::{self, Commit};
use crate::sandbox::world::{self, Repository, Workspace, identifier};

/// The names of each thing of this type, first to last.
pub(super) fn members(shape: &str, request: &Request, place: &Place) -> Vec<Names> {
    let base = Names::of(request, place);
    let named = |set: &dyn Fn(&mut Names)| {
        let mut names = base.clone();
        names.set_item(shape, 1, "");
        set(&mut names);
        names
    };
    match shape {
        "workspace" | "workspace_access" => workspaces(request)
            .map(|workspace| named(&|names| names.set_workspace(workspace)))
            .collect(),
        "repository" | "repository_permission" => repositories(request, place)
            .map(|repository| named(&|names| names.set_repository(repository)))
            .collect(),
        "project" => world::PROJECTS
            .iter()
            .filter(|project| project.workspace == place.workspace.slug)
            .map(|project| named(&|names| names.set_project(project)))
            .collect(),
        "user"
        | "workspace_membership"
        | "repository_user_permission"
        | "project_user_permission" => world::ACCOUNTS
            .iter()
            .map(|account| named(&|names| names.set_account(account)))
            .collect(),
        "pullrequest" => pull_requests(request)
            .map(|id| named(&|names| names.set_pull_request(id)))
            .collect(),
        "commit" => commits(place)
            .iter()
            .map(|commit| named(&|names| names.set_commit(commit)))
            .collect(),
        _ => keyed(shape, &base),
    }
}

/// The youngest first. A repository that was created a moment ago answers as the first one here.
fn commits(place: &Place) -> Vec<Commit> {
    let repository = place.repository.unwrap_or(&world::REPOSITORIES[0]);
    let mut commits = history::commits(repository);
    commits.reverse();
    commits
}

/// A branch, tag or anything else that is no hash stands for the youngest.
fn one_commit(mut names: Names, given: Option<&String>, place: &Place) -> Names {
    let commits = commits(place);
    let hash = given.filter(|given| is_hash(given));
    let found = hash.and_then(|hash| commits.iter().find(|it| it.hash.starts_with(&**hash)));
    names.set_item("commit", 1, "");
    if let Some(commit) = found.or(commits.first()) {
        names.set_commit(commit);
    }
    // One that it does not know was pushed a moment ago.
    if let (None, Some(hash)) = (found, hash) {
        names.set("hash", &**hash);
    }
    names
}

/// The names of the one thing that the path is about, or that was just created.
///
/// # Errors
/// 404 where it is certain that there is none of that name.
pub(super) fn one(shape: &str, request: &Request, place: &Place) -> Result<Names, Answer> {
    let mut names = Names::of(request, place);
    let given = last_parameter(request);
    if shape == "commit" {
        return Ok(one_commit(names, given, place));
    }
    let keys = keys(shape, &names);
    let Some(given) = given else {
        names.set_item(shape, 1, keys.first().map_or("", String::as_str));
        return Ok(names);
    };
    // A pipeline goes by its number, too.
    let uuid = identifier::uuid(shape, given);
    let position = keys.iter().position(|key| key == given || *key == uuid);
    if position.is_none() && shape::named(shape).strict {
        return Err(refusal::nothing_there(&request.call.path));
    }
    names.set_item(shape, position.unwrap_or(0) + 1, given);
    Ok(names)
}

/// Whole, or its beginning.
fn is_hash(text: &str) -> bool {
    text.len() >= 7 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn keyed(shape: &str, base: &Names) -> Vec<Names> {
    let numbered = keys(shape, base).into_iter().zip(1..);
    let item = |(key, n): (String, usize)| {
        let mut names = base.clone();
        names.set_item(shape, n, &key);
        names
    };
    numbered.map(item).collect()
}

fn keys(shape: &str, names: &Names) -> Vec<String> {
    let make = |count: &usize, make: fn(&str, &str) -> String| {
        let name = |n| make(shape, &usize::to_string(&n));
        (1..=*count).map(name).collect()
    };
    match &shape::named(shape).keys {
        None => Vec::new(),
        Some(Keys::Numbers(count)) => (1..=*count).map(|n| n.to_string()).collect(),
        Some(Keys::Names(keys)) => keys.iter().map(|key| shape::insert(key, names)).collect(),
        Some(Keys::Identifiers(Identifiers::Uuids(count))) => make(count, identifier::uuid),
        Some(Keys::Identifiers(Identifiers::Hashes(count))) => make(count, identifier::commit),
    }
}

/// The value of the parameter that the path ends in, if it ends in one.
fn last_parameter<'a>(request: &'a Request) -> Option<&'a String> {
    let (_, last) = request.operation.path.rsplit_once('/')?;
    let name = last.strip_prefix('{')?.strip_suffix('}')?;
    request.parameters.get(name)
}

/// Those that the client sees.
fn workspaces(request: &Request) -> impl Iterator<Item = &'static Workspace> {
    world::WORKSPACES
        .iter()
        .filter(|workspace| match request.identity {
            Identity::Known(known) => world::reaches_workspace(known, workspace.slug),
            Identity::Anonymous => false,
        })
}

/// Those of the workspace that the client sees; of all, where the path names no workspace.
fn repositories(request: &Request, place: &Place) -> impl Iterator<Item = &'static Repository> {
    let everywhere = !request.parameters.contains_key("workspace");
    world::REPOSITORIES.iter().filter(move |repository| {
        let is_seen = match request.identity {
            Identity::Known(known) => world::reaches(known, repository),
            Identity::Anonymous => false,
        };
        let is_here = everywhere || repository.workspace == place.workspace.slug;
        is_here && (is_seen || !repository.private)
    })
}

/// The numbers of those in the states that were asked for, youngest first; the open ones unless told otherwise.
fn pull_requests(request: &Request) -> impl Iterator<Item = usize> {
    let asked = query::values(request.call, "state");
    let is_asked = move |id: &usize| {
        let state = world::state_of_pull_request(*id);
        match asked.is_empty() {
            true => state == "OPEN",
            false => asked.iter().any(|asked| asked.eq_ignore_ascii_case(state)),
        }
    };
    (1..=world::PULL_REQUESTS).rev().filter(is_asked)
}

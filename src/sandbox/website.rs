//! The pages of bitbucket.org, as far as tools run into them: the login, authorizing an app, archives.

use super::Bitbucket;
use super::answer::Answer;
use super::call::Call;
use super::credential::{Credential, Kind};
use super::git::{self, Repositories, archive};
use super::judge::{Identity, identify, refusal};
use super::world::{self, Limit, Repository};
use super::{form, rate_limit};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{Method, StatusCode};

/// Where the consumers of the sandbox want people sent back to.
pub const CALLBACK: &str = "http://localhost:3000/callback";

/// Answers whatever on bitbucket.org is neither git nor an API.
pub async fn answer(call: &Call, bitbucket: &Bitbucket, repositories: &Repositories) -> Answer {
    match judge(call, bitbucket) {
        Shown::Answer(answer) => answer,
        Shown::Archive(repository, name) => download(repositories, repository, &name).await,
    }
}

/// What there is to see, before anything is packed.
pub enum Shown {
    Answer(Answer),
    /// Of this repository, under this name.
    Archive(&'static Repository, String),
}

/// Judges the call and says what it leads to.
pub fn judge(call: &Call, bitbucket: &Bitbucket) -> Shown {
    show(call, bitbucket).unwrap_or_else(Shown::Answer)
}

fn show(call: &Call, bitbucket: &Bitbucket) -> Result<Shown, Answer> {
    let identity = identify(call, bitbucket)?;
    rate_limit::counted(call, &identity, bitbucket)?;
    if call.method != Method::GET && call.method != Method::HEAD {
        return Err(Answer::empty(StatusCode::METHOD_NOT_ALLOWED));
    }
    let parts: Vec<&str> = call.path.trim_matches('/').split('/').collect();
    Ok(Shown::Answer(match parts.as_slice() {
        [""] => page("Bitbucket"),
        ["account", "signin"] => page("Log in to continue"),
        ["site", "oauth2", "authorize"] => authorize(call, bitbucket),
        [workspace, slug, "get", name @ ..] if !name.is_empty() => {
            let repository = permit(call, &identity, world::repository_at(workspace, slug))?;
            return Ok(Shown::Archive(repository, name.join("/")));
        }
        [workspace, slug, ..] => {
            let repository = permit(call, &identity, world::repository_at(workspace, slug))?;
            page(repository.slug)
        }
        _ => refusal::login(call),
    }))
}

/// The repository, if the site shows it to this client.
fn permit(
    call: &Call,
    identity: &Identity,
    repository: Option<&'static Repository>,
) -> Result<&'static Repository, Answer> {
    let is_shown = |repository: &&Repository| match identity {
        Identity::Anonymous => !repository.private,
        Identity::Known(credential) => {
            !repository.private || world::reaches(credential, repository)
        }
    };
    // What it does not show may be there for somebody else.
    let repository = repository
        .filter(is_shown)
        .ok_or_else(|| refusal::login(call))?;
    match identity {
        Identity::Known(_) if repository.limit == Some(Limit::ListedAddresses) => {
            Err(Answer::empty(StatusCode::FORBIDDEN))
        }
        Identity::Known(credential) if !git::may(credential, false) => Err(Answer::text(
            StatusCode::FORBIDDEN,
            "Your credentials lack one or more required privilege scopes.",
        )),
        _ => Ok(repository),
    }
}

/// B30: `main.tar.gz` of a repository.
async fn download(repositories: &Repositories, repository: &Repository, name: &str) -> Answer {
    let Some(packed) = archive(repositories, repository, name).await else {
        return Answer::text(StatusCode::NOT_FOUND, "Not Found");
    };
    let file = format!(
        "attachment; filename=\"{}-{}\"",
        repository.workspace, repository.slug
    );
    let answer = Answer {
        body: packed.into(),
        ..Answer::empty(StatusCode::OK)
    };
    answer
        .with(CONTENT_TYPE, "application/octet-stream")
        .with(CONTENT_DISPOSITION, &file)
}

/// Where an app sends people to grant it access: first to the login, unless the app is set up wrongly (A12).
fn authorize(call: &Call, bitbucket: &Bitbucket) -> Answer {
    let query = call.query.as_deref().unwrap_or_default();
    let asks = |credential: &Credential, key: &str| {
        credential.kind == Kind::OauthConsumer && credential.username == key
    };
    let is_known = form::value(query, "client_id").is_some_and(|key| {
        let all = bitbucket.store.all();
        all.iter().any(|credential| asks(credential, &key))
    });
    if !is_known {
        return misconfigured("Invalid client_id");
    }
    match form::value(query, "redirect_uri") {
        Some(uri) if uri != CALLBACK => misconfigured("Invalid redirect_uri"),
        _ => refusal::login(call),
    }
}

fn misconfigured(what: &str) -> Answer {
    let text =
        format!("{what}\nThis integration is misconfigured. Contact the vendor for assistance.");
    Answer {
        status: StatusCode::BAD_REQUEST,
        ..page(&text)
    }
}

/// Nobody reads more of it than its title.
fn page(title: &str) -> Answer {
    let mut answer = Answer::text(
        StatusCode::OK,
        format!("<!doctype html>\n<title>{title}</title>\n<p>{title}</p>\n"),
    );
    answer.headers.clear();
    answer.with(CONTENT_TYPE, "text/html; charset=utf-8")
}

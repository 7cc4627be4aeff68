//! One credential of the configuration file, and what is taken for what it leaves out.

use super::{ConfigError, File};
use crate::sandbox::credential::{Account, Credential, Kind, State};
use crate::sandbox::store;
use crate::sandbox::world::{self, PROJECTS, REPOSITORIES, WORKSPACES};
use serde::Deserialize;
use time::UtcDateTime;
use time::format_description::well_known::Rfc3339;
use toml::Spanned;
use toml::value::Datetime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    kind: Kind,
    #[serde(default = "good")]
    state: State,
    username: Option<String>,
    email: Option<String>,
    secret: Option<Spanned<String>>,
    scopes: Option<Vec<String>>,
    workspace: Option<Spanned<String>>,
    project: Option<Spanned<String>>,
    repository: Option<Spanned<String>>,
    expires: Option<Spanned<Datetime>>,
    owner: Option<Account>,
    #[serde(default)]
    note: String,
}

fn good() -> State {
    State::Good
}

impl Entry {
    pub(super) fn secret(&self) -> Option<&Spanned<String>> {
        self.secret.as_ref()
    }

    /// # Errors
    /// A date that is none, a place that the sandbox does not have.
    pub(super) fn credential(self, file: &File) -> Result<Credential, ConfigError> {
        let expires = self.expires.map(|written| date(file, &written));
        let workspaces = WORKSPACES.iter().map(|it| it.slug);
        let workspace = place(file, self.workspace, workspaces)?;
        let is_here = |of: &str| workspace.as_deref().is_none_or(|it| it == of);
        let projects = PROJECTS.iter().filter(|it| is_here(it.workspace));
        let project = place(file, self.project, projects.map(|it| it.key))?;
        let repositories = REPOSITORIES.iter().filter(|it| is_here(it.workspace));
        let repository = place(file, self.repository, repositories.map(|it| it.slug))?;
        let secret = self.secret.map(Spanned::into_inner);
        let secret = secret.unwrap_or_else(|| store::new_secret(self.kind));
        let minted = Credential::new(self.kind, self.state, secret);
        let scopes = self.scopes;
        let credential = Credential {
            username: self.username.unwrap_or(minted.username),
            email: self.email.unwrap_or(minted.email),
            scopes: scopes.unwrap_or_else(|| store::every_scope(self.kind)),
            id: store::new_id(),
            workspace,
            project,
            repository,
            expires: expires.transpose()?,
            owner: match self.state {
                State::OtherAccount => self.owner.or_else(other),
                _ => self.owner,
            },
            note: self.note,
            ..minted
        };
        Ok(bound(credential))
    }
}

#[expect(clippy::unnecessary_wraps, reason = "what or_else takes")]
fn other() -> Option<Account> {
    Some(Account {
        username: world::OTHER_USERNAME.to_owned(),
        email: world::OTHER_EMAIL.to_owned(),
    })
}

/// An access token belongs somewhere (A10): to the first place of its kind, unless the file says where.
fn bound(credential: Credential) -> Credential {
    let is_bound = [
        &credential.workspace,
        &credential.project,
        &credential.repository,
    ];
    if !credential.kind.is_access_token() || is_bound.iter().any(|place| place.is_some()) {
        return credential;
    }
    let first = &REPOSITORIES[0];
    let (has_repository, has_project) = match credential.kind {
        Kind::RepoAccessToken => (true, true),
        Kind::ProjectAccessToken => (false, true),
        _ => (false, false),
    };
    Credential {
        workspace: Some(first.workspace.to_owned()),
        project: has_project.then(|| first.project.to_owned()),
        repository: has_repository.then(|| first.slug.to_owned()),
        ..credential
    }
}

/// A name that the sandbox knows.
fn place<'a>(
    file: &File,
    written: Option<Spanned<String>>,
    known: impl Iterator<Item = &'a str>,
) -> Result<Option<String>, ConfigError> {
    let Some(written) = written else {
        return Ok(None);
    };
    let known: Vec<_> = known.collect();
    if known.contains(&written.get_ref().as_str()) {
        return Ok(Some(written.into_inner()));
    }
    let reason = format!(
        "the sandbox has none of that name; there are {}",
        known.join(", ")
    );
    Err(file.mistake(written.span(), &reason))
}

fn date(file: &File, written: &Spanned<Datetime>) -> Result<UtcDateTime, ConfigError> {
    let text = written.get_ref().to_string();
    UtcDateTime::parse(&text, &Rfc3339).map_err(|_| {
        let reason = "not a moment; write date, time and offset, as in 2026-12-01T00:00:00Z";
        file.mistake(written.span(), reason)
    })
}

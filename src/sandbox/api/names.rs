//! The words that a shape is filled with: the things a call is about, by name.

use super::place::Place;
use super::{Request, redirect};
use crate::sandbox::hosts;
use crate::sandbox::world::history::{self, Commit};
use crate::sandbox::world::{self, Account, Project, Repository, Workspace, identifier};
use std::collections::HashMap;
use time::format_description::StaticFormatDescription;
use time::macros::format_description;
use time::{Duration, UtcDateTime};

/// As the API writes dates.
const DATE: StaticFormatDescription =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]+00:00");

/// Values by name; the later one of the same name counts.
#[derive(Clone, Debug)]
pub(super) struct Names {
    values: HashMap<String, String>,
    /// Its first moment: what happened before stays where it was when asked again.
    today: UtcDateTime,
}

impl Names {
    /// Of everything that the path says, and of what goes with it.
    pub(super) fn of(request: &Request, place: &Place) -> Self {
        let mut names = Self {
            values: HashMap::new(),
            today: request.bitbucket.clock.now().date().midnight().as_utc(),
        };
        names.set("api", "https://api.bitbucket.org/2.0");
        names.set("web", "https://bitbucket.org");
        names.set("files", format!("https://{}", hosts::FILES));
        for (name, value) in &request.parameters {
            names.set(name, value);
        }
        names.set_account(place.account);
        names.set_workspace(place.workspace);
        let first = || {
            world::REPOSITORIES
                .iter()
                .find(|it| it.workspace == place.workspace.slug)
        };
        if let Some(repository) = place.repository.or_else(first) {
            names.set_repository(repository);
        }
        if !request.parameters.contains_key("commit") {
            let head = names.get("head").unwrap_or_default().to_owned();
            names.set("commit", head);
        }
        if let Some(slug) = request
            .parameters
            .get("repo_slug")
            .filter(|_| place.repository.is_none())
        {
            names.set_slug(slug);
        }
        if let Some(project) = place.project {
            names.set_project(project);
        }
        names.set_pull_request(place.pull_request);
        names
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.insert(name.to_owned(), value.into());
    }

    /// One of a list: the `n`th, counted from 1. The first is the youngest.
    pub(super) fn set_item(&mut self, shape: &str, n: usize, key: &str) {
        let day = Duration::days(i64::try_from(n).unwrap_or(1));
        self.set("n", n.to_string());
        self.set("key", key);
        self.set("created", self.before(day));
        self.set("updated", self.before(Duration::hours(1)));
        let uuid = match key.starts_with('{') {
            true => key.to_owned(),
            false => identifier::uuid(shape, key),
        };
        self.set("uuid", uuid);
        self.set("hash", key);
    }

    pub(super) fn set_account(&mut self, account: &Account) {
        self.set("username", account.username);
        self.set("display_name", account.name);
        self.set("email", account.email);
        self.set("account_id", account.account_id);
        self.set("user_uuid", account.uuid());
    }

    pub(super) fn set_workspace(&mut self, workspace: &Workspace) {
        self.set("workspace", workspace.slug);
        self.set("workspace_name", workspace.name);
        self.set("workspace_uuid", workspace.uuid());
    }

    pub(super) fn set_project(&mut self, project: &Project) {
        self.set("project_key", project.key);
        self.set("project_name", project.name);
        self.set("project_uuid", project.uuid());
    }

    pub(super) fn set_repository(&mut self, repository: &Repository) {
        let of_repository = |project: &&Project| project.key == repository.project;
        if let Some(project) = world::PROJECTS.iter().find(of_repository) {
            self.set_project(project);
        }
        self.set_slug(repository.slug);
        self.set("repo_uuid", repository.uuid());
        self.set("private", repository.private.to_string());
        if let Some(head) = history::commits(repository).pop() {
            self.set("head", head.hash);
        }
    }

    pub(super) fn set_commit(&mut self, commit: &Commit) {
        self.set_account(commit.author);
        self.set("hash", &*commit.hash);
        self.set("message", commit.message);
        self.set("created", written(commit.date));
    }

    fn set_slug(&mut self, slug: &str) {
        let repo = format!(
            "https://api.bitbucket.org/2.0/repositories/{}/{slug}",
            self.get("workspace").unwrap_or_default()
        );
        self.set("repo_slug", slug);
        self.set("private", "true");
        self.set("repo", &*repo);
    }

    pub(super) fn set_pull_request(&mut self, id: usize) {
        let repo = self.get("repo").unwrap_or_default();
        self.set("pull_request", format!("{repo}/pullrequests/{id}"));
        self.set("pull_request_id", id.to_string());
        self.set("state", world::state_of_pull_request(id));
        self.set("spec", redirect::spec(self));
    }

    fn before(&self, span: Duration) -> String {
        written(self.today - span)
    }
}

fn written(date: UtcDateTime) -> String {
    // Writing to a string, with all parts at hand: it cannot fail.
    date.format(DATE).unwrap_or_default()
}

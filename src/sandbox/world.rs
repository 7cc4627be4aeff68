//! The people, workspaces and repositories of the stand-in: few, and always the same.

pub mod history;
pub mod identifier;

use super::credential::{Credential, Kind};

/// A person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    pub username: &'static str,
    pub email: &'static str,
    pub name: &'static str,
    pub account_id: &'static str,
}

/// A workspace; everybody here is a member of all but `globex`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workspace {
    pub slug: &'static str,
    pub name: &'static str,
}

/// A project of a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Project {
    pub workspace: &'static str,
    pub key: &'static str,
    pub name: &'static str,
}

/// A repository and who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repository {
    pub workspace: &'static str,
    pub project: &'static str,
    pub slug: &'static str,
    pub private: bool,
    pub limit: Option<Limit>,
}

/// What stands in the way of those who have access and every scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The workspace is over its user limit: nothing may be pushed (B25).
    Plan,
    /// The workspace lets in nobody but from addresses of a list, on which no client of the sandbox is (B19d).
    ListedAddresses,
    /// Nobody may write to the main branch (I9).
    RestrictedMain,
}

/// Whose credentials the sandbox hands out; a member of `acme`.
pub const USERNAME: &str = "jdoe";
pub const EMAIL: &str = "j.doe@acme.example";
/// The owner of the tokens of another account (E25).
pub const OTHER_USERNAME: &str = "sroe";
pub const OTHER_EMAIL: &str = "s.roe@acme.example";

/// The workspace that jdoe is a member of.
pub const WORKSPACE: &str = "acme";
/// Nobody that the sandbox hands out credentials for is a member here.
const FOREIGN_WORKSPACE: &str = "globex";

pub const ACCOUNTS: &[Account] = &[
    Account {
        username: USERNAME,
        email: EMAIL,
        name: "Jane Doe",
        account_id: "557058:3b0e6a52-7c1d-4f0e-9a55-0d6f6b1c2e31",
    },
    Account {
        username: OTHER_USERNAME,
        email: OTHER_EMAIL,
        name: "Sam Roe",
        account_id: "557058:9f4d1c77-2a3b-4e8f-8b0a-5c7e1d9f6a20",
    },
];

pub const WORKSPACES: &[Workspace] = &[
    Workspace {
        slug: WORKSPACE,
        name: "Acme",
    },
    Workspace {
        slug: "acme-labs",
        name: "Acme Labs",
    },
    Workspace {
        slug: "acme-bank",
        name: "Acme Bank",
    },
    Workspace {
        slug: FOREIGN_WORKSPACE,
        name: "Globex",
    },
];

const fn project(workspace: &'static str, key: &'static str, name: &'static str) -> Project {
    Project {
        workspace,
        key,
        name,
    }
}

pub const PROJECTS: &[Project] = &[
    project(WORKSPACE, "WEB", "Website"),
    project(WORKSPACE, "OPS", "Operations"),
    project("acme-labs", "LAB", "Laboratory"),
    project("acme-bank", "CORE", "Core"),
    project(FOREIGN_WORKSPACE, "SEC", "Security"),
];

const fn repository(
    workspace: &'static str,
    project: &'static str,
    slug: &'static str,
    private: bool,
) -> Repository {
    Repository {
        workspace,
        project,
        slug,
        private,
        limit: None,
    }
}

pub const REPOSITORIES: &[Repository] = &[
    repository(WORKSPACE, "WEB", "website", true),
    repository(WORKSPACE, "WEB", "handbook", false),
    Repository {
        limit: Some(Limit::RestrictedMain),
        ..repository(WORKSPACE, "OPS", "deployment", true)
    },
    // A plan with too few users.
    Repository {
        limit: Some(Limit::Plan),
        ..repository("acme-labs", "LAB", "prototype", true)
    },
    Repository {
        limit: Some(Limit::ListedAddresses),
        ..repository("acme-bank", "CORE", "ledger", true)
    },
    repository(FOREIGN_WORKSPACE, "SEC", "vault", true),
];

/// Every repository has pull requests 1 to this.
pub const PULL_REQUESTS: usize = 23;

/// The older ones are closed.
pub fn state_of_pull_request(id: usize) -> &'static str {
    match id {
        1..=6 => "MERGED",
        7 => "DECLINED",
        _ => "OPEN",
    }
}

impl Account {
    pub fn uuid(&self) -> String {
        identifier::uuid("user", self.username)
    }
}

impl Workspace {
    pub fn uuid(&self) -> String {
        identifier::uuid("workspace", self.slug)
    }
}

impl Project {
    pub fn uuid(&self) -> String {
        let name = format!("{}/{}", self.workspace, self.key);
        identifier::uuid("project", &name)
    }
}

impl Repository {
    pub fn uuid(&self) -> String {
        let name = format!("{}/{}", self.workspace, self.slug);
        identifier::uuid("repository", &name)
    }
}

/// By username, uuid in braces or account id.
pub fn account(name: &str) -> Option<&'static Account> {
    let is_named = |account: &&Account| {
        [account.username, account.account_id].contains(&name) || account.uuid() == name
    };
    ACCOUNTS.iter().find(is_named)
}

/// By slug or by uuid in braces.
pub fn workspace(name: &str) -> Option<&'static Workspace> {
    let is_named = |workspace: &&Workspace| workspace.slug == name || workspace.uuid() == name;
    WORKSPACES.iter().find(is_named)
}

/// By key or by uuid in braces, in one workspace.
pub fn project_at(workspace: &Workspace, name: &str) -> Option<&'static Project> {
    let is_named = |project: &&Project| {
        project.workspace == workspace.slug && (project.key == name || project.uuid() == name)
    };
    PROJECTS.iter().find(is_named)
}

/// By its names as they stand in a path, decoded: slugs or uuids in braces; a slug may end in `.git`.
pub fn repository_at(workspace: &str, slug: &str) -> Option<&'static Repository> {
    let workspace = self::workspace(workspace)?;
    let slug = slug.strip_suffix(".git").unwrap_or(slug);
    let is_named = |repository: &&Repository| {
        repository.workspace == workspace.slug
            && (repository.slug == slug || repository.uuid() == slug)
    };
    REPOSITORIES.iter().find(is_named)
}

/// Whether this credential reaches the repository at all, whatever its scopes (D9).
pub fn reaches(credential: &Credential, repository: &Repository) -> bool {
    reaches_workspace(credential, repository.workspace)
        && is_within(credential.project.as_deref(), repository.project)
        && is_within(credential.repository.as_deref(), repository.slug)
}

/// Whether this credential reaches anything in a workspace.
pub fn reaches_workspace(credential: &Credential, workspace: &str) -> bool {
    match credential.kind {
        Kind::RepoAccessToken | Kind::ProjectAccessToken | Kind::WorkspaceAccessToken => {
            is_within(credential.workspace.as_deref(), workspace)
        }
        _ => {
            workspace != FOREIGN_WORKSPACE && is_within(credential.workspace.as_deref(), workspace)
        }
    }
}

fn is_within(bound: Option<&str>, name: &str) -> bool {
    bound.is_none_or(|bound| bound == name)
}

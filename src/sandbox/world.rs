//! The people, workspaces and repositories of the stand-in: few, and always the same.

use super::credential::{Credential, Kind};

/// A repository and who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repository {
    pub workspace: &'static str,
    pub project: &'static str,
    pub slug: &'static str,
    pub private: bool,
    /// The workspace is over its user limit: nothing may be pushed (B25).
    pub read_only: bool,
}

/// Whose credentials the sandbox hands out; a member of `acme`.
pub const USERNAME: &str = "jdoe";
pub const EMAIL: &str = "j.doe@acme.example";
/// The owner of the tokens of another account (E25).
pub const OTHER_USERNAME: &str = "sroe";
pub const OTHER_EMAIL: &str = "s.roe@acme.example";

/// The workspace that jdoe is a member of.
pub const WORKSPACE: &str = "acme";

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
        read_only: false,
    }
}

pub const REPOSITORIES: &[Repository] = &[
    repository(WORKSPACE, "WEB", "website", true),
    repository(WORKSPACE, "WEB", "handbook", false),
    repository(WORKSPACE, "OPS", "deployment", true),
    // A plan with too few users.
    Repository {
        read_only: true,
        ..repository("acme-labs", "LAB", "prototype", true)
    },
    // Nobody that the sandbox hands out credentials for is a member here.
    repository("globex", "SEC", "vault", true),
];

/// By its names as they stand in a path, decoded; a slug may end in `.git`.
pub fn repository_at(workspace: &str, slug: &str) -> Option<&'static Repository> {
    let slug = slug.strip_suffix(".git").unwrap_or(slug);
    REPOSITORIES
        .iter()
        .find(|repository| repository.workspace == workspace && repository.slug == slug)
}

/// Whether this credential reaches the repository at all, whatever its scopes (D9).
pub fn reaches(credential: &Credential, repository: &Repository) -> bool {
    let within = |bound: &Option<String>, name: &str| bound.as_deref().is_none_or(|it| it == name);
    let is_member = repository.workspace != "globex";
    match credential.kind {
        Kind::ApiToken | Kind::AppPassword | Kind::AccountPassword => is_member,
        _ => {
            within(&credential.workspace, repository.workspace)
                && within(&credential.project, repository.project)
                && within(&credential.repository, repository.slug)
        }
    }
}

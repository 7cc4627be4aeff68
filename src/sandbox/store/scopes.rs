//! Every scope that a kind of credential can have.

use crate::sandbox::credential::Kind;

/// D1, without `project:write`, which is dead.
const CLASSIC: &[&str] = &[
    "project",
    "project:admin",
    "repository",
    "repository:write",
    "repository:admin",
    "repository:delete",
    "pullrequest",
    "pullrequest:write",
    "issue",
    "issue:write",
    "wiki",
    "webhook",
    "snippet",
    "snippet:write",
    "email",
    "account",
    "account:write",
    "pipeline",
    "pipeline:write",
    "pipeline:variable",
    "runner",
    "runner:write",
];

/// D3.
const REPOSITORY: &[&str] = &[
    "repository",
    "repository:write",
    "repository:admin",
    "repository:delete",
    "pullrequest",
    "pullrequest:write",
    "webhook",
    "pipeline",
    "pipeline:write",
    "pipeline:variable",
    "runner",
    "runner:write",
];

/// D4: what can be done, and to which things; each pair is one of the 35 scopes.
const GRANULAR: &[(&str, &[&str])] = &[
    ("repository", &["read", "write", "admin", "delete"]),
    ("pullrequest", &["read", "write"]),
    ("project", &["read", "admin"]),
    ("workspace", &["read", "admin"]),
    ("user", &["read", "write"]),
    ("pipeline", &["read", "write", "admin"]),
    ("runner", &["read", "write"]),
    ("issue", &["read", "write", "delete"]),
    ("webhook", &["read", "write", "delete"]),
    ("snippet", &["read", "write", "delete"]),
    ("ssh-key", &["read", "write", "delete"]),
    ("gpg-key", &["read", "write", "delete"]),
    ("permission", &["read", "write", "delete"]),
];

/// All scopes of a kind, in its own vocabulary (B3); none where the kind knows none.
pub fn every_scope(kind: Kind) -> Vec<String> {
    let more: &[&str] = match kind {
        Kind::ApiToken => return granular(),
        Kind::AppPassword
        | Kind::OauthAccessToken
        | Kind::OauthRefreshToken
        | Kind::OauthCode
        | Kind::OauthConsumer
        | Kind::ConnectJwt => return owned(CLASSIC),
        Kind::RepoAccessToken => &[],
        Kind::ProjectAccessToken => &["project"],
        // `account` is disputed (I15).
        Kind::WorkspaceAccessToken => &["project", "project:admin", "account"],
        _ => return Vec::new(),
    };
    owned(&[REPOSITORY, more].concat())
}

fn granular() -> Vec<String> {
    let scopes = |(thing, verbs): &(&str, &[&str])| {
        let scope = |verb: &&str| format!("{verb}:{thing}:bitbucket");
        verbs.iter().map(scope).collect::<Vec<_>>()
    };
    GRANULAR.iter().flat_map(scopes).collect()
}

fn owned(scopes: &[&str]) -> Vec<String> {
    scopes.iter().map(|scope| (*scope).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_facts() {
        assert_eq!(every_scope(Kind::ApiToken).len(), 35);
        assert_eq!(every_scope(Kind::OauthAccessToken).len(), 22);
        assert_eq!(every_scope(Kind::RepoAccessToken).len(), 12);
        assert_eq!(every_scope(Kind::ProjectAccessToken).len(), 13);
        assert_eq!(every_scope(Kind::WorkspaceAccessToken).len(), 15);
        assert!(every_scope(Kind::AccountPassword).is_empty());
    }
}

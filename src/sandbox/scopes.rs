//! Whether a credential's scopes are enough: the sandbox's own reading of D1 to D4.

use super::credential::{Credential, Kind};
use super::operations::Operation;
use std::collections::HashSet;

/// What each classic scope includes, as far as that is stated (D2). Scopes of API tokens include nothing.
const INCLUDED: &[(&str, &[&str])] = &[
    ("project", &["repository"]),
    ("repository:write", &["repository"]),
    ("pullrequest", &["repository"]),
    ("pullrequest:write", &["pullrequest", "repository:write"]),
    ("issue:write", &["issue"]),
    ("snippet:write", &["snippet"]),
];

/// What an operation asks of a credential, in the credential's own vocabulary (B3).
pub fn required<'a>(operation: &'a Operation, credential: &Credential) -> &'a [&'static str] {
    match credential.kind {
        Kind::ApiToken => &operation.granular,
        _ => &operation.classic,
    }
}

/// Whether the credential holds all of these, or scopes that include them.
///
/// An operation that lists none for a vocabulary asks none of it: nothing says that it refuses it.
pub fn suffice(credential: &Credential, required: &[&str]) -> bool {
    // An account password is the account itself.
    if credential.kind == Kind::AccountPassword {
        return true;
    }
    let held = held(credential);
    required.iter().all(|scope| held.contains(scope))
}

fn held(credential: &Credential) -> HashSet<&str> {
    let mut held: HashSet<&str> = HashSet::new();
    let mut open: Vec<&str> = credential.scopes.iter().map(String::as_str).collect();
    while let Some(scope) = open.pop() {
        if held.insert(scope) && credential.kind != Kind::ApiToken {
            let row = INCLUDED.iter().find(|(name, _)| *name == scope);
            open.extend(row.into_iter().flat_map(|(_, included)| *included));
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::credential::State;

    fn holding(kind: Kind, scopes: &[&str]) -> Credential {
        Credential {
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            ..Credential::new(kind, State::Good, "secret".to_owned())
        }
    }

    #[test]
    fn classic_scopes_include_what_is_stated_and_no_more() {
        for (scope, included, not) in [
            ("pullrequest:write", "repository", "repository:admin"),
            ("pullrequest:write", "pullrequest", "webhook"),
            ("project", "repository", "repository:write"),
            ("repository:write", "repository", "pullrequest"),
            ("repository:admin", "repository:admin", "repository"),
            ("pipeline:write", "pipeline:write", "pipeline"),
            ("project:admin", "project:admin", "project"),
        ] {
            let credential = holding(Kind::OauthAccessToken, &[scope]);
            assert!(suffice(&credential, &[included]), "{scope}, {included}");
            assert!(!suffice(&credential, &[not]), "{scope}, {not}");
        }
    }

    #[test]
    fn scopes_of_api_tokens_include_nothing() {
        let credential = holding(Kind::ApiToken, &["write:repository:bitbucket"]);
        assert!(suffice(&credential, &["write:repository:bitbucket"]));
        assert!(!suffice(&credential, &["read:repository:bitbucket"]));
    }

    #[test]
    fn an_account_password_has_no_scopes_and_needs_none() {
        assert!(suffice(
            &holding(Kind::AccountPassword, &[]),
            &["repository:admin"]
        ));
    }

    #[test]
    fn all_that_is_listed_is_needed() {
        let credential = holding(Kind::OauthAccessToken, &["repository:admin"]);
        assert!(!suffice(&credential, &["repository", "repository:admin"]));
        assert!(suffice(&credential, &[]));
    }
}

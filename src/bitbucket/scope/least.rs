//! The least scopes for several calls, and how a grant compares with them.

use super::{Scope, implication};
use std::collections::BTreeSet;

/// Without those that others among them contain by the documentation (D2).
pub fn least(needed: &BTreeSet<Scope>) -> Vec<Scope> {
    let others = |scope: Scope| -> Vec<Scope> {
        needed
            .iter()
            .copied()
            .filter(|other| *other != scope)
            .collect()
    };
    let is_contained = |scope: &Scope| implication::stated(&others(*scope), *scope);
    needed
        .iter()
        .copied()
        .filter(|scope| !is_contained(scope))
        .collect()
}

/// What of `granted` reaches further than the least scopes; one that they contain is no excess.
pub fn excess(granted: &[Scope], least: &[Scope]) -> Vec<Scope> {
    let within = |scope: &Scope| least.contains(scope) || implication::stated(least, *scope);
    granted
        .iter()
        .copied()
        .filter(|scope| !within(scope))
        .collect()
}

/// What of the least scopes `granted` lacks; nothing where a scope may well contain it.
pub fn lacking(granted: &[Scope], least: &[Scope]) -> Vec<Scope> {
    let has = |scope: &Scope| granted.contains(scope) || implication::plausible(granted, *scope);
    least.iter().copied().filter(|scope| !has(scope)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::ScopeList;
    use super::*;

    fn names(scopes: Vec<Scope>) -> String {
        scopes
            .iter()
            .map(|scope| scope.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn scopes(names: &str) -> Vec<Scope> {
        ScopeList::parse(names).known
    }

    #[test]
    fn a_scope_that_another_contains_is_left_out() {
        for (needed, expected) in [
            (
                "repository pullrequest:write pullrequest",
                "pullrequest:write",
            ),
            ("repository account", "account repository"),
            ("repository:admin repository", "repository repository:admin"),
            ("project:admin project", "project project:admin"),
            (
                "read:repository:bitbucket write:repository:bitbucket",
                "read:repository:bitbucket write:repository:bitbucket",
            ),
            ("", ""),
        ] {
            let needed = scopes(needed).into_iter().collect();
            assert_eq!(names(least(&needed)), expected);
        }
    }

    #[test]
    fn a_grant_is_compared_by_what_it_can_do() {
        for (granted, needed, too_much, too_little) in [
            ("repository:write", "repository", "repository:write", ""),
            ("repository pullrequest:write", "pullrequest:write", "", ""),
            ("repository", "pullrequest repository", "", "pullrequest"),
            ("account:write", "account", "account:write", ""),
            (
                "write:repository:bitbucket",
                "read:repository:bitbucket",
                "write:repository:bitbucket",
                "read:repository:bitbucket",
            ),
        ] {
            let (granted, needed) = (scopes(granted), scopes(needed));
            assert_eq!(names(excess(&granted, &needed)), too_much);
            assert_eq!(names(lacking(&granted, &needed)), too_little);
        }
    }
}

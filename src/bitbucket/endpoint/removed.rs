//! REST operations that Bitbucket has removed (B21, B22, B24, I4, table C).

use super::pattern::{self, Pattern};
use super::rest_path;
use crate::bitbucket::timeline::{
    CROSS_WORKSPACE_LISTS_REMOVED, ISSUE_TRACKER_REMOVED, TEAMS_REMOVED,
};
use http::Method;
use std::sync::LazyLock;
use time::Date;
use time::macros::date;

/// An operation that Bitbucket has removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removed {
    /// `None`: the day is not known.
    pub since: Option<Date>,
    /// What to call instead, if there is anything; words in capitals stand for a name.
    pub instead: Option<&'static str>,
}

struct Row {
    path: &'static str,
    /// Only GET is gone; other methods on the path live on or never were.
    get_only: bool,
    removed: Removed,
}

const fn row(
    path: &'static str,
    get_only: bool,
    since: Option<Date>,
    instead: Option<&'static str>,
) -> Row {
    Row {
        path,
        get_only,
        removed: Removed { since, instead },
    }
}

const LISTS: Option<Date> = Some(CROSS_WORKSPACE_LISTS_REMOVED);
const TEAMS: Option<Date> = Some(TEAMS_REMOVED);

const ROWS: &[Row] = &[
    row("/workspaces", true, LISTS, Some("/2.0/user/workspaces")),
    row(
        "/repositories",
        true,
        LISTS,
        Some("/2.0/repositories/WORKSPACE"),
    ),
    row(
        "/user/permissions/workspaces",
        true,
        LISTS,
        Some("/2.0/user/workspaces"),
    ),
    row(
        "/user/permissions/repositories",
        true,
        LISTS,
        Some("/2.0/user/workspaces/WORKSPACE/permissions/repositories"),
    ),
    row("/teams", true, TEAMS, Some("/2.0/user/workspaces")),
    row("/teams/*", true, TEAMS, Some("/2.0/workspaces/WORKSPACE")),
    row(
        "/teams/*/repositories",
        true,
        TEAMS,
        Some("/2.0/repositories/WORKSPACE"),
    ),
    row(
        "/teams/*/followers|following|hooks|members|permissions|projects/**",
        false,
        TEAMS,
        None,
    ),
    row(
        "/users/*/repositories",
        true,
        TEAMS,
        Some("/2.0/repositories/WORKSPACE"),
    ),
    row("/users/*/followers|following|hooks/**", false, TEAMS, None),
    row("/snippets", true, None, Some("/2.0/snippets/WORKSPACE")),
    row("/addon/linkers/**", false, None, None),
    row(
        "/pullrequests/*",
        true,
        Some(date!(2025 - 02 - 20)),
        Some("/2.0/workspaces/WORKSPACE/pullrequests/USER"),
    ),
    row(
        "/repositories/*/*/issues|components|milestones|versions/**",
        false,
        Some(ISSUE_TRACKER_REMOVED),
        None,
    ),
];

/// Whether this call of the REST API was gone on `date`; `path` as sent. An unknown day counts as every day.
pub fn removed(method: &Method, path: &str, date: Date) -> Option<Removed> {
    below(method, rest_path(path)?, date)
}

/// The same of a path below `/2.0`, or its template.
pub(super) fn below(method: &Method, path: &str, date: Date) -> Option<Removed> {
    static PATTERNS: LazyLock<Vec<Pattern>> =
        LazyLock::new(|| ROWS.iter().map(|row| Pattern::of(row.path)).collect());
    let path = pattern::cut(path);
    let gone = |(row, pattern): &(&Row, &Pattern)| {
        (!row.get_only || matches!(*method, Method::GET | Method::HEAD))
            && row.removed.since.is_none_or(|since| since <= date)
            && pattern.fits(&path)
    };
    let mut rows = ROWS.iter().zip(PATTERNS.iter());
    rows.find(gone).map(|(row, _)| row.removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gone(method: Method, path: &str, date: Date) -> bool {
        removed(&method, path, date).is_some()
    }

    #[test]
    fn an_operation_is_gone_from_its_day_on() {
        let (before, after) = (date!(2026 - 04 - 13), date!(2026 - 04 - 14));
        for path in [
            "/2.0/workspaces",
            "/2.0/repositories/",
            "/2.0/user/permissions/workspaces",
        ] {
            assert!(!gone(Method::GET, path, before), "{path}");
            assert!(gone(Method::GET, path, after), "{path}");
        }
        let path = "/2.0/repositories/acme/site/issues/7/comments";
        assert!(!gone(Method::POST, path, date!(2026 - 08 - 19)));
        assert!(gone(Method::POST, path, date!(2026 - 08 - 20)));
        assert!(gone(Method::GET, "/2.0/snippets", before));
        for path in [
            "/2.0/teams/acme",
            "/2.0/teams/acme/hooks/1",
            "/2.0/users/jane/repositories",
        ] {
            assert!(!gone(Method::GET, path, date!(2020 - 10 - 13)), "{path}");
            assert!(gone(Method::GET, path, date!(2020 - 10 - 14)), "{path}");
        }
    }

    #[test]
    fn what_lives_on_is_not_called_gone() {
        let today = date!(2026 - 11 - 24);
        for path in [
            "/2.0/workspaces/acme",
            "/2.0/repositories/acme",
            "/2.0/repositories/acme/issues",
            "/2.0/snippets/acme",
            "/2.0/users/jane",
            "/2.0/users/jane/ssh-keys",
            "/2.0/teams/acme/search/code",
            "/2.0/teams/acme/pipelines_config/variables",
            "/2.0/user/workspaces",
            "/2.0/user",
            "/2.0/repositories//",
            "/workspaces",
            "/1.0/repositories",
        ] {
            assert!(!gone(Method::GET, path, today), "{path}");
        }
        assert!(!gone(Method::POST, "/2.0/snippets", today));
    }
}

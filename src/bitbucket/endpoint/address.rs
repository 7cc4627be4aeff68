//! Addresses that are no call of the API: what they lack, and what nobody filled in (B24, E35).

use super::Surface;
use crate::bitbucket::timeline::REST_1_REMOVED;
use std::borrow::Cow;
use time::Date;

/// What is wrong with an address, whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AddressFault {
    /// A variable or template was sent as it is written.
    Placeholder,
    /// A word of the documentation, or of a program that had no value.
    StandIn,
    /// No call of the API begins like this.
    NoCall,
}

/// Behind these stand names of files and branches, which may look like anything.
const FREE_TEXT: &[&str] = &[
    "src",
    "raw",
    "get",
    "filehistory",
    "downloads",
    "branches",
    "tags",
    "diff",
    "diffstat",
    "patch",
    "commits",
];

/// What documentation and programs put where a name belongs; in any case.
const STAND_INS: &[&str] = &[
    "workspace_id",
    "workspace_slug",
    "workspaceid",
    "your-workspace",
    "your_workspace",
    "repo_slug",
    "reposlug",
    "repository_slug",
    "your-repo",
    "your_repo",
    "project_key",
];
/// In exactly this case.
const STAND_INS_IN_CASE: &[&str] = &["WORKSPACE", "REPOSITORY", "undefined", "null", "None"];

/// What the calls below `/2.0` begin with.
const ROOTS: &[&str] = &[
    "addon",
    "hook_events",
    "pullrequests",
    "repositories",
    "snippets",
    "teams",
    "user",
    "users",
    "workspaces",
];
/// What people write instead: the singular, or the beginnings of Data Center.
const NO_ROOTS: &[&str] = &[
    "workspace",
    "repository",
    "repo",
    "repos",
    "project",
    "projects",
];
/// What people write instead of `2.0`, or before it.
const NO_VERSIONS: &[&str] = &["!api", "api", "rest", "2", "v2", "v2.0"];
/// The few calls of REST 1.0 that were kept (C).
const KEPT_OF_REST_1: &[&str] = &["groups", "group-privileges", "invitations", "users"];

impl AddressFault {
    /// `path` as sent, on one of Bitbucket's own hosts. `None` where nothing is known to be wrong.
    pub fn of(surface: Surface, path: &str, date: Date) -> Option<Self> {
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let free = segments
            .iter()
            .position(|segment| FREE_TEXT.contains(segment));
        // A slash at the end is no gap.
        let has_gap = segments[..free.unwrap_or(segments.len().saturating_sub(1))].contains(&"");
        let is_no_call = match surface {
            // Two slashes: what an empty variable leaves.
            Surface::Rest => has_gap || is_no_call(&segments, date),
            Surface::Website => path.starts_with("/!api/"),
            Surface::Git => false,
            Surface::TokenEndpoint | Surface::Foreign => return None,
        };
        let segments = &segments[..free.unwrap_or(segments.len())];
        let plain = || segments.iter().map(|segment| unescaped(segment));
        if may_hold_placeholder(path) && plain().any(|segment| is_placeholder(&segment)) {
            Some(Self::Placeholder)
        } else if is_no_call {
            Some(Self::NoCall)
        } else if plain().any(|segment| is_stand_in(&segment)) {
            Some(Self::StandIn)
        } else {
            None
        }
    }
}

/// Whether a call that is documented begins like this path below `/2.0`.
pub fn begins_like_a_call(path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    first.is_empty() || ROOTS.contains(&first)
}

fn is_no_call(segments: &[&str], date: Date) -> bool {
    let is = |place: usize, list: &[&str]| {
        segments
            .get(place)
            .is_some_and(|segment| list.contains(segment))
    };
    let is_rest_1 = is(0, &["1.0"]) && !is(1, KEPT_OF_REST_1) && date >= REST_1_REMOVED;
    is_rest_1 || is(0, ROOTS) || is(0, NO_VERSIONS) || is(0, &["2.0"]) && is(1, NO_ROOTS)
}

/// Without the escapes of the characters that placeholders are made of.
fn unescaped(segment: &str) -> Cow<'_, str> {
    if !segment.contains('%') {
        return Cow::Borrowed(segment);
    }
    let escapes = [
        ("%7B", "{"),
        ("%7D", "}"),
        ("%24", "$"),
        ("%3C", "<"),
        ("%3E", ">"),
    ];
    let plain = escapes
        .into_iter()
        .fold(segment.to_owned(), |text, (escape, mark)| {
            text.replace(escape, mark)
                .replace(&escape.to_ascii_lowercase(), mark)
        });
    Cow::Owned(plain)
}

/// Hardly any path has one of these.
fn may_hold_placeholder(path: &str) -> bool {
    let path = path.as_bytes();
    memchr::memchr3(b'{', b'$', b'<', path).is_some() || memchr::memchr(b'%', path).is_some()
}

/// `{name}`, `${NAME}`, `$NAME`, `{{ name }}`, `<name>`, `%NAME%`; a `{uuid}` is none.
fn is_placeholder(segment: &str) -> bool {
    let within = |open: char, close: char| {
        let inside = segment.strip_prefix(open)?.strip_suffix(close)?;
        Some(
            is_name(inside)
                && !inside
                    .bytes()
                    .all(|byte| byte.is_ascii_hexdigit() || byte == b'-'),
        )
    };
    segment.contains("${")
        || segment.contains("{{")
        || within('{', '}') == Some(true)
        || within('<', '>') == Some(true)
        || within('%', '%') == Some(true)
        || segment.strip_prefix('$').is_some_and(is_name)
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

fn is_stand_in(segment: &str) -> bool {
    let is = |word: &&str| word.eq_ignore_ascii_case(segment);
    // `:name`, as routes of programs write it: no slug begins like this.
    let of_a_route = segment.strip_prefix(':').is_some_and(is_name);
    STAND_INS.iter().any(is) || STAND_INS_IN_CASE.contains(&segment) || of_a_route
}

#[cfg(test)]
mod tests {
    use super::AddressFault::*;
    use super::*;
    use time::macros::date;

    fn rest(path: &str) -> Option<AddressFault> {
        AddressFault::of(Surface::Rest, path, date!(2026 - 11 - 24))
    }

    #[test]
    fn calls_that_exist_have_no_fault() {
        for path in [
            "/2.0/user",
            "/2.0/user/",
            "/2.0/repositories/acme/site",
            "/2.0/repositories/%7B1b671a64-40d5-491e-99b0-da01ff1f3341%7D/{1b671a64-40d5-491e-99b0-da01ff1f3341}",
            "/2.0/repositories/acme/site/src/main/{name}//$x",
            "/2.0/repositories/acme/site/refs/branches/{x}",
            "/1.0/groups/acme",
            "/internal/x",
            "/acme/site.git/info/refs",
            "/",
            "",
        ] {
            assert_eq!(rest(path), None, "{path}");
        }
    }

    #[test]
    fn what_nobody_filled_in() {
        for path in [
            "/2.0/repositories/{workspace}/{repo_slug}",
            "/2.0/repositories/%7Bworkspace%7D",
            "/2.0/workspaces/${WORKSPACE}",
            "/2.0/workspaces/$WORKSPACE/members",
            "/2.0/workspaces/{{workspace}}",
            "/2.0/workspaces/<workspace>",
            "/2.0/workspaces/%WORKSPACE%",
            "/2.0/repositories/acme/site/pullrequests/{pull_request_id}",
        ] {
            assert_eq!(rest(path), Some(Placeholder), "{path}");
        }
        for path in [
            "/2.0/workspaces/workspace_id",
            "/2.0/repositories/acme/REPO_SLUG",
            "/2.0/repositories/acme/undefined",
            "/2.0/repositories/WORKSPACE",
            "/2.0/repositories/:workspace/site",
        ] {
            assert_eq!(rest(path), Some(StandIn), "{path}");
        }
        let git = |path| AddressFault::of(Surface::Git, path, date!(2026 - 11 - 24));
        assert_eq!(git("/$WORKSPACE/site.git/info/refs"), Some(Placeholder));
        assert_eq!(git("/acme/site.git/info/refs"), None);
    }

    #[test]
    fn what_begins_like_no_call() {
        for path in [
            "/repositories/acme",
            "/user",
            "/api/2.0/user",
            "/v2/user",
            "/rest/api/1.0/projects",
            "/1.0/repositories/acme/site",
            "/2.0/repositories//",
            "/2.0/repositories//site",
            "//2.0/user",
            "/2.0/workspace/acme",
            "/2.0/projects/X/repos/y",
        ] {
            assert_eq!(rest(path), Some(NoCall), "{path}");
        }
        let website = |path| AddressFault::of(Surface::Website, path, date!(2026 - 11 - 24));
        assert_eq!(website("/!api/2.0/user"), Some(NoCall));
        assert_eq!(website("/acme/site/get/main.tar.gz"), None);
    }

    #[test]
    fn rest_1_existed_once() {
        let at = |date| AddressFault::of(Surface::Rest, "/1.0/repositories", date);
        assert_eq!(at(date!(2019 - 04 - 28)), None);
        assert_eq!(at(date!(2019 - 04 - 29)), Some(NoCall));
    }
}

//! Which operation of the REST API a call is.

use super::removed::{self, Removed};
use super::{rest_path, verb};
use http::Method;
use templates::TEMPLATES;
use time::Date;

mod templates;

/// A documented operation, perhaps one that is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// As called: HEAD stays HEAD.
    pub method: Method,
    /// Below `/2.0`, such as `/repositories/{workspace}`.
    pub template: &'static str,
}

impl Operation {
    /// `path` as sent, without the query. `None` when nothing is documented there, or not with this method.
    pub fn of(method: &Method, path: &str) -> Option<Self> {
        let bit = verb::bit(method)?;
        let path = rest_path(path)?;
        let fits = TEMPLATES.iter().filter_map(|(template, verbs)| {
            Some((words_that_fit(template, path)?, template, verbs))
        });
        // `pullrequests/activity` is not the pull request named "activity": the most words of its own win.
        let (_, template, verbs) = fits.rev().max_by_key(|(words, ..)| *words)?;
        (verbs & bit != 0).then(|| Self {
            method: method.clone(),
            template,
        })
    }

    /// Since when it is gone, if it is on `date`.
    pub fn removed(&self, date: Date) -> Option<Removed> {
        removed::below(&self.method, self.template, date)
    }
}

/// How many segments are the template's own words; `None` when the path does not fit it.
fn words_that_fit(template: &str, path: &str) -> Option<usize> {
    let mut segments = path.split('/').skip(1).peekable();
    let mut words = 0;
    let mut parts = template.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        if is_last && holds_slashes(part) {
            let is_there = segments.peek().is_some() || part == "{path}";
            return (is_there && segments.all(|segment| !segment.is_empty())).then_some(words);
        }
        let segment = segments.next()?;
        let is_parameter = part.starts_with('{');
        let fits = if is_parameter {
            !segment.is_empty()
        } else {
            segment == part
        };
        if !fits {
            return None;
        }
        words += usize::from(!is_parameter);
    }
    segments.next().is_none().then_some(words)
}

/// Files, branches and comparisons have slashes of their own; the root of a source tree has no name at all.
fn holds_slashes(part: &str) -> bool {
    matches!(part, "{path}" | "{name}" | "{spec}" | "{revspec}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(method: Method, path: &str) -> Option<&'static str> {
        Operation::of(&method, path).map(|operation| operation.template)
    }

    #[test]
    fn there_are_as_many_as_documented() {
        let today = crate::bitbucket::timeline::FACTS_AS_OF;
        let mut counts = (0, 0);
        for (path, verbs) in TEMPLATES {
            for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
                if verb::bit(&method).is_some_and(|bit| verbs & bit == 0) {
                    continue;
                }
                let found = Operation::of(&method, &format!("/2.0{path}")).unwrap();
                assert_eq!(found.template, *path, "{method}");
                match found.removed(today) {
                    None => counts.0 += 1,
                    Some(_) => counts.1 += 1,
                }
            }
        }
        assert_eq!(counts, (293, 46), "current and removed");
    }

    #[test]
    fn parameters_are_whatever_people_write() {
        let members = Some("/workspaces/{workspace}/members");
        for path in [
            "/2.0/workspaces/acme/members",
            "/2.0/workspaces/{5f1b}/members",
            "/2.0/workspaces/%7B5f1b%7D/members/",
            "/2.0/workspaces/{workspace}/members",
        ] {
            assert_eq!(template(Method::GET, path), members, "{path}");
        }
        assert_eq!(
            template(Method::HEAD, "/2.0/workspaces/acme/members"),
            members
        );
    }

    #[test]
    fn files_branches_and_comparisons_hold_slashes() {
        let below = |rest: &str| format!("/2.0/repositories/acme/site/{rest}");
        for (rest, expected) in [
            ("src/main/a/b.rs", "src/{commit}/{path}"),
            ("src/main/", "src/{commit}/{path}"),
            ("src/", "src"),
            ("refs/branches/feature/x", "refs/branches/{name}"),
            ("refs/branches/", "refs/branches"),
            ("diff/a/b..c", "diff/{spec}"),
        ] {
            let found = template(Method::GET, &below(rest)).unwrap();
            assert_eq!(
                found,
                format!("/repositories/{{workspace}}/{{repo_slug}}/{expected}")
            );
        }
    }

    #[test]
    fn a_word_comes_before_a_parameter() {
        let activity = "/2.0/repositories/acme/site/pullrequests/activity";
        let found = template(Method::GET, activity).unwrap();
        assert!(found.ends_with("/pullrequests/activity"), "{found}");
        assert_eq!(template(Method::PUT, activity), None);
    }

    #[test]
    fn nothing_is_guessed() {
        for (method, path) in [
            (Method::GET, "/2.0/nothing"),
            (Method::GET, "/2.0/"),
            (Method::GET, "/2.0/repositories//site"),
            (Method::GET, "/2.0/repositories/acme/site/src//main"),
            (Method::GET, "/1.0/user"),
            (Method::GET, "/user"),
            (Method::PATCH, "/2.0/user"),
            (Method::DELETE, "/2.0/user"),
        ] {
            assert_eq!(template(method.clone(), path), None, "{method} {path}");
        }
    }
}

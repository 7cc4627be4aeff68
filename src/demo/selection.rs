//! Which stories are played: all, or those about the findings that were asked for.

use super::stories::STORIES;
use super::story::Story;
use crate::diagnosis::nearest;
use crate::diagnosis::taxonomy::position;
use std::collections::BTreeSet;

/// A name for which there is no story.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoStory {
    #[error(
        "--only {0:?}: no finding is called so; nearest: {1}; `why401 demo --format json` tells all"
    )]
    Unknown(String, String),
    #[error("--only {0}: there is no story about it; `why401 demo --format json` tells all")]
    Untold(String),
}

/// The stories to be played.
pub type Selection = Vec<&'static Story>;

/// In the order of the table; every story without names.
///
/// # Errors
/// The first name that has no story.
pub fn select(only: &[String]) -> Result<Selection, NoStory> {
    for name in only {
        if STORIES.iter().any(|story| story.mistake == name) {
            continue;
        }
        return Err(match position(name) {
            Some(_) => NoStory::Untold(name.clone()),
            None => NoStory::Unknown(name.clone(), nearest(name, mistakes())),
        });
    }
    let wanted = |story: &&Story| only.is_empty() || only.iter().any(|name| name == story.mistake);
    Ok(STORIES.iter().filter(wanted).collect())
}

/// The findings that have a story.
fn mistakes() -> impl Iterator<Item = &'static str> {
    let all: BTreeSet<_> = STORIES.iter().map(|story| story.mistake).collect();
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &str) -> String {
        select(&[name.to_owned()]).err().unwrap().to_string()
    }

    #[test]
    fn a_misspelt_name_gets_its_neighbours() {
        let line = refused("api-token-with-usrname");
        assert!(
            line.contains("nearest: api-token-with-username, ") && line.contains("--format json"),
            "{line}"
        );
        assert!(refused("NO-CREDENTIALS").contains("nearest: no-credentials, "));
    }

    #[test]
    fn only_what_has_a_story_is_proposed() {
        let line = refused("server-errors");
        assert!(!line.contains("server-error,"), "{line}");
    }

    #[test]
    fn a_finding_without_a_story_is_called_so() {
        let line = refused("server-error");
        assert!(
            line.starts_with("--only server-error: there is no story"),
            "{line}"
        );
    }

    #[test]
    fn several_names_are_played_in_the_order_of_the_table() {
        let names = ["challenge".to_owned(), "api-token-with-username".to_owned()];
        let stories = select(&names).unwrap();
        let mistakes: Vec<_> = stories.iter().map(|story| story.mistake).collect();
        assert_eq!(mistakes, ["api-token-with-username", "challenge"]);
    }
}

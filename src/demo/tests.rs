//! The whole performance, and what happens when somebody follows the wrong fix.

use super::client::Client;
use super::logbook::Logbook;
use super::play::{Ending, Played, Refused, follow, play, refuse};
use super::request::Surface;
use super::selection::select;
use super::show;
use super::stage::{OPENING_DAY, Stage};
use super::stories::STORIES;
use super::story::Story;
use crate::output::text::Screen;
use std::collections::BTreeSet;
use std::time::Duration;

async fn stage(logbook: &Logbook) -> (Stage, Client) {
    let stage = Stage::start(OPENING_DAY, logbook.sink()).await.unwrap();
    let client = stage.client().unwrap();
    (stage, client)
}

#[tokio::test]
async fn every_story_comes_out_as_told() {
    let logbook = Logbook::default();
    let (stage, mut client) = stage(&logbook).await;
    let mut played: Vec<Played> = Vec::new();
    for story in select(&[]).unwrap() {
        played.push(play(story, &stage, &mut client).await.unwrap());
    }
    stage.end().await;
    for one in &played {
        let shown = show::story(
            0,
            one,
            Screen {
                width: 100,
                colour: false,
            },
        );
        assert!(one.is_as_told(), "{shown}");
    }
    let mistakes: BTreeSet<&str> = played.iter().map(|one| one.story.mistake).collect();
    assert!(mistakes.len() >= 20, "{mistakes:?}");
    assert!(show::most_alike(&played).unwrap().0 >= 4);
    assert!(logbook.holds(&played), "a finding is not in the log");
    for width in [60, 80] {
        fits(&played, width);
    }
}

fn fits(played: &[Played], width: usize) {
    let screen = Screen {
        width,
        colour: false,
    };
    let stories = played.iter().map(|one| show::story(99, one, screen));
    let closing = show::closing(played, Duration::from_secs(1), screen);
    // The field is there to be copied, and never broken.
    let field = "        x-auth-diagnosis: ";
    assert!(closing.contains(field), "{closing}");
    for line in stories
        .chain([show::opening(screen), closing])
        .collect::<String>()
        .lines()
        .filter(|line| !line.starts_with(field))
    {
        assert!(line.chars().count() <= width, "{line:?}");
    }
}

/// Stories of different needs. `#` where the fix of the column's story cures the row's.
const SWAPS: &[(&str, Surface, &str)] = &[
    ("api-token-with-username", Surface::Rest, "##.##...."),
    ("app-password-removed", Surface::Rest, ".#..#...."),
    ("basic-with-access-token", Surface::Rest, ".##.#...."),
    ("bearer-with-api-token", Surface::Rest, ".#.##...."),
    ("damaged-token", Surface::Rest, ".#..#...."),
    ("scope-missing", Surface::Rest, ".#...#..."),
    ("endpoint-removed", Surface::Rest, "......#.."),
    ("api-token-with-email-on-git", Surface::Git, ".......#."),
    (
        "access-token-with-wrong-git-user",
        Surface::Git,
        "........#",
    ),
];

#[tokio::test]
async fn the_fix_of_another_story_helps_only_where_it_says_the_same() {
    let logbook = Logbook::default();
    let (stage, mut client) = stage(&logbook).await;
    let mut refused: Vec<Refused> = Vec::new();
    for (mistake, surface, _) in SWAPS {
        refused.push(
            refuse(story(mistake, *surface), &stage, &mut client)
                .await
                .unwrap(),
        );
    }
    let mut found = Vec::new();
    for row in &refused {
        let mut marks = String::new();
        for column in &refused {
            let fix = &column.heard.as_ref().unwrap().fix;
            let ending = follow(fix, row, &stage, &mut client).await.unwrap();
            marks.push(if helps(&ending) { '#' } else { '.' });
        }
        found.push(marks);
    }
    stage.end().await;
    let expected: Vec<&str> = SWAPS.iter().map(|(.., marks)| *marks).collect();
    assert_eq!(found, expected);
}

fn helps(ending: &Ending) -> bool {
    matches!(ending, Ending::Answered(_, status) if status.is_success())
}

fn story(mistake: &str, surface: Surface) -> &'static Story {
    let fits = |story: &&Story| story.mistake == mistake && story.surface() == surface;
    STORIES.iter().find(fits).unwrap()
}

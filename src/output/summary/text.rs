//! For the person at the terminal, or who reads a build's log.

use super::{Found, Summary, places, times};
use crate::output::text::{self, Screen};
use std::fmt::Write;

/// One mistake, its slug first.
pub fn block(found: &Found, screen: Screen) -> String {
    let event = &found.event;
    let count = match found.count {
        1 => String::new(),
        count => format!("seen {}; ", times(count)),
    };
    let note = format!("{count}why401 explain {}", event.mistake);
    text::block(event, event.mistake, &[note], screen)
}

impl Summary {
    /// All there is to say; nothing when all went well.
    ///
    /// `said` blocks were written when their mistake first occurred: of those the count alone is left to say.
    pub fn text(&self, said: bool, screen: Screen) -> String {
        let mut text = String::new();
        for found in self.alarms() {
            match (said, found.count) {
                (false, _) => text += &block(found, screen),
                (true, 1) => {}
                (true, count) => line(
                    &mut text,
                    &format!("{}: {}", found.event.mistake, times(count)),
                ),
            }
        }
        for (sentence, count) in &self.unexplained {
            let times = times(*count);
            line(
                &mut text,
                &format!("refused {times}, and nothing that is known explains it: {sentence}"),
            );
        }
        for (sentence, count) in &self.refused {
            line(
                &mut text,
                &format!("a request was refused {}: {sentence}", times(*count)),
            );
        }
        for (sentence, count) in &self.faults {
            line(
                &mut text,
                &format!("no answer from {sentence} ({})", times(*count)),
            );
        }
        if self.exchanges == 0 && self.alarms().next().is_none() && self.faults.is_empty() {
            line(
                &mut text,
                "no call to Bitbucket went through this run, so nothing was checked",
            );
            for reason in &self.unseen {
                line(&mut text, &format!("  maybe: {reason}"));
            }
        }
        let says_something = !text.is_empty() || self.alarms().next().is_some();
        if says_something && !self.tunnelled.is_empty() {
            let places = places(&self.tunnelled);
            line(
                &mut text,
                &format!("passed on unseen, being other hosts: {places}"),
            );
        }
        text
    }
}

/// One line of ours, which can be told from those of the command.
fn line(text: &mut String, sentence: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "why401: {sentence}");
}

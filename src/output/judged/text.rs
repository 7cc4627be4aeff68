//! A block as on the proxy's terminal, with the entry's number in place of the time.

use super::Judged;
use crate::output::clean::clean;
use crate::output::text::notice::{self, Gravity, Notice};
use crate::output::text::{self, Screen};

/// Nothing for an exchange about which there is nothing to say.
pub fn piece(judged: &Judged<'_>, screen: Screen) -> String {
    let file = judged.file.map(|name| format!("{} ", clean(name, 80)));
    let mark = format!("{}entry {}", file.unwrap_or_default(), judged.entry);
    let Some(event) = judged.event() else {
        return judged
            .tell_more()
            .map_or_else(String::new, |command| hidden(&mark, command, screen));
    };
    let mut notes = vec![format!(
        "{}, line {}, clock {}",
        event.mistake,
        judged.line,
        judged.clock_words()
    )];
    notes.extend(judged.assumption().map(str::to_owned));
    notes.extend(
        judged
            .tell_more()
            .map(|command| format!("to know more: {command}")),
    );
    notes.push(format!("why401 explain {}", event.mistake));
    text::block(&event, &mark, &notes, screen)
}

/// What can be said when the record hides what was sent, and the rest shows nothing.
fn hidden(mark: &str, command: &str, screen: Screen) -> String {
    let notice = Notice {
        time: mark,
        mark: "",
        title: "the record hides what was sent",
        gravity: Gravity::Note,
        text: "The answer alone does not tell what is wrong.",
        note: &format!("to know more: {command}"),
    };
    notice::render(notice, screen)
}

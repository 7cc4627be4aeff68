//! The page for a terminal.

use super::{CHECKED, COMPARE, FOLDER, Facts, JOIN, Visit, fetch, join, tool};
use crate::output::text::wrap::wrap;
use std::fmt::{self, Write};

/// Columns of running text; lines to paste are as long as they are.
const WIDTH: usize = 80;

/// Plain text, each line to paste indented by two.
pub fn render(facts: &Facts, visit: Visit) -> String {
    let mut text = String::new();
    // A String takes all that is written.
    let _ = write(&mut text, facts, visit);
    text
}

fn write(text: &mut String, facts: &Facts, visit: Visit) -> fmt::Result {
    let intro = format!("{} {} {}", visit.verdict(), visit.detail(), facts.opened());
    paragraph(text, &format!("why401: {intro}"))?;
    block(text, &visit.checks())?;
    paragraph(text, CHECKED)?;
    heading(text, "The CA")?;
    paragraph(text, &facts.constraint())?;
    block(text, &fetch(visit))?;
    paragraph(text, COMPARE)?;
    block(text, &facts.fingerprint)?;
    paragraph(text, JOIN)?;
    block(text, &join())?;
    paragraph(text, FOLDER)?;
    for group in tool::groups(facts, visit) {
        heading(text, group.title)?;
        for tool in group.tools {
            paragraph(text, &format!("{}:", tool.name))?;
            block(text, &tool.lines)?;
            if let Some(note) = &tool.note {
                paragraph(text, note)?;
            }
        }
    }
    text.pop();
    Ok(())
}

fn heading(text: &mut String, title: &str) -> fmt::Result {
    writeln!(text, "{title}\n{}\n", "-".repeat(title.len()))
}

fn block(text: &mut String, lines: &str) -> fmt::Result {
    for line in lines.lines() {
        writeln!(text, "  {line}")?;
    }
    writeln!(text)
}

fn paragraph(text: &mut String, words: &str) -> fmt::Result {
    for line in wrap(words, WIDTH) {
        writeln!(text, "{line}")?;
    }
    writeln!(text)
}

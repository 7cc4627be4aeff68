//! Lines under labels, as wide as the screen.

use super::Screen;
use super::wrap::wrap;
use anstyle::Style;

const NARROWEST: usize = 24;
/// The widest block: longer lines are hard to read.
const WIDEST: usize = 100;
/// Columns before the text of a line.
const INDENT: usize = 8;

/// The block as far as it is written.
pub struct Block {
    screen: Screen,
    text: String,
}

impl Block {
    pub fn new(screen: Screen) -> Self {
        Self {
            screen,
            text: String::new(),
        }
    }

    /// `16:40:12  401  GET api.bitbucket.org/2.0/user`
    pub fn head(&mut self, time: &str, status: &str, call: &str, alarm: Style) {
        let used = time.len() + status.len() + 4;
        let (first, rest) = split_at(call, self.width().saturating_sub(used));
        let time = self.paint(time, Style::new().dimmed());
        let status = self.paint(status, alarm.bold());
        let first = self.paint(first, Style::new().bold());
        let line = [&time, "  ", &status, "  ", &first, "\n"];
        self.text.extend(line);
        if !rest.is_empty() {
            self.line("", rest, Style::new().bold());
        }
    }

    /// A label and its text, wrapped under itself.
    pub fn line(&mut self, label: &str, text: &str, style: Style) {
        for (place, line) in wrap(text, self.width() - INDENT).iter().enumerate() {
            let label = if place == 0 { label } else { "" };
            let label = format!("  {label:<width$}", width = INDENT - 2);
            self.text
                .push_str(&self.paint(&label, Style::new().dimmed()));
            self.text.push_str(&self.paint(line, style));
            self.text.push('\n');
        }
    }

    /// A label and what is never broken, such as an address: terminals open it, people copy it.
    pub fn link(&mut self, label: &str, address: &str, style: Style) {
        let label = format!("  {label:<width$}", width = INDENT - 2);
        let line = self.paint(&label, Style::new().dimmed()) + &self.paint(address, style);
        self.text.extend([&line, "\n"]);
    }

    /// A block of one line, cut at the screen's edge.
    pub fn only(mut self, time: &str, status: &str, text: &str, style: Style) -> String {
        let room = self.width().saturating_sub(time.len() + status.len() + 4);
        let text = if text.chars().count() > room {
            let kept: String = text.chars().take(room.saturating_sub(1)).collect();
            kept + "\u{2026}"
        } else {
            text.to_owned()
        };
        let time = self.paint(time, Style::new().dimmed());
        let status = self.paint(status, style);
        let text = self.paint(&text, Style::new().dimmed());
        self.text.extend([&time, "  ", &status, "  ", &text, "\n"]);
        self.end()
    }

    /// Sentences over the whole width.
    pub fn paragraph(&mut self, text: &str, style: Style) {
        for line in wrap(text, self.width()) {
            self.text.push_str(&self.paint(&line, style));
            self.text.push('\n');
        }
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    pub fn text(self) -> String {
        self.text
    }

    /// The text, with the empty line that parts it from the next one.
    pub fn end(mut self) -> String {
        self.gap();
        self.text
    }

    fn width(&self) -> usize {
        self.screen.width.clamp(NARROWEST, WIDEST)
    }

    fn paint(&self, text: &str, style: Style) -> String {
        if self.screen.colour && !text.trim().is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

/// The call on the first line if it fits there, else the method alone.
fn split_at(call: &str, room: usize) -> (&str, &str) {
    if call.chars().count() <= room {
        return (call, "");
    }
    call.split_once(' ').unwrap_or(("", call))
}

//! What is no finding, in the form of one: a client that was refused, a message of the proxy's own.

use super::Screen;
use super::block::Block;
use anstyle::{AnsiColor, Style};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    Error,
    Warning,
    Note,
}

/// What happened, when, and to whom.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    /// `16:40:12`
    pub time: &'a str,
    /// A status code, or another word.
    pub mark: &'a str,
    pub title: &'a str,
    pub gravity: Gravity,
    pub text: &'a str,
    /// Quieter, below; empty for none.
    pub note: &'a str,
}

/// Renders a notice as a block that ends in an empty line.
pub fn render(notice: Notice<'_>, screen: Screen) -> String {
    let (label, colour) = match notice.gravity {
        Gravity::Error => ("wrong", AnsiColor::Red),
        Gravity::Warning => ("wrong", AnsiColor::Yellow),
        Gravity::Note => ("seen", AnsiColor::Cyan),
    };
    let alarm = colour.on_default();
    let mut block = Block::new(screen);
    block.head(notice.time, notice.mark, notice.title, alarm);
    block.line(label, notice.text, alarm.bold());
    if !notice.note.is_empty() {
        block.line("note", notice.note, Style::new().dimmed());
    }
    block.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_the_form_of_a_finding() {
        let notice = Notice {
            time: "16:40:12",
            mark: "400",
            title: "a client was refused",
            gravity: Gravity::Warning,
            text: "the request head is not valid HTTP/1",
            note: "from 10.1.2.3, id k3v0",
        };
        let screen = Screen {
            width: 36,
            colour: false,
        };
        let expected = "\
16:40:12  400  a client was refused
  wrong the request head is not
        valid HTTP/1
  note  from 10.1.2.3, id k3v0

";
        assert_eq!(render(notice, screen), expected);
    }
}

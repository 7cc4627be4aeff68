//! A finding's page, or the list of all findings, on a terminal: the Markdown's text, wrapped, its marks as colours.

use super::{about, family_heading, sections, verdict_name};
use crate::diagnosis::registry::RULES;
use crate::diagnosis::rule::Rule;
use crate::output::text::Screen;
use crate::output::text::wrap::wrap;
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

const NARROWEST: usize = 24;
/// Longer lines are hard to read.
const WIDEST: usize = 80;
const FENCE: &str = "```";
/// Stands for a blank where no line may end; in no page.
const JOINT: &str = "\u{1f}";

/// The page of one finding.
pub fn page(rule: &Rule, screen: Screen) -> String {
    let mut sheet = Sheet::new(screen);
    sheet.heading(rule.title);
    sheet.line(&format!("{}: {}", rule.slug, about(rule)), QUIET);
    sheet.text.push('\n');
    sheet.body(rule.summary);
    for (heading, body) in sections(rule) {
        sheet.heading(heading);
        sheet.body(&body);
    }
    sheet.heading("Sources");
    let facts = rule.page.sources.join(", ");
    sheet.body(&format!("docs/facts.md: {facts}."));
    if let Some(doc) = rule.doc {
        sheet.body("Vendor:");
        // Never broken: people copy it, and terminals open it.
        sheet.code(doc);
    }
    sheet.end()
}

/// Every finding: name, whose doing, one sentence; by family.
pub fn index(screen: Screen) -> String {
    let mut sheet = Sheet::new(screen);
    let mut family = None;
    for rule in RULES {
        if family != Some(rule.family) {
            family = Some(rule.family);
            sheet.heading(family_heading(rule.family));
        }
        let verdict = sheet.paint(verdict_name(rule.verdict), QUIET);
        let slug = sheet.paint(rule.slug, NAME);
        let _ = writeln!(sheet.text, "{slug}  {verdict}");
        sheet.indented(rule.summary, "    ");
    }
    sheet.text.push('\n');
    sheet.body("`why401 explain NAME` shows the page of one.");
    sheet.end()
}

const HEADING: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const NAME: Style = AnsiColor::Green.on_default();
const CODE: Style = AnsiColor::Cyan.on_default();

/// Text that grows downwards.
struct Sheet {
    width: usize,
    colour: bool,
    text: String,
}

impl Sheet {
    fn new(screen: Screen) -> Self {
        Self {
            width: screen.width.clamp(NARROWEST, WIDEST),
            colour: screen.colour,
            text: String::new(),
        }
    }

    /// With an empty line before it, unless it is the first.
    fn heading(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.line(text, HEADING);
    }

    fn line(&mut self, text: &str, style: Style) {
        for line in wrap(text, self.width) {
            let line = self.paint(&line, style);
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    /// Paragraphs, lists and code.
    fn body(&mut self, markdown: &str) {
        let mut in_code = false;
        for line in markdown.lines() {
            if line.starts_with(FENCE) {
                in_code = !in_code;
            } else if in_code {
                self.code(line);
            } else if let Some(code) = line.strip_prefix("    ") {
                self.code(code);
            } else if let Some(item) = line.strip_prefix("- ") {
                self.item(item);
            } else {
                self.indented(line, "");
            }
        }
    }

    /// To be copied, so never wrapped.
    fn code(&mut self, line: &str) {
        let code = self.paint(line.trim_end(), CODE);
        let _ = writeln!(self.text, "    {code}");
    }

    fn item(&mut self, text: &str) {
        let at = self.text.len();
        self.indented(text, "  ");
        self.text.replace_range(at..=at, "-");
    }

    fn indented(&mut self, text: &str, indent: &str) {
        let mut in_code = false;
        let width = self.width - indent.len();
        for line in wrap(&joined(text, width), width) {
            self.text.push_str(indent);
            self.spans(&line.replace(JOINT, " "), &mut in_code);
            self.text.push('\n');
        }
    }

    /// Without colours the marks around code stay; a span may go on in the next line.
    fn spans(&mut self, line: &str, in_code: &mut bool) {
        if !self.colour {
            self.text.push_str(line);
            return;
        }
        for (at, part) in line.split('`').enumerate() {
            if at > 0 {
                *in_code = !*in_code;
            }
            let style = if *in_code { CODE } else { Style::new() };
            let part = self.paint(part, style);
            self.text.push_str(&part);
        }
    }

    fn paint(&self, text: &str, style: Style) -> String {
        if self.colour && !text.is_empty() && style != Style::new() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    fn end(self) -> String {
        self.text
    }
}

/// Code that fits a line is not broken, so that it can be copied: its blanks become joints.
fn joined(text: &str, width: usize) -> String {
    let part = |(at, part): (usize, &str)| {
        let is_code = at % 2 == 1 && part.chars().count() + 2 <= width;
        if is_code {
            part.replace(' ', JOINT)
        } else {
            part.to_owned()
        }
    };
    let parts: Vec<String> = text.split('`').enumerate().map(part).collect();
    parts.join("`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::registry::rule;

    const PLAIN: Screen = Screen {
        width: 60,
        colour: false,
    };
    const COLOUR: Screen = Screen {
        width: 60,
        colour: true,
    };

    /// What a person reads, without marks and blanks.
    fn words(text: &str) -> String {
        let mut plain = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('\x1b') {
            plain.push_str(before);
            rest = after.split_once('m').map_or("", |(_, rest)| rest);
        }
        plain.push_str(rest);
        plain.replace(['`', '\n'], " ").split_whitespace().collect()
    }

    #[test]
    fn every_page_says_the_same_as_its_markdown() {
        for rule in RULES {
            for screen in [PLAIN, COLOUR] {
                let shown = words(&page(rule, screen));
                for (heading, body) in sections(rule) {
                    let body = body.replace(FENCE, "").replace("\n- ", "\n-");
                    assert!(shown.contains(&words(heading)), "{}", rule.slug);
                    assert!(shown.contains(&words(&body)), "{}: {heading}", rule.slug);
                }
            }
        }
    }

    #[test]
    fn lines_fit_the_screen_but_for_what_is_to_be_copied() {
        for rule in RULES {
            let text = page(rule, PLAIN);
            let shown = text.lines().filter(|line| !line.starts_with("    "));
            for line in shown.chain(index(PLAIN).lines()) {
                assert!(line.chars().count() <= 60, "{}: {line}", rule.slug);
            }
        }
    }

    #[test]
    fn code_that_fits_a_line_is_not_broken() {
        let mut sheet = Sheet::new(Screen { width: 24, ..PLAIN });
        sheet.body("Write it as `one two three` here.");
        assert_eq!(sheet.end(), "Write it as\n`one two three` here.\n");
    }

    #[test]
    fn the_list_names_every_finding() {
        let list = index(PLAIN);
        for rule in RULES {
            let line = format!("\n{}  {}\n", rule.slug, verdict_name(rule.verdict));
            assert!(list.contains(&line), "{line}");
        }
    }

    #[test]
    fn code_is_coloured_across_lines_and_lists_hang() {
        let mut sheet = Sheet::new(Screen {
            width: 24,
            colour: true,
        });
        sheet.body("Write `one two three four five` here.\n\n- first\n\n```\nif x:\n  y\n```\n");
        assert_eq!(
            sheet.end(),
            "Write \x1b[36mone two three\x1b[0m\n\x1b[36mfour five\x1b[0m here.\n\n- first\n\n    \x1b[36mif x:\x1b[0m\n    \x1b[36m  y\x1b[0m\n"
        );
        let without = page(rule("scope-missing").unwrap(), PLAIN);
        assert!(
            !without.contains('\x1b') && without.contains("`write:`"),
            "{without}"
        );
    }
}

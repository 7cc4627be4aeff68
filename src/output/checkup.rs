//! What `why401 doctor` found, for a person and for a program.

use super::clean::clean;
use super::text::Screen;
use anstyle::{AnsiColor, Style};
use serde::Serialize;

/// Narrower screens are treated as this one.
const NARROWEST: usize = 24;
/// Longer lines are hard to read.
const WIDEST: usize = 100;
/// Columns before the text: the mark and a blank.
const INDENT: usize = 7;
/// With these an action is a command; else it is a sentence.
const COMMANDS: [&str; 10] = [
    "cat", "chmod", "export", "keytool", "mv", "php", "python3", "sudo", "unset", "why401",
];
/// Tells a shell that the line goes on.
const CONTINUED: &str = " \\";
/// Stands for a blank at which nothing is parted.
const KEPT: &str = "\u{0}";
/// Far above any sentence of ours; what it quotes may be longer.
const LONGEST: usize = 2000;

/// How it stands with one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Ok,
    /// Works, or is not known to fail; worth a look.
    Warn,
    /// A call would fail, or pass by unseen.
    Fail,
}

/// What one check says. Free of secrets: it is made to be pasted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// `proxy`, `ca`, …, or the name of a client.
    pub check: &'static str,
    pub status: Status,
    /// One sentence without a full stop.
    pub text: String,
    /// The one thing to do next; `None` where nothing is to be done.
    pub action: Option<String>,
}

impl Finding {
    pub fn ok(check: &'static str, text: impl Into<String>) -> Self {
        Self {
            check,
            status: Status::Ok,
            text: text.into(),
            action: None,
        }
    }

    pub fn warn(check: &'static str, text: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            status: Status::Warn,
            action: Some(action.into()),
            ..Self::ok(check, text)
        }
    }

    pub fn fail(check: &'static str, text: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            status: Status::Fail,
            ..Self::warn(check, text, action)
        }
    }

    fn says_the_same_as(&self, other: &Self) -> bool {
        (self.status, &self.text, &self.action) == (other.status, &other.text, &other.action)
    }

    /// The same with the home as `~`, and nothing that could steer a terminal.
    #[must_use]
    pub fn for_pasting(self, home: Option<&str>) -> Self {
        let safe = |text: String| match home {
            Some(home) => clean(&tilde(&text, home), LONGEST),
            None => clean(&text, LONGEST),
        };
        Self {
            text: safe(self.text),
            action: self.action.map(safe),
            ..self
        }
    }
}

/// `~/x` for `/home/j/x`, wherever it stands: the name of a user is nobody's business. A shell does not expand it
/// inside quotes, so that it moves before them.
fn tilde(text: &str, home: &str) -> String {
    let home = home.trim_end_matches('/');
    if home.is_empty() {
        return text.to_owned();
    }
    let text = text.replace(&format!("'{home}/"), "~/'");
    let mut written = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once(home) {
        let begins = !before.ends_with(|c: char| c.is_alphanumeric() || "/._-".contains(c));
        let ends = !after.starts_with(|c: char| c.is_alphanumeric() || "._-".contains(c));
        written.push_str(before);
        written.push_str(if begins && ends { "~" } else { home });
        rest = after;
    }
    written + rest
}

/// A line for each finding, what to do below it, and how many there are.
pub fn text(findings: &[Finding], screen: Screen) -> String {
    let width = screen.width.clamp(NARROWEST, WIDEST);
    let mut text = String::new();
    for (place, finding) in findings.iter().enumerate() {
        let is_same = |other: &&Finding| other.says_the_same_as(finding);
        // Ten clients that read one store say one thing.
        if findings[..place].iter().any(|earlier| is_same(&earlier)) {
            continue;
        }
        let of: Vec<&str> = findings
            .iter()
            .filter(is_same)
            .map(|same| same.check)
            .collect();
        text += &block(&of.join(", "), finding, width, screen.colour);
    }
    for line in whole_words(&sum(findings), width) {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// An array, an object for each finding.
pub fn json(findings: &[Finding]) -> String {
    let mut text =
        serde_json::to_string_pretty(findings).expect("strings and names are always JSON");
    text.push('\n');
    text
}

fn block(of: &str, finding: &Finding, width: usize, colour: bool) -> String {
    let (mark, style) = match finding.status {
        Status::Ok => ("[ ok ]", AnsiColor::Green.on_default()),
        Status::Warn => ("[warn]", AnsiColor::Yellow.on_default()),
        Status::Fail => ("[fail]", AnsiColor::Red.on_default().bold()),
    };
    let mark = paint(mark, style, colour);
    let room = width - INDENT;
    let says = whole_words(&format!("{of}: {}", finding.text), room);
    let next = finding.action.iter().flat_map(|action| {
        let bold = Style::new().bold();
        let lines = next(action, room);
        lines
            .into_iter()
            .map(move |line| paint(&line, bold, colour))
    });
    let mut text = String::new();
    for (place, line) in says.into_iter().chain(next).enumerate() {
        let begin = if place == 0 { &*mark } else { "      " };
        text.extend([begin, " ", &line, "\n"]);
    }
    text
}

/// What to do. A command that takes several lines is still one when it is pasted into a shell.
fn next(action: &str, width: usize) -> Vec<String> {
    let first = action.split(' ').next().unwrap_or_default();
    let text = format!("next: {action}");
    if !COMMANDS.contains(&first) {
        return whole_words(&text, width);
    }
    let mut lines = whole_words(&quotes_kept(&text), width - CONTINUED.len());
    let last = lines.len() - 1;
    for line in &mut lines[..last] {
        line.push_str(CONTINUED);
    }
    lines
        .into_iter()
        .map(|line| line.replace(KEPT, " "))
        .collect()
}

/// Blanks inside quotes are no places to part a command.
fn quotes_kept(text: &str) -> String {
    let parts = text.split('\'').enumerate();
    let kept = parts.map(|(place, part)| match place % 2 {
        0 => part.to_owned(),
        _ => part.replace(' ', KEPT),
    });
    kept.collect::<Vec<_>>().join("'")
}

/// At least one line, parted at blanks only: a path or an address is copied whole, or it is of no use.
fn whole_words(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is one from the start");
        let used = line.chars().count();
        if used == 0 {
            line.push_str(word);
        } else if used + 1 + word.chars().count() <= width {
            line.extend([" ", word]);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

fn paint(text: &str, style: Style, colour: bool) -> String {
    match colour {
        true => format!("{style}{text}{style:#}"),
        false => text.to_owned(),
    }
}

fn sum(findings: &[Finding]) -> String {
    let count = |status| {
        let of_status = |finding: &&Finding| finding.status == status;
        findings.iter().filter(of_status).count()
    };
    match (count(Status::Fail), count(Status::Warn)) {
        (0, 0) => "Nothing to mend.".to_owned(),
        (0, warn) => format!("Nothing has to be mended; {warn} worth a look."),
        (fail, 0) => format!("{fail} to mend."),
        (fail, warn) => format!("{fail} to mend, {warn} worth a look."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings() -> [Finding; 3] {
        [
            Finding::ok("proxy", "why401 answers at 127.0.0.1:8401"),
            Finding::warn("clock", "it differs from the proxy's by 400 s", "date -u"),
            Finding::fail(
                "wget",
                "does not trust the CA",
                "why401 ca trust --store system",
            ),
        ]
    }

    #[test]
    fn each_finding_has_a_mark_and_what_to_do_below_it() {
        let screen = Screen {
            width: 40,
            colour: false,
        };
        let expected = "\
[ ok ] proxy: why401 answers at
       127.0.0.1:8401
[warn] clock: it differs from the
       proxy's by 400 s
       next: date -u
[fail] wget: does not trust the CA
       next: why401 ca trust --store \\
       system
1 to mend, 1 worth a look.
";
        assert_eq!(text(&findings(), screen), expected);
    }

    #[test]
    fn a_command_of_several_lines_is_one_for_a_shell_and_a_path_stays_whole() {
        let lines = next("export A=1 B='x y z' C=3", 22);
        assert_eq!(lines, ["next: export A=1 \\", "B='x y z' C=3"]);
        let lines = next("look into ~/a/long/path/that/has/no/end", 20);
        assert_eq!(lines, ["next: look into", "~/a/long/path/that/has/no/end"]);
    }

    #[test]
    fn what_several_clients_share_is_one_line() {
        let shared = |check| Finding::warn(check, "does not trust the CA", "trust it");
        let other = Finding::ok("git", "goes through the proxy");
        let findings = [shared("curl"), other, shared("wget")];
        let screen = Screen {
            width: 80,
            colour: false,
        };
        let text = text(&findings, screen);
        assert!(
            text.starts_with("[warn] curl, wget: does not trust the CA\n"),
            "{text}"
        );
        assert!(text.ends_with("2 worth a look.\n"), "{text}");
    }

    #[test]
    fn colours_are_only_where_they_are_wanted() {
        let colour = |colour| text(&findings(), Screen { width: 80, colour });
        assert!(colour(true).contains("\u{1b}["));
        assert!(!colour(false).contains('\u{1b}'));
    }

    #[test]
    fn a_program_gets_an_array_of_four_members_each() {
        let read: serde_json::Value = serde_json::from_str(&json(&findings())).unwrap();
        let first = serde_json::json!({
            "check": "proxy", "status": "ok",
            "text": "why401 answers at 127.0.0.1:8401", "action": null,
        });
        assert_eq!(read[0], first);
        assert_eq!(read[2]["status"], "fail");
    }

    #[test]
    fn the_home_is_a_tilde_where_it_is_a_path_of_its_own() {
        for (text, expected) in [
            ("in /home/j/ca; run x", "in ~/ca; run x"),
            ("cp /home/j/a /home/j/b", "cp ~/a ~/b"),
            ("HOME=/home/j", "HOME=~"),
            ("mv '/home/j/my ca' x", "mv ~/'my ca' x"),
            ("/home/jane and /srv/home/j", "/home/jane and /srv/home/j"),
        ] {
            assert_eq!(tilde(text, "/home/j"), expected);
        }
        assert_eq!(tilde("/etc/x", "/"), "/etc/x");
    }
}

//! The lines that lead one tool through the proxy, for each tool.

mod elsewhere;
mod jvm;
mod language;
mod shell;

use super::{Facts, Visit};

/// The root certificate, as the lines fetch it.
pub const PEM: &str = "why401.pem";
/// The roots of the system, and ours.
pub const ROOTS: &str = "why401-roots.pem";
/// The root certificate as a store of its own.
pub const P12: &str = "why401.p12";
/// The roots of a JDK, and ours.
const JAVA_ROOTS: &str = "why401-java.p12";

/// Tools of one kind.
pub struct Group {
    pub title: &'static str,
    pub tools: Vec<Tool>,
}

/// What leads one tool through the proxy.
pub struct Tool {
    pub name: &'static str,
    /// To paste, without a line end behind the last one.
    pub lines: String,
    /// What a person must know before.
    pub note: Option<String>,
}

impl Tool {
    fn new(name: &'static str, lines: String) -> Self {
        Self {
            name,
            lines,
            note: None,
        }
    }

    fn note(self, note: impl Into<String>) -> Self {
        Self {
            note: Some(note.into()),
            ..self
        }
    }

    /// The name as it can stand in an address: `python-requests`.
    pub fn id(&self) -> String {
        let words = self.name.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        words.join("-").to_ascii_lowercase()
    }
}

/// All tools, in the order of reading.
pub fn groups(facts: &Facts, visit: Visit) -> Vec<Group> {
    let group = |title, tools| Group { title, tools };
    vec![
        group("Command line", shell::tools(facts, visit)),
        group("Languages", language::tools(visit)),
        group("Java", jvm::tools(facts, visit)),
        group(
            "Containers, CI and browsers",
            elsewhere::tools(facts, visit),
        ),
    ]
}

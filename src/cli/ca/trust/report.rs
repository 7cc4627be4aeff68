//! What came of a store, as a person reads it.

use super::plan::Action;
use crate::tls::authority::shell;
use std::path::Path;

/// How it ended with one store.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    Done(String),
    /// Why there was nothing to do.
    Skipped(String),
    Failed {
        why: String,
        next: String,
    },
    /// What would be done.
    Planned {
        plan: Vec<Action>,
        needs_root: bool,
    },
}

impl Outcome {
    /// `[ ok ] nss /home/j/.pki/nssdb: …`, and for a plan a line for each action.
    pub fn text(&self, store: &str, path: Option<&Path>) -> String {
        let place = path.map_or(store.to_owned(), |path| format!("{store} {}", shell(path)));
        let text = match self {
            Self::Done(what) => format!("[ ok ] {place}: {what}"),
            Self::Skipped(why) => format!("[skip] {place}: because {why}"),
            Self::Failed { why, next } => format!("[fail] {place}: {why}; next: {next}"),
            Self::Planned { plan, needs_root } => {
                let who = if *needs_root { "as root" } else { "as you" };
                let lines = plan
                    .iter()
                    .map(|action| format!("\n         {}", action.line()));
                return clean(&format!("[plan] {place}: {who}"))
                    + &lines.collect::<String>()
                    + "\n";
            }
        };
        clean(&text) + "\n"
    }
}

/// The words of tools shall not move the cursor.
fn clean(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

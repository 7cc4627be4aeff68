//! One variable, and files that hold one a line.

use super::{Format, Given, LINE_ENDS, Unwritable, refuse};
use std::fmt::Write;

/// A variable and what it gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub name: &'static str,
    /// What the shell has there already stands first: it may hold a secret, which is not printed.
    pub is_behind: bool,
    pub value: String,
}

impl Assignment {
    pub fn of(name: &'static str, value: impl Into<String>) -> Self {
        Self {
            name,
            is_behind: false,
            value: value.into(),
        }
    }
}

/// For python-dotenv, direnv, Node, Ruby, Compose and `docker run --env-file`. The last knows no quotes, so they stand
/// only where the others need them.
pub fn dotenv(given: &Given<'_>) -> Result<String, Unwritable> {
    let mut text = String::new();
    for Assignment { name, value, .. } in given.variables {
        refuse(Format::Dotenv, name, value, &LINE_ENDS)?;
        // Every reader would fill that in, also between single quotes.
        refuse(Format::Dotenv, name, value, &[("${", "${")])?;
        // Writing to a string cannot fail.
        let _ = match is_plain(value) {
            true => writeln!(text, "{name}={value}"),
            false => writeln!(
                text,
                "{name}='{}'",
                value.replace('\\', r"\\").replace('\'', r"\'")
            ),
        };
    }
    Ok(text)
}

/// Whether all readers take the value for what it is.
fn is_plain(value: &str) -> bool {
    // A quote means something at the beginning only; a hash behind a blank, to Node's reader anywhere.
    let begins = value.starts_with(['"', '\'', '`', ' ']);
    let special = value.contains(['$', '\\', '\t', '#']);
    !begins && !special && !value.ends_with(' ')
}

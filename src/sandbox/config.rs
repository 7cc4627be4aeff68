//! The sandbox's configuration file: more credentials, and switches.
//!
//! ```toml
//! rate_limits = false
//! disputed = ["A10"]
//!
//! [[credential]]
//! kind = "api_token"
//! scopes = ["read:user:bitbucket"]
//! expires = 2026-12-01T00:00:00Z
//! ```
//!
//! Of a credential only the kind must be there; the rest is that of a good one of the main account, freshly minted,
//! and of an access token the first place of its kind.

mod entry;

use super::credential::Credential;
use super::reading::{Disputed, Reading};
use entry::Entry;
use serde::Deserialize;
use std::collections::HashSet;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// What the file adds to the standard set and the usual readings.
#[derive(Debug)]
pub struct Config {
    pub rate_limits: bool,
    pub disputed: Reading,
    pub credentials: Vec<Credential>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            rate_limits: true,
            disputed: Reading::default(),
            credentials: Vec::new(),
        }
    }
}

/// Why the file cannot be used, in one line with what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{path}: {source}; name a file that can be read", path = .path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{path}:{line}:{column}: {reason}", path = .path.display())]
    Mistake {
        path: PathBuf,
        line: usize,
        /// In characters.
        column: usize,
        reason: String,
    },
}

impl Config {
    /// # Errors
    /// When the file cannot be read or is not what the table above says.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Read {
            path: path.to_owned(),
            source,
        })?;
        File { text: &text, path }.config()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default = "on")]
    rate_limits: bool,
    #[serde(default)]
    disputed: Vec<Spanned<String>>,
    #[serde(default)]
    credential: Vec<Entry>,
}

fn on() -> bool {
    true
}

struct File<'a> {
    text: &'a str,
    path: &'a Path,
}

impl File<'_> {
    fn config(&self) -> Result<Config, ConfigError> {
        let written: Written = toml::from_str(self.text).map_err(|error| {
            let reason = format!("{}; mend this line", error.message());
            self.mistake(error.span().unwrap_or_default(), &reason)
        })?;
        let mut secrets = HashSet::new();
        for secret in written.credential.iter().filter_map(Entry::secret) {
            if secret.get_ref().is_empty() {
                let reason = "an empty secret; write one, or leave the line out to get one minted";
                return Err(self.mistake(secret.span(), reason));
            }
            if !secrets.insert(secret.get_ref().clone()) {
                let reason = "this secret stands in another entry, too; give each its own";
                return Err(self.mistake(secret.span(), reason));
            }
        }
        let disputed = written.disputed.iter().map(|fact| self.fact(fact));
        let credentials = written.credential.into_iter();
        Ok(Config {
            rate_limits: written.rate_limits,
            disputed: disputed.collect::<Result<_, _>>()?,
            credentials: credentials
                .map(|entry| entry.credential(self))
                .collect::<Result<_, _>>()?,
        })
    }

    fn fact(&self, written: &Spanned<String>) -> Result<Disputed, ConfigError> {
        let parsed = written.get_ref().parse::<Disputed>();
        parsed.map_err(|unknown| self.mistake(written.span(), &unknown.to_string()))
    }

    fn mistake(&self, span: Range<usize>, reason: &str) -> ConfigError {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        ConfigError::Mistake {
            path: self.path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            reason: reason.replace('\n', " "),
        }
    }
}

#[cfg(test)]
mod tests;

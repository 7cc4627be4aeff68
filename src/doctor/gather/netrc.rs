//! `~/.netrc`: which hosts it has credentials for, and of what kind.

use super::stored::{bitbucket, of_pair};
use crate::child::variables::Variables;
use crate::doctor::machine::{Place, Stored};
use crate::secret::FingerprintKey;
use std::fs;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// Far above any such file.
const LARGEST: u64 = 1024 * 1024;

/// The entries for Bitbucket, in the first of the usual files that exists.
pub fn stored(variables: &Variables, key: &FingerprintKey) -> Vec<Stored> {
    let Some(file) = file(variables) else {
        return Vec::new();
    };
    let is_plausible = fs::metadata(&file).is_ok_and(|it| it.is_file() && it.len() <= LARGEST);
    let text = fs::read(&file).ok().filter(|_| is_plausible);
    let text = Zeroizing::new(text.unwrap_or_default());
    entries(&String::from_utf8_lossy(&text))
        .into_iter()
        .map(|entry| Stored {
            place: Place::Netrc(file.clone()),
            host: entry.host.map(str::to_owned),
            credentials: of_pair(entry.login.as_bytes(), entry.password.as_bytes(), key),
        })
        .collect()
}

/// `NETRC` where it is set, as Python's requests has it.
fn file(variables: &Variables) -> Option<PathBuf> {
    if let Some(named) = variables.path("NETRC") {
        return Some(named.to_owned());
    }
    let home = variables.path("HOME")?;
    [".netrc", "_netrc"]
        .into_iter()
        .map(|name| home.join(name))
        .find(|file| file.is_file())
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Entry<'a> {
    /// `None`: the default.
    host: Option<&'static str>,
    login: &'a str,
    password: &'a str,
}

/// Those for Bitbucket, and the default.
fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut words = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .flat_map(str::split_whitespace);
    let mut all: Vec<(bool, Entry<'_>)> = Vec::new();
    while let Some(word) = words.next() {
        match (word, all.last_mut()) {
            ("machine", _) => {
                let host = words.next().and_then(bitbucket);
                all.push((
                    host.is_some(),
                    Entry {
                        host,
                        ..Entry::default()
                    },
                ));
            }
            ("default", _) => all.push((true, Entry::default())),
            ("login", Some((_, entry))) => entry.login = unquoted(words.next()),
            ("password", Some((_, entry))) => entry.password = unquoted(words.next()),
            _ => {}
        }
    }
    let of_bitbucket = all.into_iter().filter(|(is_ours, _)| *is_ours);
    of_bitbucket.map(|(_, entry)| entry).collect()
}

fn unquoted(word: Option<&str>) -> &str {
    word.unwrap_or_default().trim_matches('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_entries_that_bitbucket_would_see_are_read() {
        let text = "machine example.org login a password b\n# machine bitbucket.org\n\
            machine API.bitbucket.org\n\tlogin jane\n\tpassword \"s3cret\"\ndefault login x password y\n";
        let expected = [
            Entry {
                host: Some("api.bitbucket.org"),
                login: "jane",
                password: "s3cret",
            },
            Entry {
                host: None,
                login: "x",
                password: "y",
            },
        ];
        assert_eq!(entries(text), expected);
        assert!(entries("login a password b").is_empty());
    }
}

//! git: its settings, and the credentials that it would send to Bitbucket.

use super::git_settings::{self, Read};
use super::program::{ask as ask_program, command};
use super::stored::{of_pair, of_url};
use crate::child::variables::Variables;
use crate::doctor::client::Client;
use crate::doctor::machine::{Git, Place, Stored};
use crate::secret::FingerprintKey;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Helpers that ask a keyring, which may ask a person.
const WITH_WINDOWS: [&str; 4] = ["libsecret", "gnome-keyring", "kwallet", "osxkeychain"];
/// No helper, and no git, shall ask a person or Bitbucket itself.
const QUIET: [(&str, &str); 6] = [
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_ASKPASS", "true"),
    ("SSH_ASKPASS", "true"),
    ("GCM_INTERACTIVE", "never"),
    ("GCM_GUI_PROMPT", "0"),
    // The Git Credential Manager would try what it has.
    ("GCM_BITBUCKET_VALIDATE_STORED_CREDENTIALS", "0"),
];
/// Without them a helper has nowhere to open a window.
const OF_WINDOWS: [&str; 2] = ["DISPLAY", "WAYLAND_DISPLAY"];

pub async fn ask(
    variables: &Variables,
    found: &BTreeSet<Client>,
    key: &FingerprintKey,
) -> (Git, Vec<Stored>) {
    let program = variables.find(OsStr::new("git"));
    let Some(program) = program.filter(|_| found.contains(&Client::Git)) else {
        return (Git::default(), files(variables, &[], key));
    };
    let listing = command(&program, &["config", "--list", "--null"]);
    let listed = ask_program(listing, b"").await.text();
    let Read {
        mut git,
        mut stored,
        helpers,
    } = listed.map_or_else(Read::default, |listed| git_settings::read(&listed, key));
    git.ca_info = git.ca_info.map(|path| at_home(path, variables));
    git.ca_path = git.ca_path.map(|path| at_home(path, variables));
    stored.extend(files(variables, &helpers, key));
    let (asks, unasked) = parted(&helpers);
    git.unasked = unasked;
    if !asks.is_empty() && git.unasked.is_empty() {
        stored.extend(filled(&program, &asks, key).await);
    }
    (git, stored)
}

/// The names of helpers that can be asked, and of those that cannot. The files of `store` are read instead.
fn parted(helpers: &[String]) -> (Vec<String>, Vec<String>) {
    let names = helpers.iter().map(|helper| name(helper));
    let names = names.filter(|name| name != "store");
    names.partition(|name| !WITH_WINDOWS.contains(&&**name))
}

/// `cache` of `cache --timeout 3600`, `manager` of `/usr/bin/git-credential-manager`; a line for a shell has none, and may
/// hold anything.
fn name(helper: &str) -> String {
    let helper = helper.trim();
    if helper.starts_with('!') {
        return "of a shell".to_owned();
    }
    let word = helper.split_whitespace().next().unwrap_or_default();
    let file = Path::new(word).file_name().and_then(OsStr::to_str);
    let file = file.unwrap_or(word);
    file.strip_prefix("git-credential-")
        .unwrap_or(file)
        .to_owned()
}

/// What the helpers give for git's calls.
async fn filled(program: &Path, helpers: &[String], key: &FingerprintKey) -> Option<Stored> {
    let mut fill = command(program, &["credential", "fill"]);
    fill.envs(QUIET);
    for name in OF_WINDOWS {
        fill.env_remove(name);
    }
    let asked = b"protocol=https\nhost=bitbucket.org\n\n";
    let answer = ask_program(fill, asked).await.text()?;
    let value = |name: &str| {
        let mut lines = answer.lines().filter_map(|line| line.split_once('='));
        lines.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let secret = value("password").filter(|secret| !secret.is_empty())?;
    let user = value("username").unwrap_or_default();
    Some(Stored {
        place: Place::Helper(helpers.join(", ")),
        host: Some("bitbucket.org".to_owned()),
        credentials: of_pair(user.as_bytes(), secret.as_bytes(), key),
    })
}

/// The entries for Bitbucket in the files of `store`, whether or not git is told to read them: an old one is found late.
fn files(variables: &Variables, helpers: &[String], key: &FingerprintKey) -> Vec<Stored> {
    let home = variables.path("HOME");
    let xdg = variables.path("XDG_CONFIG_HOME").map(Path::to_owned);
    let xdg = xdg.or_else(|| Some(home?.join(".config")));
    let usual = [
        home.map(|home| home.join(".git-credentials")),
        xdg.map(|folder| folder.join("git/credentials")),
    ];
    let mut stored = Vec::new();
    let named = helpers.iter().filter_map(|helper| store_file(helper));
    let named = named.map(|file| at_home(file, variables));
    for file in usual.into_iter().flatten().chain(named) {
        let text = Zeroizing::new(fs::read_to_string(&file).unwrap_or_default());
        let place = || Place::GitFile(file.clone());
        stored.extend(text.lines().filter_map(|line| of_url(line, place(), key)));
    }
    stored
}

/// The file of `store --file FILE`.
fn store_file(helper: &str) -> Option<PathBuf> {
    let mut words = helper.split_whitespace();
    if name(words.next()?) != "store" {
        return None;
    }
    let word = words.next()?;
    let file = word.strip_prefix("--file=").or_else(|| words.next())?;
    Some(PathBuf::from(file))
}

/// `~/` is the home in git's settings.
fn at_home(path: PathBuf, variables: &Variables) -> PathBuf {
    match (path.strip_prefix("~"), variables.path("HOME")) {
        (Ok(below), Some(home)) => home.join(below),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_helper_is_all_that_is_kept_of_it() {
        for (helper, expected) in [
            ("cache --timeout=9", "cache"),
            ("/opt/gcm/git-credential-manager", "manager"),
            ("!f() { echo password=s3cret; }; f", "of a shell"),
            ("store --file ~/x", "store"),
        ] {
            assert_eq!(name(helper), expected);
        }
        assert_eq!(store_file("store --file=/x"), Some("/x".into()));
        assert_eq!(store_file("store --file /x"), Some("/x".into()));
        assert_eq!(store_file("cache --file /x"), None);
    }

    #[test]
    fn a_helper_that_can_open_a_window_is_not_asked() {
        let helpers = ["cache", "store", "/usr/lib/git-credential-libsecret"].map(str::to_owned);
        let expected = (vec!["cache".to_owned()], vec!["libsecret".to_owned()]);
        assert_eq!(parted(&helpers), expected);
    }
}

//! The settings files of the user that variables of ours would hide.

use crate::child::environment::gitconfig;
use crate::child::variables::Variables;
use std::fs;
use std::path::{Path, PathBuf};

/// The user's settings of wget.
pub fn wgetrc(user: &Variables) -> Option<String> {
    let of_home = || user.path("HOME").map(|home| home.join(".wgetrc"));
    let file = user
        .path("WGETRC")
        .map(ToOwned::to_owned)
        .or_else(of_home)?;
    let bytes = fs::read(file).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// What git's settings for the machine and for the user name.
pub fn git_roots(user: &Variables) -> Vec<PathBuf> {
    let home = user.path("HOME");
    let below = |folder: &Path| folder.join("git/config");
    let files = [
        Some(PathBuf::from("/etc/gitconfig")),
        user.path("XDG_CONFIG_HOME").map(below),
        home.map(|home| below(&home.join(".config"))),
        home.map(|home| home.join(".gitconfig")),
    ];
    let settings = files
        .into_iter()
        .flatten()
        .filter_map(|file| fs::read(file).ok());
    settings
        .flat_map(|settings| gitconfig::roots(&String::from_utf8_lossy(&settings), home))
        .collect()
}

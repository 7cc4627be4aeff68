//! Removes the folders of runs that were killed and could not.

use super::{LOCK, PREFIX};
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Only this user's, and only those whose lock nobody holds. What cannot be removed is the next run's again.
pub fn sweep(base: &Path) {
    let own = rustix::process::geteuid().as_raw();
    let entries = fs::read_dir(base).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        if !name.as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
            continue;
        }
        let folder = entry.path();
        // Not through a link, which anybody can lay in a shared folder.
        let is_own = fs::symlink_metadata(&folder)
            .is_ok_and(|metadata| metadata.is_dir() && metadata.uid() == own);
        if is_own && is_left(&folder) {
            let _ = fs::remove_dir_all(&folder);
        }
    }
}

/// A folder without a lock is one in the making.
fn is_left(folder: &Path) -> bool {
    File::open(folder.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok())
}

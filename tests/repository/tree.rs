//! The files of the repository, as git has them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file with its path relative to the root, `/` as separator.
pub struct File {
    pub path: String,
    pub bytes: Vec<u8>,
}

impl File {
    /// The text, or nothing of a binary file.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files that are, or would be, committed. Without git (a source archive) all there are.
pub fn files() -> Vec<File> {
    let mut paths = of_git().unwrap_or_else(|| {
        let mut found = Vec::new();
        walk(root(), &mut found);
        found
    });
    paths.sort();
    let file = |path: String| {
        fs::read(root().join(&path))
            .ok()
            .map(|bytes| File { path, bytes })
    };
    paths.into_iter().filter_map(file).collect()
}

/// Rust sources below `folder`.
pub fn rust_files(folder: &str) -> Vec<File> {
    let prefix = format!("{folder}/");
    let is_rust = |path: &str| {
        Path::new(path)
            .extension()
            .is_some_and(|extension| extension == "rs")
    };
    let wanted = |file: &File| file.path.starts_with(&prefix) && is_rust(&file.path);
    let found: Vec<File> = files().into_iter().filter(wanted).collect();
    assert!(
        !found.is_empty(),
        "no Rust file below {folder}: these tests look in the wrong place"
    );
    found
}

fn of_git() -> Option<Vec<String>> {
    let list = [
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ];
    let output = Command::new("git")
        .args(list)
        .current_dir(root())
        .output()
        .ok()?;
    let paths = String::from_utf8(output.stdout).ok()?;
    let paths: Vec<String> = paths.split_terminator('\0').map(str::to_owned).collect();
    (output.status.success() && !paths.is_empty()).then_some(paths)
}

fn walk(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = entry.path();
        if entry.file_type().unwrap().is_dir() {
            if entry.file_name() != "target" && entry.file_name() != ".git" {
                walk(&path, found);
            }
        } else {
            found.push(relative(&path));
        }
    }
}

fn relative(path: &Path) -> String {
    let relative: PathBuf = path.strip_prefix(root()).unwrap().into();
    relative.to_str().unwrap().replace('\\', "/")
}

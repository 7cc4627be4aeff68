//! Why a CA cannot be used or made: one line that names the file and the command that mends it.

use super::folder::{NEXT, ROOT_CERTIFICATE};
use crate::tls::constraint::{Constraint, ConstraintError};
use std::io;
use std::path::{Path, PathBuf};
use time::Date;

/// The path is the CA folder or the file at fault.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    #[error("there is no CA in {dir}; run: why401 ca init --ca-dir {dir}", dir = shell(.0))]
    Absent(PathBuf),

    #[error(
        "there is a CA in {dir} already, and it is never overwritten; to start over, clients then \
         having to trust a new root: mv {dir} {dir}.old",
        dir = shell(.0)
    )]
    Exists(PathBuf),

    #[error(
        "the CA in {dir} is incomplete: {file} is missing; put it back, or {over}",
        dir = shell(.0), file = .1, over = start_over(.0)
    )]
    Incomplete(PathBuf, &'static str),

    #[error("{path} is not a folder; choose another with --ca-dir DIR", path = shell(.0))]
    NotAFolder(PathBuf),

    #[error(
        "cannot write the CA folder {dir}: {why}; choose a writable place with --state-dir DIR or \
         --ca-dir DIR",
        dir = shell(.0), why = reason(.1)
    )]
    NotWritable(PathBuf, #[source] io::Error),

    #[error(
        "cannot read {path}: {why}; as its owner, run: chmod u+rwX {path}",
        path = shell(.0), why = reason(.1)
    )]
    Unreadable(PathBuf, #[source] io::Error),

    #[error(
        "{path} belongs to user {owner}, but why401 runs as user {user}; run: \
         sudo chown -R {user} {path}",
        path = shell(.path)
    )]
    Owner {
        path: PathBuf,
        owner: u32,
        user: u32,
    },

    #[error(
        "other users can reach the CA folder {dir} (mode {mode:04o}); run: chmod 700 {dir}",
        dir = shell(.0), mode = .1
    )]
    FolderMode(PathBuf, u32),

    #[error(
        "other users can read the CA key {key} (mode {mode:04o}); run: chmod 600 {key}",
        key = shell(.0), mode = .1
    )]
    KeyMode(PathBuf, u32),

    /// `chmod` cannot mend a read-only mount; whoever mounts it can.
    #[error(
        "other users can read the CA key {key} (mode {mode:04o}) on a read-only mount; mount it \
         with mode 0440 (Kubernetes: defaultMode: 0440)",
        key = shell(.0), mode = .1
    )]
    MountedKeyMode(PathBuf, u32),

    #[error(
        "the CA key {key} is a symbolic link, which is not followed; put the key itself there: \
         mv \"$(readlink -f {key})\" {key}",
        key = shell(.0)
    )]
    KeyIsALink(PathBuf),

    #[error("the CA key {key} is not a regular file; {over}", key = shell(.0), over = start_over_of(.0))]
    KeyIsNoFile(PathBuf),

    #[error(
        "{file} holds no {what}; put the right file back, or {over}",
        file = shell(.0), what = .1, over = start_over_of(.0)
    )]
    Damaged(PathBuf, &'static str),

    #[error(
        "the CA in {dir} does not fit together: {what}; put the right files back, or {over}",
        dir = shell(.0), what = .1, over = start_over(.0)
    )]
    Mismatch(PathBuf, &'static str),

    #[error("the CA in {dir} expired on {ends}; {over}", dir = shell(.0), ends = .1, over = start_over(.0))]
    Expired(PathBuf, Date),

    #[error(
        "the CA in {dir} is valid from {begins} only: the clock of this machine is behind; \
         check: date -u",
        dir = shell(.0), begins = .1
    )]
    NotYetValid(PathBuf, Date),

    #[error(
        "the CA key {key} has a passphrase; give it with --ca-passphrase-fd N, or at a terminal",
        key = shell(.0)
    )]
    Locked(PathBuf),

    #[error(
        "the passphrase does not open the CA key {key}; try again, or {over}",
        key = shell(.0), over = start_over_of(.0)
    )]
    WrongPassphrase(PathBuf),

    #[error(
        "the next CA, made already, signs only for {constraint}, not for {host}; make another \
         (clients may trust its root already): rm -r {next} && why401 ca rotate --for {host} \
         --ca-dir {dir}",
        next = shell(&dir.join(NEXT)), dir = shell(dir)
    )]
    NextIsNarrower {
        dir: PathBuf,
        constraint: Constraint,
        host: String,
    },

    #[error("--for: {0}")]
    Constraint(#[source] ConstraintError),

    #[error("cannot make a CA: the system gives no random numbers")]
    NotSealed,

    #[error("cannot make a CA: {0}")]
    Make(#[from] rcgen::Error),
}

/// A path as an argument of a shell command, without anything that could break or paint a line.
pub(crate) fn shell(path: &Path) -> String {
    let text: String = path
        .display()
        .to_string()
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A system error without its number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_lowercase(),
        None => text,
    }
}

fn start_over(dir: &Path) -> String {
    // What only will sign is given up more cheaply.
    if let Some(parent) = dir.parent()
        && dir.file_name() == Some(NEXT.as_ref())
        && parent.join(ROOT_CERTIFICATE).exists()
    {
        return format!(
            "make the next root anew (clients must then trust that one): rm -r {} && why401 ca rotate --ca-dir {}",
            shell(dir),
            shell(parent)
        );
    }
    let dir = shell(dir);
    format!(
        "start over (clients must then trust a new root): mv {dir} {dir}.old && why401 ca init --ca-dir {dir}"
    )
}

fn start_over_of(file: &Path) -> String {
    start_over(file.parent().unwrap_or(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_a_command_is_one_harmless_word() {
        assert_eq!(
            shell(Path::new("/home/ü/.local/why401")),
            "/home/ü/.local/why401"
        );
        assert_eq!(shell(Path::new("/a b/it's")), r"'/a b/it'\''s'");
        assert_eq!(shell(Path::new("/a;rm -r ~")), "'/a;rm -r ~'");
        assert_eq!(shell(Path::new("/a\n\u{1b}[2J")), "'/a\u{fffd}\u{fffd}[2J'");
    }
}

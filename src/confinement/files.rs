//! Landlock: which files are left to a process that confined itself.

use std::path::PathBuf;

/// What a confined process may still do with files, below these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// Read; beside what the system's libraries need for names, certificates and counting processors.
    pub read: Vec<PathBuf>,
    /// Read, make, write and remove.
    pub write: Vec<PathBuf>,
}

/// How far the kernel helped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confined {
    /// Files elsewhere are out of reach, and so are other programs.
    Files,
    /// Partly: this kernel knows fewer rules.
    FilesInPart,
    /// Nothing: this kernel, or what it runs in, has no Landlock.
    NotFiles,
}

/// Where name lookup and certificate stores lie. Folders, since their files are replaced by renaming.
#[cfg(target_os = "linux")]
const OF_THE_SYSTEM: &[&str] = &[
    "/etc",
    "/lib",
    "/lib64",
    "/nix/store",
    "/proc/self",
    "/proc/sys",
    "/sys/devices/system",
    "/sys/fs/cgroup",
    "/usr",
];

#[cfg(target_os = "linux")]
pub(super) fn confine(folders: &Folders) -> Confined {
    use landlock::RulesetStatus::{FullyEnforced, NotEnforced, PartiallyEnforced};

    match restrict(folders) {
        Ok(FullyEnforced) => Confined::Files,
        Ok(PartiallyEnforced) => Confined::FilesInPart,
        Ok(NotEnforced) | Err(_) => Confined::NotFiles,
    }
}

#[cfg(target_os = "linux")]
fn restrict(folders: &Folders) -> Result<landlock::RulesetStatus, landlock::RulesetError> {
    use landlock::{
        ABI, Access, AccessFs, Ruleset, RulesetAttr, RulesetCreatedAttr, Scope, path_beneath_rules,
    };

    let all = AccessFs::from_all(ABI::V6);
    let write = all & !AccessFs::Execute;
    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    let system = OF_THE_SYSTEM.iter().map(PathBuf::from);
    let readable = system.chain(resolver()).chain(folders.read.iter().cloned());
    let ruleset = Ruleset::default()
        .handle_access(all)?
        .scope(Scope::Signal)?
        .create()?
        .add_rules(path_beneath_rules(readable, read))?
        .add_rules(path_beneath_rules(&folders.write, write))?
        .add_rules(path_beneath_rules(
            ["/dev/null"],
            read | AccessFs::WriteFile,
        ))?;
    Ok(ruleset.restrict_self()?.ruleset)
}

/// `/etc/resolv.conf` is often a link to where a service writes it.
#[cfg(target_os = "linux")]
fn resolver() -> Option<PathBuf> {
    let file = std::fs::canonicalize("/etc/resolv.conf").ok()?;
    file.parent().map(PathBuf::from)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn confine(_: &Folders) -> Confined {
    Confined::NotFiles
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::fs;
    use std::process::Command;
    use std::thread;

    /// Part of H-K10: what a process that was taken over could do with the machine's files.
    #[test]
    fn only_the_named_folders_are_left() {
        let outside = tempfile::tempdir().unwrap();
        let (given, shown) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let [secret, read, written] = [&outside, &shown, &given].map(|dir| dir.path().join("f"));
        fs::write(&secret, "x").unwrap();
        fs::write(&read, "x").unwrap();
        let folders = Folders {
            read: vec![shown.path().into()],
            write: vec![given.path().into()],
        };
        let tried = move || {
            if confine(&folders) == Confined::NotFiles {
                return;
            }
            fs::write(&written, "x").unwrap();
            fs::rename(&written, written.with_extension("new")).unwrap();
            fs::read(&read).unwrap();
            fs::read_dir("/etc").unwrap();
            assert!(fs::read(&secret).is_err() && fs::write(&secret, "y").is_err());
            assert!(fs::write(&read, "y").is_err());
            assert!(fs::read("/proc/1/environ").is_err());
            assert!(Command::new("/bin/true").status().is_err());
        };
        // Landlock holds for a thread and what it starts: the other tests stay free.
        thread::spawn(tried).join().unwrap();
    }
}

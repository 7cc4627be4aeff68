//! Looking into a store and changing it.

use super::mark::Mark;
use super::place::{Listing, Place};
use super::plan::{Action, Call};
use crate::tls::authority::CaCertificate;
use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::NamedTempFile;

/// The names of our entries in a place; else what went wrong.
pub fn ours(place: &dyn Place, mark: &Mark) -> Result<Vec<String>, String> {
    match place.listing() {
        Listing::Output(call) => Ok(place.ours(&run(&call)?, mark)),
        Listing::Folder(folder) => {
            let files = fs::read_dir(&folder).map_err(|error| error.to_string())?;
            let names = files.flatten().filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                let is_ours = || mark.is_root(&fs::read(entry.path()).unwrap_or_default());
                (mark.names(&name) || is_ours()).then_some(name)
            });
            let mut names: Vec<String> = names.collect();
            names.sort();
            Ok(names)
        }
    }
}

/// Whether the bundle of a place, if it has one, holds the root of now.
pub fn is_in_bundle(place: &dyn Place, mark: &Mark) -> Option<bool> {
    let bundle = fs::read(place.bundle()?).unwrap_or_default();
    Some(mark.is_among(&bundle))
}

/// Does one thing; else what went wrong.
pub fn perform(action: &Action, root: Option<&CaCertificate>) -> Result<(), String> {
    match action {
        Action::Run(call) => run(call).map(drop),
        Action::Remove(file) => fs::remove_file(file).map_err(|error| error.to_string()),
        Action::Install { to, .. } => {
            let pem = root.map(CaCertificate::pem).unwrap_or_default();
            install(&pem, to).map_err(|error| error.to_string())
        }
    }
}

/// Whole or not at all; the system's tool and every user read it, whatever the umask is.
fn install(pem: &str, to: &Path) -> io::Result<()> {
    let folder = to.parent().unwrap_or(Path::new("/"));
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(pem.as_bytes())?;
    file.as_file()
        .set_permissions(Permissions::from_mode(0o644))?;
    file.persist(to)?;
    Ok(())
}

/// What a tool printed; else its own words about why it failed.
fn run(call: &Call) -> Result<String, String> {
    let mut command = Command::new(&call.program);
    // Nobody answers a question for a password; English, because it is read.
    command
        .args(&call.arguments)
        .stdin(Stdio::null())
        .env("LC_ALL", "C");
    // Options for other people's programs: a line on standard error, or another trust store.
    for variable in ["JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"] {
        command.env_remove(variable);
    }
    let output = command.output().map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(words(&output)),
    }
}

/// The line that speaks of an error, else the last one.
fn words(output: &Output) -> String {
    let text = [&output.stdout[..], b"\n", &output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let error = lines().find(|line| line.to_lowercase().contains("error"));
    error
        .or_else(|| lines().next_back())
        .map_or_else(|| output.status.to_string(), str::to_owned)
}

/// This program, for a line that starts it once more.
pub fn this_program() -> OsString {
    std::env::current_exe().map_or_else(|_| "why401".into(), Into::into)
}

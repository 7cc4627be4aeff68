//! What leads a machine through the proxy, written for the shell, the file or the service that reads it.

mod assignment;
mod carried;
mod ci;
mod format;
mod jvm;
mod script;
mod shell;
mod systemd;
mod yaml;

#[cfg(test)]
mod tests;

pub use assignment::Assignment;
pub use format::{Format, Reader};
pub use jvm::option;
pub use script::{File, Part};
pub use shell::undone;

use crate::host::target::Target;

/// The variable that lists what a shell was given, parted by commas.
pub const GIVEN: &str = "WHY401_ENV";
/// Before the name of a variable: what the shell had there before.
pub const BEFORE: &str = "WHY401_BEFORE_";

/// What is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The address that clients connect to.
    pub proxy: &'a Target,
    pub variables: &'a [Assignment],
    /// Variables that the shell has already, whose values it has to keep for later.
    pub kept: &'a [&'a str],
    /// The root certificate of the proxy's CA, PEM.
    pub root: &'a str,
    /// Properties of JVMs.
    pub properties: &'a [(&'static str, String)],
    /// Where the files lie that variables and properties name, on the machine that reads this.
    pub folder: &'a str,
    /// Where they lie on this machine.
    pub source: &'a str,
    /// What they are made of, for a machine that has to make them.
    pub files: &'a [File],
    /// Whether [`Given::folder`] was chosen; otherwise a script makes one.
    pub is_chosen: bool,
}

/// A value that the format has no way to write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{format} has no way to write {what} in the value of {name}; choose another --format, or a folder without it"
)]
pub struct Unwritable {
    pub format: &'static str,
    pub name: String,
    pub what: &'static str,
}

/// The text, whole.
///
/// # Errors
/// A value that the format cannot hold.
pub fn render(format: Format, given: &Given<'_>) -> Result<String, Unwritable> {
    match format {
        Format::Sh => Ok(shell::sh(given)),
        Format::Fish => Ok(shell::fish(given)),
        Format::PowerShell => Ok(shell::powershell(given)),
        Format::Cmd => shell::cmd(given),
        Format::Dotenv => assignment::dotenv(given),
        Format::GithubActions => Ok(ci::github_actions(given)),
        Format::GitlabCi => Ok(ci::gitlab_ci(given)),
        Format::BitbucketPipelines => Ok(ci::bitbucket_pipelines(given)),
        Format::Jenkins => Ok(ci::jenkins(given)),
        Format::JenkinsController => Ok(jvm::jenkins_controller(given)),
        Format::Dockerfile => carried::dockerfile(given),
        Format::Kubernetes => Ok(carried::kubernetes(given)),
        Format::Systemd => Ok(systemd::unit(given)),
        Format::Maven => jvm::maven(given),
        Format::Gradle => Ok(jvm::gradle(given)),
    }
}

/// The first thing that is wrong with a value: `forbidden` names what the format cannot hold.
fn refuse(
    format: Format,
    name: &str,
    value: &str,
    forbidden: &[(&str, &'static str)],
) -> Result<(), Unwritable> {
    let found = forbidden.iter().find(|(text, _)| value.contains(text));
    found.map_or(Ok(()), |(_, what)| {
        Err(Unwritable {
            format: format.name(),
            name: name.to_owned(),
            what,
        })
    })
}

const LINE_ENDS: [(&str, &str); 2] = [("\n", "a line end"), ("\r", "a line end")];

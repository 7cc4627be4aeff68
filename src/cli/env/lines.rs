//! From the environment of those who will use it to the text, with the files that it names.

use super::address::Address;
use super::files::Files;
use super::place::{Folders, Place};
use super::{EnvError, Previous, notes};
use crate::child::environment::{self, Ground, Plan};
use crate::child::files::system_roots;
use crate::child::java::{likely, properties};
use crate::child::settings::{git_roots, wgetrc};
use crate::child::variables::Variables;
use crate::cli::output::say;
use crate::config::Clients;
use crate::output::environment::{Assignment, File, Format, Given, Part, render};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// Options of every JVM, a password perhaps among them.
pub const JVM_OPTIONS: &str = "JAVA_TOOL_OPTIONS";

pub struct Request<'a> {
    pub format: Format,
    pub clients: &'a Clients,
    pub address: &'a Address,
    /// PEM.
    pub root: &'a str,
    pub place: &'a Place,
}

impl Request<'_> {
    pub fn text(&self, user: &Variables) -> Result<String, EnvError> {
        let folders = self.place.folders(&self.clients.state);
        let previous = Previous::of(user);
        let user = self.place.variables(user, &previous, &folders.there);
        let (plan, java) = match self.place {
            Place::Script(_) => {
                let java = folders.there.join("java.p12");
                (self.plan(&user, &folders, Some(&java)), Some(java))
            }
            _ => self.written(&user, &folders)?,
        };
        notes::tell(self, &user, &plan);
        self.rendered(&user, &plan, java.as_deref(), &folders, &previous)
    }

    /// The plan, with its files in their place and the store for JVMs.
    fn written(
        &self,
        user: &Variables,
        folders: &Folders,
    ) -> Result<(Plan, Option<PathBuf>), EnvError> {
        let mut files = Files::new(&folders.here, self.root, system_roots())?;
        let name = match self.wants_java(user) {
            true => files.store(user)?,
            false => None,
        };
        if name.is_none() && self.is_for_jvms() {
            let why = files.warnings.pop();
            return Err(EnvError::NoStore(why.unwrap_or_default()));
        }
        let java = name.map(|name| folders.there.join(name));
        let plan = self.plan(user, folders, java.as_deref());
        files.write(&plan.files)?;
        files.warnings.iter().for_each(|warning| say(warning));
        Ok((plan, java))
    }

    fn plan(&self, user: &Variables, folders: &Folders, java: Option<&Path>) -> Plan {
        let is_here = matches!(self.place, Place::Asking);
        Plan::of(&Ground {
            user,
            proxy: &self.address.to_string(),
            hosts: &self.clients.hosts,
            folder: &folders.there,
            wgetrc: wgetrc(user),
            git_roots: &match is_here {
                true => git_roots(user),
                false => Vec::new(),
            },
            java,
            run_id: None,
        })
    }

    /// Every JVM prints a line about the variable, so it is set only where one is likely.
    fn wants_java(&self, user: &Variables) -> bool {
        self.is_for_jvms() || matches!(self.place, Place::Other(_)) || likely::is_here(user)
    }

    fn is_for_jvms(&self) -> bool {
        let of_jvms = [Format::Maven, Format::Gradle, Format::JenkinsController];
        of_jvms.contains(&self.format)
    }

    fn rendered(
        &self,
        user: &Variables,
        plan: &Plan,
        java: Option<&Path>,
        folders: &Folders,
        previous: &Previous,
    ) -> Result<String, EnvError> {
        let variables = plan
            .set
            .iter()
            .map(|(name, value)| self.assignment(user, name, value))
            .collect::<Result<Vec<_>, _>>()?;
        let names = plan.set.iter().map(|(name, _)| *name);
        let is_kept = |name: &&str| user.get(name).is_some() && !previous.given.contains(name);
        let kept: Vec<&str> = names.filter(is_kept).collect();
        let store = java.map(|store| text("the trust store", store.as_os_str()));
        let properties = store.transpose()?.map(|store| {
            let options = user.text(JVM_OPTIONS).unwrap_or_default();
            let proxy = self.address.to_string();
            properties(&options, &proxy, &self.clients.hosts, &store)
        });
        let files: Vec<File> = plan.files.iter().map(file).collect();
        Ok(render(
            self.format,
            &Given {
                proxy: &self.address.0,
                variables: &variables,
                kept: &kept,
                root: self.root,
                properties: &properties.unwrap_or_default(),
                folder: &text("the folder", folders.there.as_os_str())?,
                source: &text("the folder", folders.here.as_os_str())?,
                files: &files,
                is_chosen: matches!(self.place, Place::Script(Some(_))),
            },
        )?)
    }

    /// Of what the user has there already, only that it stands first is written, where the format can say so.
    fn assignment(
        &self,
        user: &Variables,
        name: &'static str,
        value: &OsString,
    ) -> Result<Assignment, EnvError> {
        let value = text(name, value)?;
        let own = user.text(name).unwrap_or_default();
        let behind = value
            .strip_prefix(own.trim())
            .filter(|_| !own.trim().is_empty());
        Ok(match behind {
            Some(behind) if self.format.refers() => Assignment {
                name,
                is_behind: true,
                value: behind.to_owned(),
            },
            Some(behind) if name == JVM_OPTIONS => Assignment::of(name, behind.trim_start()),
            _ => Assignment::of(name, value),
        })
    }
}

/// As a script makes it. A file of this machine that the user named, another one does not have.
fn file(planned: &environment::File) -> File {
    let part = |part: &environment::Part| match part {
        environment::Part::System => Some(Part::System),
        environment::Part::Own => Some(Part::Root),
        environment::Part::Text(text) => Some(Part::Text(text.clone())),
        environment::Part::Named { .. } => None,
    };
    File {
        name: planned.name.clone(),
        parts: planned.parts.iter().filter_map(part).collect(),
    }
}

fn text(what: &'static str, value: &OsStr) -> Result<String, EnvError> {
    value
        .to_str()
        .map(ToOwned::to_owned)
        .ok_or(EnvError::NotText(what))
}

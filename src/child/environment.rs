//! From the user's environment to the child's: what is set, and the files that it needs. Values in, values out.

pub mod gitconfig;
pub mod no_proxy;
mod table;
#[cfg(test)]
mod tests;
pub mod wgetrc;

pub use table::{VARIABLES, Value, Variable, When};

use crate::child::java;
use crate::child::variables::Variables;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What the calculation starts from.
pub struct Ground<'a> {
    pub user: &'a Variables,
    /// `http://127.0.0.1:PORT`
    pub proxy: &'a str,
    /// Hosts that must not be led past the proxy.
    pub hosts: &'a [String],
    /// Where the files will be.
    pub folder: &'a Path,
    /// The user's wgetrc, if there is one, and its text.
    pub wgetrc: Option<String>,
    /// Files of roots that git's settings name.
    pub git_roots: &'a [PathBuf],
    /// The trust store for JVMs; `None` leaves them alone.
    pub java: Option<&'a Path>,
    /// `None`: the files outlive this process, and other shells use them too.
    pub run_id: Option<&'a str>,
}

/// What the child gets.
#[derive(Debug, Default)]
pub struct Plan {
    pub set: Vec<(&'static str, OsString)>,
    pub files: Vec<File>,
    /// Entries of the user's NO_PROXY that the child does not get.
    pub taken_out: Vec<String>,
}

/// A file in the private folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the folder.
    pub name: String,
    pub parts: Vec<Part>,
}

/// What a file is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The system's roots.
    System,
    /// Our root.
    Own,
    /// The certificates in a file or folder that the user named, and where.
    Named {
        place: &'static str,
        path: PathBuf,
    },
    Text(String),
}

impl Plan {
    pub fn of(ground: &Ground<'_>) -> Self {
        let mut plan = Self::default();
        let lists: Vec<String> = ["NO_PROXY", "no_proxy", "npm_config_noproxy"]
            .iter()
            .filter_map(|name| ground.user.text(name))
            .collect();
        let direct = no_proxy::split(lists.iter().map(String::as_str), ground.hosts);
        plan.taken_out = direct.taken_out;
        let direct = direct.kept.join(",");
        for variable in VARIABLES {
            let is_set = ground.user.get(variable.name).is_some();
            if variable.when == When::IfSet && !is_set {
                continue;
            }
            if let Some(value) = plan.value(variable, ground, &direct) {
                plan.set.push((variable.name, value));
            }
        }
        plan
    }

    /// `None`: the variable stays as it is.
    fn value(
        &mut self,
        variable: &Variable,
        ground: &Ground<'_>,
        direct: &str,
    ) -> Option<OsString> {
        Some(match variable.value {
            Value::Proxy => ground.proxy.into(),
            Value::NoProxy => direct.into(),
            Value::Constant(text) => text.into(),
            Value::RunId => ground.run_id?.into(),
            Value::Roots(before) => {
                let own = before.iter().find_map(|name| named(name, ground));
                self.roots(own.into_iter().collect(), ground)
            }
            Value::GitRoots => {
                let own = named(variable.name, ground).map_or_else(
                    || ground.git_roots.iter().map(|path| of_git(path)).collect(),
                    |own| vec![own],
                );
                self.roots(own, ground)
            }
            Value::Added => self.added(variable.name, ground),
            // A copy that lasts would hide what the user writes later, and show others the passwords in it.
            Value::Wgetrc if ground.run_id.is_none() && ground.wgetrc.is_some() => return None,
            Value::Wgetrc => self.wgetrc(ground),
            Value::PhpFolders => self.php(ground),
            Value::JavaOptions => {
                let store = ground.java?;
                let user = ground.user.text(variable.name).unwrap_or_default();
                java::options(&user, ground.proxy, ground.hosts, store).into()
            }
        })
    }

    /// A file that replaces the system's roots.
    fn roots(&mut self, own: Vec<Part>, ground: &Ground<'_>) -> OsString {
        let name = format!("roots{}.pem", own_name(&own));
        let mut parts = vec![Part::System];
        parts.extend(own);
        parts.push(Part::Own);
        self.file(name, parts, ground)
    }

    /// A file that stands beside the system's roots.
    fn added(&mut self, place: &'static str, ground: &Ground<'_>) -> OsString {
        match named(place, ground) {
            None => self.file("why401.pem".to_owned(), vec![Part::Own], ground),
            Some(own) => {
                let name = format!("why401{}.pem", own_name(std::slice::from_ref(&own)));
                self.file(name, vec![own, Part::Own], ground)
            }
        }
    }

    fn wgetrc(&mut self, ground: &Ground<'_>) -> OsString {
        let user = ground.wgetrc.as_deref().unwrap_or_default();
        let own = wgetrc::certificate(user).map(|path| Part::Named {
            place: "wgetrc",
            path,
        });
        let roots = self.roots(own.into_iter().collect(), ground);
        let text = wgetrc::text(user, &roots.to_string_lossy(), ground.proxy);
        self.file("wgetrc".to_owned(), vec![Part::Text(text)], ground)
    }

    fn php(&mut self, ground: &Ground<'_>) -> OsString {
        let roots = self.roots(Vec::new(), ground);
        let roots = roots.to_string_lossy();
        let text = format!("curl.cainfo=\"{roots}\"\nopenssl.cafile=\"{roots}\"\n");
        // PHP reads every .ini of a folder, and there is no other here.
        self.file("why401.ini".to_owned(), vec![Part::Text(text)], ground);
        // With nothing before the colon PHP's own folders stay; without the colon they would be lost.
        let mut folders = ground
            .user
            .get("PHP_INI_SCAN_DIR")
            .unwrap_or_default()
            .to_owned();
        folders.push(":");
        folders.push(ground.folder);
        folders
    }

    /// The path of the file, which is planned once.
    fn file(&mut self, name: String, parts: Vec<Part>, ground: &Ground<'_>) -> OsString {
        let path = ground.folder.join(&name).into_os_string();
        if self.files.iter().all(|file| file.name != name) {
            self.files.push(File { name, parts });
        }
        path
    }
}

/// Tells files with roots of the user's own apart: by the variable, and by the files, since two shells may name two.
fn own_name(own: &[Part]) -> String {
    let mut name = String::new();
    let mut paths = crc32fast::Hasher::new();
    for part in own {
        if let Part::Named { place, path } = part {
            name = format!("-{place}");
            paths.update(path.as_os_str().as_encoded_bytes());
            paths.update(b"\0");
        }
    }
    match name.is_empty() {
        true => name,
        false => format!("{name}-{:08x}", paths.finalize()),
    }
}

fn named(place: &'static str, ground: &Ground<'_>) -> Option<Part> {
    let path = ground.user.path(place)?.to_owned();
    Some(Part::Named { place, path })
}

fn of_git(path: &Path) -> Part {
    Part::Named {
        place: "http.sslCAInfo",
        path: path.to_owned(),
    }
}

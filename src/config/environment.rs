//! The environment as a value, and the settings in it.

use super::layers::{ConfigError, Layer, Place, Written};
use super::setting::{self, Kind, Setting};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// The variables of a process; an empty one counts as unset.
#[derive(Clone, Debug, Default)]
pub struct Environment(BTreeMap<OsString, OsString>);

impl Environment {
    pub fn of_this_process() -> Self {
        std::env::vars_os().collect()
    }

    fn get(&self, name: &str) -> Option<&OsStr> {
        self.0
            .get(OsStr::new(name))
            .map(OsString::as_os_str)
            .filter(|value| !value.is_empty())
    }

    /// The settings among the variables. Unknown `WHY401_*` names are left alone: Kubernetes itself sets
    /// `WHY401_PORT` and the like for a service of that name.
    pub fn settings(&self) -> Result<Layer, ConfigError> {
        let mut layer = Layer::default();
        for setting in setting::ALL {
            let name = setting.variable();
            let Some(value) = self.get(&name) else {
                continue;
            };
            let text = value
                .to_str()
                .ok_or_else(|| ConfigError::Usage(format!("{name}: the value is not UTF-8")))?;
            layer.insert(setting, values(setting, text));
        }
        Ok(layer)
    }

    /// The proxy of this process: the name of the variable and its value. Lower case wins, as in curl.
    pub fn https_proxy(&self) -> Option<(&'static str, Cow<'_, str>)> {
        let names = ["https_proxy", "HTTPS_PROXY"];
        names
            .into_iter()
            .find_map(|name| Some((name, self.get(name)?.to_string_lossy())))
    }

    /// What is reached without it.
    pub fn no_proxy(&self) -> Cow<'_, str> {
        let list = self.get("no_proxy").or_else(|| self.get("NO_PROXY"));
        list.map_or(Cow::Borrowed(""), OsStr::to_string_lossy)
    }

    /// A folder that a variable names, if it is absolute.
    pub fn folder(&self, name: &str) -> Option<PathBuf> {
        let folder = self.get(name).map(PathBuf::from);
        folder.filter(|folder| folder.is_absolute())
    }

    /// The absolute folders of a list such as `PATH`.
    pub fn folders(&self, name: &str) -> Vec<PathBuf> {
        let list = self.get(name).map(std::env::split_paths);
        list.into_iter()
            .flatten()
            .filter(|folder| folder.is_absolute())
            .collect()
    }

    /// Where certificates of roots lie in place of the system's own.
    pub fn certificates(&self) -> Vec<PathBuf> {
        let file = self.get("SSL_CERT_FILE").map(PathBuf::from);
        let folders = self.get("SSL_CERT_DIR").map(std::env::split_paths);
        file.into_iter()
            .chain(folders.into_iter().flatten())
            .collect()
    }

    /// Where state is kept when no setting says so: what systemd gives the unit, else the XDG base directory, else
    /// its default below the home.
    pub fn state_dir(&self) -> Option<PathBuf> {
        let of_systemd = self
            .get("STATE_DIRECTORY")
            .and_then(|list| std::env::split_paths(list).next());
        // A relative path is invalid and to be ignored, says the XDG specification.
        let xdg = self
            .get("XDG_STATE_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute());
        let home = || {
            self.get("HOME")
                .map(|home| PathBuf::from(home).join(".local/state"))
        };
        of_systemd.or_else(|| xdg.or_else(home).map(|base| base.join("why401")))
    }
}

impl<K: Into<OsString>, V: Into<OsString>> FromIterator<(K, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(variables: I) -> Self {
        Self(
            variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

fn values(setting: &Setting, text: &str) -> Vec<Written> {
    let written = |text: &str| Written {
        text: text.to_owned(),
        place: Place::Variable,
    };
    match setting.kind {
        Kind::Many => text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(written)
            .collect(),
        Kind::One | Kind::Switch => vec![written(text)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state_dir(variables: &[(&str, &str)]) -> Option<PathBuf> {
        variables
            .iter()
            .copied()
            .collect::<Environment>()
            .state_dir()
    }

    #[test]
    fn systemd_then_xdg_then_home_say_where_state_is_kept() {
        let home = ("HOME", "/home/j");
        let xdg = ("XDG_STATE_HOME", "/var/state");
        assert_eq!(
            state_dir(&[home]),
            Some("/home/j/.local/state/why401".into())
        );
        assert_eq!(state_dir(&[home, xdg]), Some("/var/state/why401".into()));
        assert_eq!(
            state_dir(&[home, xdg, ("STATE_DIRECTORY", "/var/lib/w:/x")]),
            Some("/var/lib/w".into())
        );
        assert_eq!(
            state_dir(&[home, ("XDG_STATE_HOME", "relative")]),
            Some("/home/j/.local/state/why401".into())
        );
        assert_eq!(
            state_dir(&[home, ("XDG_STATE_HOME", "")]),
            Some("/home/j/.local/state/why401".into())
        );
        assert_eq!(state_dir(&[]), None);
    }
}

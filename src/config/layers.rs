//! Settings as people wrote them, by source; an error names the very place.

use super::environment::Environment;
use super::file;
use super::setting::{self, Kind, Setting};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Why there is no configuration: one line that names the place and the next action.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The command line, a variable or the file is wrong: exit code 2.
    #[error("{0}")]
    Usage(String),
    /// All is well written, but this cannot be run with: exit code 1.
    #[error("{0}")]
    Refused(String),
}

/// Where a value was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Default,
    Flag,
    Variable,
    /// Counted from 1.
    File {
        path: PathBuf,
        line: usize,
        column: usize,
    },
}

impl Place {
    /// `--listen`, `WHY401_LISTEN` or `why401.toml:3:10: listen`.
    pub fn name(&self, setting: &Setting) -> String {
        match self {
            Self::Default | Self::Flag => format!("--{}", setting.flag()),
            Self::Variable => setting.variable(),
            Self::File { path, line, column } => {
                format!("{}:{line}:{column}: {}", path.display(), setting.key)
            }
        }
    }
}

/// One value, not yet understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub text: String,
    pub place: Place,
}

/// What one source says; a setting without a value is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer(BTreeMap<&'static str, Vec<Written>>);

impl Layer {
    pub fn insert(&mut self, setting: &Setting, values: Vec<Written>) {
        if !values.is_empty() {
            self.0.insert(setting.key, values);
        }
    }

    /// What `weaker` says beside this.
    pub fn or(mut self, weaker: Self) -> Self {
        for (key, values) in weaker.0 {
            self.0.entry(key).or_insert(values);
        }
        self
    }

    /// A layer of our own, as if nobody had written it.
    pub fn of(settings: &[(&Setting, &str)]) -> Self {
        let mut layer = Self::default();
        for (setting, text) in settings {
            let written = Written {
                text: (*text).to_owned(),
                place: Place::Default,
            };
            layer.insert(setting, vec![written]);
        }
        layer
    }

    pub fn has(&self, setting: &Setting) -> bool {
        self.0.contains_key(setting.key)
    }

    fn defaults() -> Self {
        let default = |setting: &&'static Setting| Some((*setting, setting.default?));
        let defaults: Vec<_> = setting::ALL.iter().filter_map(default).collect();
        Self::of(&defaults)
    }
}

/// All sources, the strongest first. The values of the strongest that has any replace those of all others.
#[derive(Debug)]
pub struct Layers(Vec<Layer>);

impl Layers {
    /// `read` gives the text of a file.
    pub fn read(
        flags: Layer,
        environment: &Environment,
        read: impl Fn(&Path) -> io::Result<String>,
    ) -> Result<Self, ConfigError> {
        let mut layers = Self(vec![flags, environment.settings()?]);
        if let Some(path) = layers.path(&setting::CONFIG) {
            let place = layers.place(&setting::CONFIG);
            let text = read(&path).map_err(|error| {
                ConfigError::Usage(format!("{place}: cannot read {}: {error}", path.display()))
            })?;
            layers.0.push(file::parse(&text, &path)?);
        }
        layers.0.push(Layer::defaults());
        Ok(layers)
    }

    pub fn written(&self, setting: &Setting) -> &[Written] {
        self.0
            .iter()
            .find_map(|layer| layer.0.get(setting.key))
            .map_or(&[], Vec::as_slice)
    }

    /// Where the setting that counts was written, for messages.
    pub fn place(&self, setting: &Setting) -> String {
        self.written(setting)
            .first()
            .map_or(Place::Default, |written| written.place.clone())
            .name(setting)
    }

    pub fn one<T>(
        &self,
        setting: &Setting,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, ConfigError> {
        self.written(setting)
            .first()
            .map(|written| understood(setting, written, &parse))
            .transpose()
    }

    pub fn many<T>(
        &self,
        setting: &Setting,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Vec<T>, ConfigError> {
        self.written(setting)
            .iter()
            .map(|written| understood(setting, written, &parse))
            .collect()
    }

    pub fn switch(&self, setting: &Setting) -> Result<bool, ConfigError> {
        debug_assert_eq!(setting.kind, Kind::Switch);
        let on_or_off = |text: &str| {
            text.parse::<bool>()
                .map_err(|_| "write true or false".to_owned())
        };
        Ok(self.one(setting, on_or_off)?.unwrap_or(false))
    }

    pub fn path(&self, setting: &Setting) -> Option<PathBuf> {
        self.paths(setting).into_iter().next()
    }

    pub fn paths(&self, setting: &Setting) -> Vec<PathBuf> {
        self.written(setting).iter().map(path).collect()
    }
}

/// A relative path in the file counts from the file's own folder: a service rarely chooses its working directory.
fn path(written: &Written) -> PathBuf {
    match &written.place {
        Place::File { path, .. } => path.parent().unwrap_or(Path::new("")).join(&written.text),
        Place::Default | Place::Flag | Place::Variable => PathBuf::from(&written.text),
    }
}

fn understood<T>(
    setting: &Setting,
    written: &Written,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<T, ConfigError> {
    parse(&written.text).map_err(|advice| {
        let place = written.place.name(setting);
        let shown: String = written.text.chars().take(80).collect();
        ConfigError::Usage(format!("{place}: {shown:?} does not fit: {advice}"))
    })
}

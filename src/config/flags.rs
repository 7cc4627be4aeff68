//! The settings as clap arguments.

use super::layers::{Layer, Place, Written};
use super::setting::{self, Kind, Setting};
use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

/// Settings as given on the command line.
#[derive(Clone, Debug, Default)]
pub struct Flags<const FOLDERS_ONLY: bool>(pub Layer);

/// Every shared setting.
pub type SharedFlags = Flags<false>;

/// Those that say where files are, for commands that need nothing else.
pub type FolderFlags = Flags<true>;

impl<const FOLDERS_ONLY: bool> Flags<FOLDERS_ONLY> {
    const SETTINGS: &[&Setting] = if FOLDERS_ONLY {
        setting::FOLDERS
    } else {
        setting::ALL
    };
}

impl<const FOLDERS_ONLY: bool> Args for Flags<FOLDERS_ONLY> {
    fn augment_args(command: Command) -> Command {
        command.args(Self::SETTINGS.iter().copied().map(arg))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<const FOLDERS_ONLY: bool> FromArgMatches for Flags<FOLDERS_ONLY> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut layer = Layer::default();
        for setting in Self::SETTINGS {
            layer.insert(setting, written(setting, matches));
        }
        Ok(Self(layer))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn arg(setting: &Setting) -> Arg {
    let arg = Arg::new(setting.key)
        .long(setting.flag())
        .help_heading(setting.group)
        .help(help(setting));
    // `--state-dir "$UNSET"` must not mean the working directory.
    let valued = |arg: Arg| {
        arg.value_name(setting.value)
            .value_parser(NonEmptyStringValueParser::new())
    };
    match setting.kind {
        Kind::One => valued(arg).action(ArgAction::Set),
        Kind::Many => valued(arg).action(ArgAction::Append),
        Kind::Switch => arg.action(ArgAction::SetTrue),
    }
}

fn help(setting: &Setting) -> String {
    let repeatable = if setting.kind == Kind::Many {
        " (repeatable)"
    } else {
        ""
    };
    let default = setting.default.map(|text| format!(" [default: {text}]"));
    format!(
        "{}{repeatable}{}",
        setting.help,
        default.unwrap_or_default()
    )
}

fn written(setting: &Setting, matches: &ArgMatches) -> Vec<Written> {
    let flag = |text: String| Written {
        text,
        place: Place::Flag,
    };
    match setting.kind {
        Kind::Switch if matches.get_flag(setting.key) => vec![flag("true".into())],
        Kind::Switch => Vec::new(),
        Kind::One | Kind::Many => matches
            .get_many::<String>(setting.key)
            .into_iter()
            .flatten()
            .cloned()
            .map(flag)
            .collect(),
    }
}

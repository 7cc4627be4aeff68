//! The settings as clap arguments.

use super::layers::{Layer, Place, Written};
use super::run;
use super::setting::{self, Kind, Setting};
use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

/// Settings as given on the command line of one kind of command.
#[derive(Clone, Debug, Default)]
pub struct Flags<const KIND: u8>(pub Layer);

const SHARED: u8 = 0;
const FOLDERS: u8 = 1;
const RUN: u8 = 2;
const CLIENT: u8 = 3;

/// Every shared setting.
pub type SharedFlags = Flags<SHARED>;

/// Those that say where files are, for commands that need nothing else.
pub type FolderFlags = Flags<FOLDERS>;

/// Those of a proxy that runs elsewhere, as far as its clients need them.
pub type ClientFlags = Flags<CLIENT>;

/// Every shared setting, with the defaults of `run`.
pub type RunFlags = Flags<RUN>;

impl<const KIND: u8> Flags<KIND> {
    const SETTINGS: &[&Setting] = match KIND {
        FOLDERS => setting::FOLDERS,
        CLIENT => setting::CLIENT,
        _ => setting::ALL,
    };

    fn arg(setting: &Setting) -> Arg {
        let default = run::default(setting).filter(|_| KIND == RUN);
        arg(setting).help(help(setting, default))
    }
}

impl<const KIND: u8> Args for Flags<KIND> {
    fn augment_args(command: Command) -> Command {
        command.args(Self::SETTINGS.iter().copied().map(Self::arg))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<const KIND: u8> FromArgMatches for Flags<KIND> {
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
        .help_heading(setting.group);
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

/// `default` of `run` replaces the setting's own, which may be a part of its help.
fn help(setting: &Setting, default: Option<&str>) -> String {
    let repeatable = if setting.kind == Kind::Many {
        " (repeatable)"
    } else {
        ""
    };
    let (help, own) = match setting.help.split_once(" [default: ") {
        Some((help, default)) => (help, Some(default.trim_end_matches(']'))),
        None => (setting.help, setting.default),
    };
    let default = default.or(own).map(|text| format!(" [default: {text}]"));
    format!("{help}{repeatable}{}", default.unwrap_or_default())
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

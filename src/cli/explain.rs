//! `why401 explain`: a finding's page, or the list of all findings.

use super::Failure;
use super::output::print;
use super::pager;
use crate::demo::selection::nearest;
use crate::diagnosis::registry;
use crate::exit_code::ExitCode;
use crate::output::clean::clean;
use crate::output::page::{self, json, terminal};
use crate::telemetry::log::stdout_screen;
use clap::{Args, ValueEnum};

/// What was asked for.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The name of a finding, as a response, a log or the list has it
    #[arg(value_name = "NAME")]
    slug: Option<String>,
    /// For people, as the documentation has it, or for programs
    #[arg(
        long,
        value_name = "text|markdown|json",
        default_value = "text",
        hide_possible_values = true
    )]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// Characters of a name that are repeated to who typed it.
const LONGEST: usize = 60;

/// There is no page of this name.
#[derive(Debug, thiserror::Error)]
#[error("no finding is called {name:?}; nearest: {nearest}; `why401 explain` lists all")]
pub struct NoPage {
    name: String,
    nearest: String,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let text = match (&arguments.slug, arguments.format) {
        (None, Format::Text) => terminal::index(stdout_screen()),
        (None, Format::Markdown) => page::index(),
        (None, Format::Json) => json::index(),
        (Some(name), format) => one(name, format)?,
    };
    match arguments.format {
        Format::Text => pager::show(&text),
        Format::Markdown | Format::Json => print(text.as_bytes()),
    }
}

fn one(name: &str, format: Format) -> Result<String, NoPage> {
    // As people type it.
    let slug = name.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    let rule = registry::rule(&slug).ok_or_else(|| NoPage {
        name: clean(name, LONGEST),
        nearest: nearest(&slug, registry::RULES.iter().map(|rule| rule.slug)),
    })?;
    Ok(match format {
        Format::Text => terminal::page(rule, stdout_screen()),
        Format::Markdown => page::page(rule),
        Format::Json => json::page(rule),
    })
}

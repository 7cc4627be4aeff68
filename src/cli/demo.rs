//! `why401 demo`: the documented mistakes, one after the other, on a Bitbucket of its own.

use super::Failure;
use super::output::{print, say};
use super::signals::Signals;
use crate::app::EventSink;
use crate::demo::hold::Held;
use crate::demo::logbook::Logbook;
use crate::demo::play::{self, Played};
use crate::demo::selection::{Selection, select};
use crate::demo::show;
use crate::demo::stage::{OPENING_DAY, Stage};
use crate::exit_code::ExitCode;
use crate::output::record::Record;
use crate::telemetry::log::stdout_screen;
use clap::{Args, ValueEnum};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime;

/// How long tasks get to let go of their files; they need a moment only.
const LETTING_GO: Duration = Duration::from_millis(300);

#[derive(Debug, Args)]
pub struct DemoArguments {
    /// Only the stories about this finding (repeatable)
    #[arg(long, value_name = "SLUG")]
    only: Vec<String>,
    /// As text for people, or as an array of objects
    #[arg(
        long,
        value_name = "text|json",
        default_value = "text",
        hide_possible_values = true
    )]
    format: Format,
    /// Play nothing: stay up, and print lines to paste for curl, git and Python
    #[arg(long, conflicts_with_all = ["only", "format"])]
    hold: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub fn run(arguments: DemoArguments) -> Result<ExitCode, Failure> {
    let stories = select(&arguments.only)?;
    let runtime = runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::System)?;
    let code = match arguments.hold {
        true => runtime.block_on(hold()),
        false => runtime.block_on(demo(&stories, arguments.format)),
    };
    // Not in the background: temporary files go with the tasks that hold them.
    runtime.shutdown_timeout(LETTING_GO);
    code
}

async fn demo(stories: &Selection, format: Format) -> Result<ExitCode, Failure> {
    let mut signals = Signals::listen().map_err(Failure::System)?;
    let began = Instant::now();
    let logbook = Logbook::default();
    let stage = tokio::select! {
        stage = Stage::start(OPENING_DAY, logbook.sink()) => stage?,
        signal = signals.next() => return Ok(ExitCode::Killed(signal)),
    };
    let played = tokio::select! {
        played = perform(stories, &stage, format) => Ok(played),
        signal = signals.next() => Err(ExitCode::Killed(signal)),
    };
    stage.end().await;
    let played = match played {
        Ok(played) => played?,
        Err(interrupted) => return Ok(interrupted),
    };
    print(
        match format {
            Format::Text => show::closing(&played, began.elapsed(), stdout_screen()),
            Format::Json => show::json(&played),
        }
        .as_bytes(),
    )?;
    Ok(verdict(&played, &logbook))
}

/// Text appears as it is played; an array can only be written at the end.
async fn perform(
    stories: &Selection,
    stage: &Stage,
    format: Format,
) -> Result<Vec<Played>, Failure> {
    let screen = stdout_screen();
    let is_text = format == Format::Text;
    let mut client = stage.client()?;
    let mut played = Vec::with_capacity(stories.len());
    if is_text {
        print(show::opening(screen).as_bytes())?;
    }
    for story in stories {
        let next = play::play(story, stage, &mut client)
            .await
            .map_err(Failure::Exchange)?;
        if is_text {
            print(show::story(played.len() + 1, &next, screen).as_bytes())?;
        }
        played.push(next);
    }
    Ok(played)
}

fn verdict(played: &[Played], logbook: &Logbook) -> ExitCode {
    let is_logged = logbook.holds(played);
    if !is_logged {
        say("a finding that was told is not in the log; please report it");
    }
    match is_logged && played.iter().all(Played::is_as_told) {
        true => ExitCode::Fine,
        false => ExitCode::Failure,
    }
}

async fn hold() -> Result<ExitCode, Failure> {
    let mut signals = Signals::listen().map_err(Failure::System)?;
    let events: EventSink = Arc::new(|record: Record| {
        let _ = print(record.render(stdout_screen()).as_bytes());
    });
    let held = tokio::select! {
        held = Held::start(events) => held?,
        _ = signals.next() => return Ok(ExitCode::Fine),
    };
    let printed = print(held.lines().as_bytes());
    if printed.is_ok() {
        signals.next().await;
    }
    held.end().await;
    printed
}

//! Where lines go: events to stdout, the proxy's own messages to stderr, both behind bounded queues.

use crate::output;
use crate::output::record::Record;
use crate::output::text::Screen;
use crate::telemetry::EventSink;
use crate::telemetry::message::ForPeople;
use crate::telemetry::scribe::Scribe;
use crate::telemetry::watched::{Watched, events_are_lost};
use std::fmt;
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::{Level, Subscriber};
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::{FormatEvent, FormatFields, Writer};
use tracing_subscriber::fmt::{self as format, FmtContext};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

mod file;

pub use file::NoLogFile;

/// The target of findings; everything else of ours is a message.
const EVENT: &str = "why401::event";
/// Records and lines that wait for a sink that blocks; beyond them they are dropped, never an exchange delayed (H-D8).
const QUEUE: usize = 16 * 1024;

/// What is logged, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// `None`: JSON unless stdout is a terminal.
    pub format: Option<LogFormat>,
    pub level: Level,
    /// Write each finding, also repeats.
    pub every: bool,
    pub show_user_ids: bool,
    /// Takes the events in place of stdout.
    pub file: Option<PathBuf>,
}

impl LogSettings {
    /// The file, where there shall be one.
    ///
    /// # Errors
    /// It cannot be written, or others could read it.
    pub fn open(&self) -> Result<Option<File>, NoLogFile> {
        self.file.as_deref().map(file::open).transpose()
    }
}

/// The two forms of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One object a line.
    Json,
    /// A block for people.
    Pretty,
}

/// How long the end may wait for a sink that takes nothing.
const FLUSH: Duration = Duration::from_secs(2);

/// Writes what is still queued when it is dropped, for at most [`FLUSH`].
pub struct Log {
    /// `None` only while it is dropped.
    ends: Option<Ends>,
}

/// What writes: first the thread that makes lines, then the queues that take them.
struct Ends {
    scribe: Scribe,
    /// Of stdout and of stderr.
    guards: [WorkerGuard; 2],
}

impl Drop for Log {
    fn drop(&mut self) {
        let ends = self.ends.take();
        let (done, is_done) = mpsc::channel();
        // In a thread, because a guard whose queue is full says so on stdout, which may be what is stuck.
        let flushing = thread::Builder::new().spawn(move || {
            if let Some(Ends { scribe, guards }) = ends {
                scribe.end();
                drop(guards);
            }
            // Nobody waits any more when it took too long.
            let _ = done.send(());
        });
        if flushing.is_ok() {
            let _ = is_done.recv_timeout(FLUSH);
        }
    }
}

/// Installs the subscriber and returns the sink of events.
///
/// Only our own records pass, whatever `RUST_LOG` says: dependencies print header values at trace level (H-K2).
pub fn init(settings: &LogSettings, file: Option<File>) -> (EventSink, Log) {
    let (stdout, stdout_guard) = queue(Watched::new(std::io::stdout(), events_are_lost));
    let (stderr, stderr_guard) = queue(std::io::stderr());
    let events = format::layer()
        .event_format(Line)
        .with_writer(stdout)
        .with_filter(Targets::new().with_target(EVENT, settings.level));
    let messages = format::layer().with_ansi(false).with_writer(stderr);
    let messages = if std::io::stderr().is_terminal() {
        let colour = wants_colour();
        messages.event_format(ForPeople { colour }).boxed()
    } else {
        messages.with_target(false).boxed()
    };
    let messages = messages.with_filter(
        Targets::new()
            .with_target("why401", settings.level)
            .with_target(EVENT, Level::ERROR),
    );
    // Fails only where a subscriber is installed already, as in a test of the whole program.
    let _ = tracing_subscriber::registry()
        .with(events)
        .with(messages)
        .try_init();
    let (sink, scribe) = match file {
        Some(file) => Scribe::start(QUEUE, file::writer(file, settings)),
        None => Scribe::start(QUEUE, writer(settings)),
    };
    let guards = [stdout_guard, stderr_guard];
    let ends = Some(Ends { scribe, guards });
    (sink, Log { ends })
}

/// A sink that adds each record to `file` before it goes on to `other`, and what ends the adding.
pub fn also_to(file: File, settings: &LogSettings, other: EventSink) -> (EventSink, Scribe) {
    let (filed, scribe) = Scribe::start(QUEUE, file::writer(file, settings));
    let sink: EventSink = Arc::new(move |record| {
        filed(record.clone());
        other(record);
    });
    (sink, scribe)
}

fn queue(out: impl Write + Send + 'static) -> (NonBlocking, WorkerGuard) {
    NonBlockingBuilder::default()
        .lossy(true)
        .buffered_lines_limit(QUEUE)
        .finish(out)
}

/// What makes a line of each record, and queues it.
fn writer(settings: &LogSettings) -> impl Fn(&Record) + Send + 'static {
    let terminal = std::io::stdout().is_terminal();
    let format = settings.format.unwrap_or(if terminal {
        LogFormat::Pretty
    } else {
        LogFormat::Json
    });
    let colour = terminal && wants_colour();
    move |record| {
        let line = match format {
            LogFormat::Json => record.json(),
            LogFormat::Pretty => Some(record.render(screen(colour))),
        };
        let Some(line) = line.as_deref() else { return };
        match record.level() {
            output::event::Level::Warn => tracing::warn!(target: EVENT, line),
            output::event::Level::Info => tracing::info!(target: EVENT, line),
        }
    }
}

/// Asked anew for each event: windows change.
pub(super) fn screen(colour: bool) -> Screen {
    Screen {
        width: terminal_size::terminal_size().map_or(80, |(width, _)| width.0.into()),
        colour,
    }
}

/// What standard output shows: colours only on a terminal that can, and not where `NO_COLOR` is set.
pub fn stdout_screen() -> Screen {
    match std::io::stdout().is_terminal() {
        true => screen(wants_colour()),
        false => Screen {
            width: 80,
            colour: false,
        },
    }
}

/// What standard error shows, likewise.
pub fn stderr_screen() -> Screen {
    match std::io::stderr().is_terminal() {
        true => Screen {
            width: terminal_size::terminal_size_of(std::io::stderr())
                .map_or(80, |(width, _)| width.0.into()),
            colour: wants_colour(),
        },
        false => Screen {
            width: 80,
            colour: false,
        },
    }
}

fn wants_colour() -> bool {
    let unasked = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    unasked && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// A formatter that writes the one field of an event and nothing else.
struct Line;

impl<S, N> FormatEvent<S, N> for Line
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &tracing::Event<'_>,
    ) -> fmt::Result {
        let mut visitor = Only {
            writer: &mut writer,
            result: Ok(()),
        };
        event.record(&mut visitor);
        visitor.result
    }
}

struct Only<'a, 'w> {
    writer: &'a mut Writer<'w>,
    result: fmt::Result,
}

impl Visit for Only<'_, '_> {
    fn record_str(&mut self, _: &Field, line: &str) {
        // A block for people brings its own line end and the empty line behind it.
        let end = if line.ends_with('\n') { "" } else { "\n" };
        self.result = write!(self.writer, "{line}{end}");
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

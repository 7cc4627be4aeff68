//! The proxy's own messages on a terminal, in the form that findings have there.

use crate::output::clean::clean;
use crate::output::event::rfc3339;
use crate::output::text::notice::{self, Gravity, Notice};
use crate::telemetry::log::screen;
use std::fmt::{self, Write};
use time::UtcDateTime;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::FmtContext;
use tracing_subscriber::fmt::format::{FormatEvent, FormatFields, Writer};
use tracing_subscriber::registry::LookupSpan;

/// Of one value; messages are ours and short, errors of others may not be.
const LONGEST: usize = 400;

/// One block a message.
pub struct ForPeople {
    pub colour: bool,
}

impl<S, N> FormatEvent<S, N> for ForPeople
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut words = Words::default();
        event.record(&mut words);
        let (mark, gravity) = match *event.metadata().level() {
            Level::ERROR => ("error", Gravity::Error),
            Level::WARN => ("warning", Gravity::Warning),
            _ => ("note", Gravity::Note),
        };
        let now = rfc3339(UtcDateTime::now());
        let notice = Notice {
            time: now.get(11..19).unwrap_or_default(),
            mark,
            title: "why401",
            gravity,
            text: &words.message,
            note: &words.fields,
        };
        writer.write_str(&notice::render(notice, screen(self.colour)))
    }
}

/// The message of an event, and its other fields in a row.
#[derive(Default)]
struct Words {
    message: String,
    fields: String,
}

impl Visit for Words {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let value = clean(&format!("{value:?}"), LONGEST);
        if field.name() == "message" {
            self.message = value;
            return;
        }
        let comma = if self.fields.is_empty() { "" } else { ", " };
        // Writing to a string does not fail.
        let _ = write!(self.fields, "{comma}{} {value}", field.name());
    }
}

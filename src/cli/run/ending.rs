//! The last words of a run.

use crate::output::summary::Summary;
use crate::telemetry::log;
use std::io::Write;

/// Writes what there is to say; `said` blocks were written before.
pub fn say(summary: &Summary, said: bool) {
    let text = summary.text(said, log::stderr_screen());
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

//! What leaves the proxy beside exchanges: events, messages, and the tables that hold events back.

mod delayed;
pub mod ids;
pub mod log;
mod message;
pub mod reporter;
mod scribe;
pub mod tally;
mod watched;

use crate::output::record::Record;
use std::sync::Arc;

/// Where events go, at once and on the task of an exchange. Tests pass a collector, `serve` the log.
pub type EventSink = Arc<dyn Fn(Record) + Send + Sync>;

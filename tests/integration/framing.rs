//! Framing of HTTP/1.1 by raw vectors: an origin that records bytes, and a strict parser that judges what became of them.

mod answers;
mod chunks;
mod codings;
mod fields;
mod lengths;
mod lines;
pub mod strict;
mod vector;

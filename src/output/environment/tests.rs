//! The formats, by their rules; `tests/command/env.rs` has the programs read them.

use super::*;

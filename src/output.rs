//! One report, many renderings.

pub mod event;
pub mod field;

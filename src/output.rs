//! One report, many renderings.

pub mod clean;
pub mod event;
pub mod field;
pub mod needed;
pub mod page;
pub mod record;
pub mod text;

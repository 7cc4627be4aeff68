//! One report, many renderings.

pub mod annotation;
pub mod checkup;
pub mod clean;
pub mod environment;
pub mod event;
pub mod field;
pub mod judged;
pub mod needed;
pub mod page;
pub mod pair;
pub mod record;
pub mod summary;
pub mod text;

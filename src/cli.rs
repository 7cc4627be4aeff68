//! To be written.

pub mod ca;

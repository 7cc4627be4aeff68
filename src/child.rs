//! `why401 run`: a child process whose environment leads every common runtime through the proxy.
//!
//! [`environment`] calculates what changes, from values to values; [`files`] writes what that needs into a private
//! folder; [`process`] starts the child and stays out of its way; [`unseen`] says why nothing of it was seen.

pub mod environment;
pub mod files;
pub mod java;
pub mod process;
pub mod settings;
pub mod signals;
pub mod unseen;
pub mod variables;

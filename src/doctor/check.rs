//! The checks that are not about one client's way and roots: one noun each.

pub mod ca;
pub mod clock;
pub mod command;
mod credential;
pub mod git;
pub mod netrc;
pub mod no_proxy;
pub mod parent;
pub mod proxy;
pub mod roots;
pub mod variables;
pub mod verification;

use crate::output::checkup::Finding;

/// The check of what is set in this shell.
const ENVIRONMENT: &str = "environment";

/// An error of another module, `what is wrong; what to do`, as a finding.
fn failed(check: &'static str, error: &str) -> Finding {
    let (text, action) = error.split_once("; ").unwrap_or((error, "why401 ca show"));
    Finding::fail(check, text, action.strip_prefix("run: ").unwrap_or(action))
}

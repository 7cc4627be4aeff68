//! Facts that conflict: which of two readings the sandbox follows, each a switch so that tests run both.

use std::collections::HashSet;

/// A fact with two readings (marked `!`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Disputed {
    /// Basic `x-token-auth` with an access token on REST: refused, or (otherwise) accepted.
    A10,
}

/// The readings taken against the default.
#[derive(Clone, Debug, Default)]
pub struct Reading(pub HashSet<Disputed>);

impl Reading {
    /// True where the less likely reading was asked for.
    pub fn otherwise(&self, fact: Disputed) -> bool {
        self.0.contains(&fact)
    }
}

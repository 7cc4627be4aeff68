//! Observation + past + date → report: a plain function.

use crate::history::Past;
use crate::observation::{Clock, Observation};
use std::borrow::Cow;

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    Possible,
    Likely,
    Proven,
}

/// One finding of a [`Report`].
#[derive(Clone, Debug)]
pub struct Finding {
    pub mistake: &'static str,
    pub certainty: Certainty,
    /// Imperative, at most 140 ASCII characters.
    pub fix: Cow<'static, str>,
}

/// Everything the diagnosis has to say about one observation, best first.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub findings: Vec<Finding>,
}

pub fn diagnose(_seen: &Observation, _past: &Past, _clock: Clock) -> Report {
    todo!()
}

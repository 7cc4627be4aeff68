//! A mistake that can be seen from outside, and how sure it may be called.

use why401::diagnosis::Certainty::{self, Likely, Possible, Proven};

#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pub slug: &'static str,
    /// What the facts grant.
    pub least: Certainty,
    /// What they do not exceed.
    pub most: Certainty,
    /// Has to be among the three that are shown.
    pub must: bool,
}

impl Seen {
    /// It may also go without saying.
    pub const fn perhaps(self) -> Self {
        Self {
            least: Possible,
            must: false,
            ..self
        }
    }
}

pub const fn between(least: Certainty, most: Certainty, slug: &'static str) -> Seen {
    Seen {
        slug,
        least,
        most,
        must: true,
    }
}

pub const fn proven(slug: &'static str) -> Seen {
    between(Proven, Proven, slug)
}

pub const fn likely(slug: &'static str) -> Seen {
    between(Likely, Likely, slug)
}

pub const fn possible(slug: &'static str) -> Seen {
    between(Possible, Possible, slug)
}

//! What a rule file needs, in one line.

pub use super::Target::{All, One};
pub use super::{Advice, Case, Page, Rule};
pub use crate::bitbucket::links;
pub use crate::diagnosis::Certainty::{Likely, Possible, Proven};
pub use crate::diagnosis::example::{Example, Sent};
pub use crate::diagnosis::taxonomy::{Family, Verdict};
pub use crate::evidence::Signal::*;
pub use time::macros::utc_datetime;

//! What the credential may do.

pub mod plan_limit;
pub mod scope_missing;

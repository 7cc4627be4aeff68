//! What the credential may do.

pub mod scope_missing;

//! What the credential may do.

pub mod access_token_outside_its_resource;
pub mod branch_restriction;
pub mod no_access;
pub mod plan_limit;
pub mod scope_missing;
pub mod workspace_policy;
pub mod write_scope_without_read;

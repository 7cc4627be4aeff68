//! All knowledge of the origin: its hosts, dates, endpoints, scopes, words. Nothing else hard-codes it.

pub mod call;
pub mod endpoint;
pub mod error_body;
pub mod links;
pub mod scope;
pub mod timeline;

pub use endpoint::Surface;

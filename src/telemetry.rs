//! What leaves the proxy beside exchanges: events, messages, and the tables that hold events back.

mod delayed;
pub mod ids;
pub mod log;
pub mod reporter;

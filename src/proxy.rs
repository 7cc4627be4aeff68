//! To be written.

pub mod head_gate;

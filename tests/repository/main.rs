//! Tests about the repository itself: its layers, its files, and what must never be in it.
#![allow(
    clippy::unwrap_used,
    reason = "a panic is how a test fails, and clippy counts only #[test] functions as tests"
)]

mod files;
mod imports;
mod layers;
mod paths;
mod sandbox;
mod secrets;
mod security;
mod tree;

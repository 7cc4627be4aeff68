//! The program as a script sees it: exit codes, streams, lines.
#![allow(
    clippy::unwrap_used,
    reason = "a panic is how a test fails, and clippy counts only #[test] functions as tests"
)]

mod ca;
mod confined;
mod demo;
mod diagnose;
mod doctor;
mod doctor_secrets;
mod doctor_setup;
mod documentation;
mod env;
mod env_formats;
mod explain;
mod onboarding;
mod refusals;
mod run;
mod run_child;
mod run_environment;
mod run_findings;
mod run_terminal;
mod sandbox;
mod scopes;
mod serve;
mod serving;
mod streams;
mod terminal;
mod trust;

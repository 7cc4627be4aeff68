//! The proxy as its clients and origins see it: each file is one topic, each test one behaviour.
#![allow(
    clippy::unwrap_used,
    reason = "a panic is how a test fails, and clippy counts only #[test] functions as tests"
)]

mod admin;
mod annotate;
mod answers;
mod authority;
mod canaries;
mod certificates;
mod clients;
mod connect;
mod distrust;
mod expect;
mod fail_open;
mod faults;
mod fields;
mod finding;
mod form;
mod framing;
mod generated;
mod handshake;
mod heads;
mod history;
mod http2;
mod intercept;
mod isolation;
mod kit;
mod limits;
mod log_values;
mod onboarding;
mod origin_chains;
mod origin_hello;
mod origin_tls;
mod parent;
mod pipelining;
mod plain;
mod pool;
mod practice;
mod produced;
mod request;
mod response;
mod retry;
mod revoked;
mod sandbox;
mod scan;
mod schema;
mod secrets;
mod shutdown;
mod strange_connects;
mod streaming;
mod support;
mod target;
mod trailers;
mod two_readings;
mod untouched;
mod upgrade;

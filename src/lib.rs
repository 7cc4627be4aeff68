//! why401: a TLS-intercepting forward proxy that names the credential mistake behind a refused request.

pub mod app;
pub mod bitbucket;
pub mod challenge;
pub mod cli;
pub mod config;
pub mod credentials;
pub mod diagnosis;
pub mod evidence;
pub mod exit_code;
pub mod history;
pub mod host;
pub mod metrics;
pub mod observation;
pub mod output;
pub mod proxy;
pub mod secret;
pub mod telemetry;
pub mod tls;

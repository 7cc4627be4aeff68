//! The flags of `why401 sandbox`.

use crate::config::parse;
use crate::sandbox::date;
use crate::sandbox::reading::Disputed;
use clap::{Args, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;
use time::UtcDateTime;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Where to listen; port 0 means any. Another address than loopback lets other machines in
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:8403", value_parser = parse::address)]
    pub listen: SocketAddr,
    /// The date it lives in, for example 2026-06-15T00:05Z; now without it
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub at: Option<UtcDateTime>,
    /// Where to write its root certificate, which clients must trust
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    /// Where to write its credentials as JSON, mode 0600, once it listens
    #[arg(long, value_name = "FILE")]
    pub credentials_file: Option<PathBuf>,
    /// Print its credentials on standard output: table, json or env
    #[arg(long, value_name = "FORM", hide_possible_values = true)]
    pub print_credentials: Option<Format>,
    /// More credentials and switches, as TOML
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Take the less likely reading of a fact, for example A10 (repeatable)
    #[arg(long, value_name = "FACT")]
    pub disputed: Vec<Disputed>,
}

/// A form for credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: what there is, one a line.
    Table,
    /// As the credentials file has it.
    Json,
    /// Lines for a shell.
    Env,
}

//! `why401 doctor`: what keeps calls from the proxy, or the proxy from being trusted, before one is made.

use super::Failure;
use super::output::print;
use crate::app;
use crate::child::variables::Variables;
use crate::config::{self, CaStore, Config, ConfigError, FolderFlags, SharedFlags};
use crate::doctor::client::Client;
use crate::doctor::gather::{Request, gather};
use crate::doctor::machine::Settings;
use crate::exit_code::ExitCode;
use crate::host::target::{Host, Target};
use crate::output::checkup::{Finding, Status, json, text};
use crate::output::clean::clean;
use crate::telemetry::log::stdout_screen;
use crate::{cli::banner::reachable, doctor};
use clap::{Args, ValueEnum};
use std::ffi::OsString;
use std::net::SocketAddr;
use time::UtcDateTime;
use tokio::runtime;

/// Of a name that is repeated to who typed it.
const LONGEST: usize = 60;

/// What was asked for.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Only what concerns this client: curl, git, wget, python (requests too), node, deno, java, go, ruby, perl, php or cargo
    #[arg(long, value_name = "NAME", value_parser = client)]
    client: Option<Client>,
    /// For people, or as an array for programs
    #[arg(
        long,
        value_name = "text|json",
        default_value = "text",
        hide_possible_values = true
    )]
    format: Format,
    /// A command, and why nothing of it would be seen
    #[arg(value_name = "CMD", last = true)]
    command: Vec<OsString>,
    #[command(flatten)]
    shared: SharedFlags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let format = arguments.format;
    let request = request(arguments)?;
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Failure::System)?;
    let machine = runtime.block_on(gather(request));
    // A name lookup that hangs in its thread must not hold the exit.
    runtime.shutdown_background();
    let findings = doctor::examine(&machine);
    let page = match format {
        Format::Text => text(&findings, stdout_screen()),
        Format::Json => json(&findings),
    };
    print(page.as_bytes())?;
    let has_failed = |finding: &Finding| finding.status == Status::Fail;
    Ok(match findings.iter().any(has_failed) {
        true => ExitCode::Failure,
        false => ExitCode::Fine,
    })
}

fn request(arguments: Arguments) -> Result<Request, Failure> {
    let flags = arguments.shared.0;
    // An address that fits no parent proxy is a finding here, not the end.
    let (config, bad_parent) = match config::load(flags.clone()) {
        Err(ConfigError::Refused(line)) => (config::load_without_parent(flags)?, Some(line)),
        config => (config?, None),
    };
    let Config {
        ca: CaStore::Directory(ca_folder),
        parent,
        intercept,
        ..
    } = config
    else {
        unreachable!("only `run` and `demo` keep a CA in memory")
    };
    Ok(Request {
        now: UtcDateTime::now(),
        client: arguments.client,
        variables: Variables::of_this_process(),
        settings: Settings {
            listen: target(config.listen),
            is_other_folder: config::ca_folder(FolderFlags::default().0)
                .map_or(true, |usual| usual != ca_folder),
            ca_folder,
            hosts: intercept.into_iter().map(|pattern| pattern.host).collect(),
            bad_parent,
        },
        admin: config.admin_listen.map(target),
        parent,
        command: arguments.command,
        key: app::key_for_this_run()?,
    })
}

/// Where a client of this machine connects.
fn target(address: SocketAddr) -> Target {
    let address = reachable(address);
    Target {
        host: Host::Ip(address.ip()),
        port: address.port(),
    }
}

fn client(name: &str) -> Result<Client, String> {
    let names = Client::ALL.map(Client::name).join(", ");
    Client::of_name(&name.to_ascii_lowercase()).ok_or_else(|| {
        let name = clean(name, LONGEST);
        format!("no client {name} is known; there are {names}")
    })
}

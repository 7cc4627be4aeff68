//! `why401 env`: what leads a shell, a job or a service through a proxy that runs already.

mod address;
mod files;
mod lines;
mod notes;
mod place;
mod previous;

use super::Failure;
use super::output::{print, say};
use super::write::WriteError;
use crate::child::variables::Variables;
use crate::config::{self, ClientFlags};
use crate::exit_code::ExitCode;
use crate::output::environment::{Format, Unwritable, undone};
use crate::tls::authority::{self, AuthorityError, pem_of, shell};
use address::Address;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use lines::Request;
use place::Place;
use previous::Previous;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct Arguments {
    #[arg(
        long,
        value_name = "NAME",
        value_parser = formats(),
        hide_possible_values = true,
        help = "Who reads it, see below [default: the shell of $SHELL, else sh]"
    )]
    format: Option<Format>,
    /// Where clients reach the proxy [default: http:// and what --listen says]
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// Where the files will lie, when another machine reads it
    #[arg(long, value_name = "DIR")]
    folder: Option<String>,
    /// Take back what this shell was given
    #[arg(long, conflicts_with_all = ["proxy", "folder"])]
    unset: bool,
    #[command(flatten)]
    shared: ClientFlags,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name)).try_map(|name| name.parse::<Format>())
}

/// Why there is nothing to evaluate, in one line.
#[derive(Debug, thiserror::Error)]
pub enum EnvError {
    #[error("--proxy: {0}")]
    Proxy(&'static str),
    #[error("--unset: nobody evaluates {0}, so there is nothing to take back")]
    NoShell(Format),
    #[error("no proxy answers at {0}; start it in another terminal: why401 serve")]
    NoProxy(Address),
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    #[error("cannot make the folder {}: {source}; choose a writable one with --state-dir, and name the CA with --ca-dir", shell(.folder))]
    Folder { folder: PathBuf, source: io::Error },
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("{0} is not UTF-8; choose another folder with --state-dir")]
    NotText(&'static str),
    #[error("{0}")]
    NoStore(String),
    #[error(transparent)]
    Unwritable(#[from] Unwritable),
}

impl EnvError {
    /// Whether the command line is at fault (exit code 2); else something failed (1).
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Proxy(_) | Self::NoShell(_))
    }
}

/// Prints the text; where there is none, what makes the shell stop that evaluates it.
pub fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let user = Variables::of_this_process();
    let of_shell = || Format::of_shell(&user.text("SHELL").unwrap_or_default());
    let format = arguments.format.unwrap_or_else(of_shell);
    let made = match arguments.unset {
        true => taken_back(format, &user).map_err(Failure::from),
        false => text(arguments, format, &user),
    };
    // Who sees the lines does not evaluate them.
    let is_seen = io::stdout().is_terminal();
    match made {
        Ok(text) => {
            if let Some([to_use, to_undo]) = format.evaluated().filter(|_| is_seen) {
                say(&format!(
                    "to use these lines: {to_use}, and back: {to_undo}"
                ));
            }
            print(text.as_bytes())
        }
        Err(failure) if is_seen => Err(failure),
        Err(failure) => {
            print(format.failing().unwrap_or_default().as_bytes())?;
            Err(failure)
        }
    }
}

fn taken_back(format: Format, user: &Variables) -> Result<String, EnvError> {
    let previous = Previous::of(user);
    if previous.given.is_empty() {
        say("this shell has nothing of why401 env");
        return Ok(String::new());
    }
    undone(format, &previous.given, &previous.kept).ok_or(EnvError::NoShell(format))
}

fn text(arguments: Arguments, format: Format, user: &Variables) -> Result<String, Failure> {
    let mut clients = config::of_clients(arguments.shared.0)?;
    // As under `run`: git prints what is wrong.
    clients.hosts.push("bitbucket.org".to_owned());
    let address = Address::of(arguments.proxy.as_deref(), clients.listen)?;
    let place = Place::of(format, arguments.folder);
    // Before the CA: where none was made yet, the start of the proxy makes it.
    probe(format, &address, &place)?;
    let found = authority::public(&clients.ca).map_err(EnvError::from)?;
    let request = Request {
        format,
        clients: &clients,
        address: &address,
        root: &pem_of(&found.roots),
        place: &place,
    };
    Ok(request.text(user)?)
}

/// What is evaluated now needs an answer now; what is kept in a file may wait for it.
fn probe(format: Format, address: &Address, place: &Place) -> Result<(), EnvError> {
    if place.is_elsewhere() && address.is_loopback() {
        say(&format!(
            "{address} means the very machine that reads this; name the address by which another one, or a container, reaches the proxy: --proxy http://HOST:PORT"
        ));
    }
    match address.answers() {
        true => Ok(()),
        false if format.failing().is_some() && !place.is_elsewhere() => {
            Err(EnvError::NoProxy(address.clone()))
        }
        false => {
            say(&format!("no proxy answers at {address} from here"));
            Ok(())
        }
    }
}

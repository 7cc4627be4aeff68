//! The clients that are known, and whether each would come to the proxy and trust it.

mod curl;
mod deno;
mod git;
mod go;
pub mod java;
mod line;
mod node;
mod perl;
mod php;
mod python;
mod route;
mod ruby;
mod trust;
mod wget;

use super::machine::Machine;
use crate::output::checkup::Finding;

/// A program or runtime that makes calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Client {
    Curl,
    Git,
    Wget,
    Python,
    Node,
    Deno,
    Java,
    Go,
    Ruby,
    Perl,
    Php,
    Cargo,
}

use Client::*;

impl Client {
    pub const ALL: [Self; 12] = [
        Curl, Git, Wget, Python, Node, Deno, Java, Go, Ruby, Perl, Php, Cargo,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Curl => "curl",
            Git => "git",
            Wget => "wget",
            Python => "python",
            Node => "node",
            Deno => "deno",
            Java => "java",
            Go => "go",
            Ruby => "ruby",
            Perl => "perl",
            Php => "php",
            Cargo => "cargo",
        }
    }

    /// The name of its program on the PATH.
    pub fn program(self) -> &'static str {
        match self {
            Python => "python3",
            other => other.name(),
        }
    }

    /// The client that people mean by this name: its own, or that of a tool that runs on it.
    pub fn of_name(name: &str) -> Option<Self> {
        let own = |client: &Self| client.name() == name;
        Self::ALL.into_iter().find(own).or(match name {
            "python3" | "requests" | "httpx" | "urllib" | "aiohttp" | "pip" => Some(Python),
            "npm" | "npx" | "yarn" | "pnpm" | "axios" => Some(Node),
            "mvn" | "maven" | "gradle" | "gradlew" => Some(Java),
            _ => None,
        })
    }

    /// Whether its calls are led by `HTTPS_PROXY` or `https_proxy`.
    pub fn reads_proxy_variables(self) -> bool {
        self != Java
    }
}

/// A line for each client that is here, or that was asked for.
pub fn check(machine: &Machine) -> Vec<Finding> {
    // Without a CA and a way to the proxy each line would say the same, which the general checks have said.
    let is_nothing_set_up = machine.ca.root.is_none() && route::is_unset(machine);
    if machine.is_for_run() || is_nothing_set_up && machine.client.is_none() {
        return Vec::new();
    }
    let is_asked_for = |client: &Client| machine.client.is_none_or(|asked| asked == *client);
    let clients = Client::ALL.into_iter().filter(is_asked_for);
    clients.flat_map(|client| of(client, machine)).collect()
}

fn of(client: Client, machine: &Machine) -> Vec<Finding> {
    if !machine.found.contains(&client) {
        return match machine.client {
            Some(_) => vec![missing(client)],
            None => Vec::new(),
        };
    }
    match client {
        Curl => curl::check(machine),
        Git => git::check(machine),
        Wget => wget::check(machine),
        Python => python::check(machine),
        Node => node::check(machine),
        Deno => deno::check(machine),
        Java => java::check(machine),
        Go => go::check(machine),
        Ruby => ruby::check(machine),
        Perl => perl::check(machine),
        Php => php::check(machine),
        Cargo => curl::cargo(machine),
    }
}

fn missing(client: Client) -> Finding {
    let program = client.program();
    Finding::warn(
        client.name(),
        format!("there is no {program} on the PATH, so that nothing is known of it"),
        "run this where the client runs",
    )
}

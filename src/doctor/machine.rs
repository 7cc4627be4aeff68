//! What was read of a machine, as a value: every judgement is made from it alone.

mod parts;

pub use parts::*;

use super::client::Client;
use crate::child::variables::Variables;
use crate::host::target::{Host, Target};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use time::UtcDateTime;

/// Everything that the checks depend on.
pub struct Machine {
    pub now: UtcDateTime,
    /// Limits the checks to what concerns this one.
    pub client: Option<Client>,
    pub variables: Variables,
    pub settings: Settings,
    /// What answers at the addresses that are named as proxies.
    pub answers: BTreeMap<String, Answer>,
    /// What `/readyz` of the admin listener says.
    pub readiness: Option<Readiness>,
    pub ca: Ca,
    /// The files of roots that something names, and what is in them.
    pub bundles: BTreeMap<PathBuf, Bundle>,
    /// The roots that the system keeps for everybody.
    pub system: Bundle,
    /// Clients that this machine has.
    pub found: BTreeSet<Client>,
    /// What only these know.
    pub runtimes: Runtimes,
    pub wgetrc: Wgetrc,
    /// The file of curl's settings, and those of them that win over variables.
    pub curlrc: Option<(PathBuf, Vec<String>)>,
    pub java: Option<Java>,
    pub git: Git,
    /// Credentials that lie on this machine and that a client uses on its own.
    pub stored: Vec<Stored>,
    /// What answers at the parent proxy.
    pub parent: Option<Parent>,
    pub command: Option<Command>,
}

impl Machine {
    /// Nothing has to be set up for it: there is a command, and no proxy that it could have been set up for.
    pub fn is_for_run(&self) -> bool {
        self.command.is_some()
            && !self
                .answers
                .values()
                .any(|answer| *answer == Answer::Why401)
    }

    pub fn answer(&self, target: &Target) -> Answer {
        let answer = self.answers.get(&target.to_string());
        answer.copied().unwrap_or(Answer::Nobody)
    }

    /// Whether this address is the proxy, or the place where it would be.
    pub fn is_ours(&self, target: &Target) -> bool {
        self.answer(target) == Answer::Why401 || is_same(target, &self.settings.listen)
    }

    /// Where clients should go: the why401 that a variable names, else the place of its settings.
    pub fn place(&self) -> Target {
        let listen = &self.settings.listen;
        let named = ["https_proxy", "HTTPS_PROXY"].into_iter().find_map(|name| {
            let target = self.named(name)?.target;
            (self.answer(&target) == Answer::Why401).then_some(target)
        });
        named
            .filter(|_| self.answer(listen) != Answer::Why401)
            .unwrap_or_else(|| listen.clone())
    }

    /// The proxy that a variable names.
    pub fn named(&self, variable: &str) -> Option<Named> {
        Named::parse(&self.variables.text(variable)?)
    }

    pub fn bundle(&self, path: &Path) -> &Bundle {
        self.bundles.get(path).unwrap_or(&Bundle::Missing)
    }

    /// The root certificate as an argument of a shell.
    pub fn root(&self) -> String {
        let file = self.ca.root.as_deref();
        file.map_or_else(
            || "\"$(why401 ca path)\"".to_owned(),
            crate::tls::authority::shell,
        )
    }

    /// What puts the root into a store of this machine.
    pub fn trust_in(&self, store: &str) -> String {
        let folder = crate::tls::authority::shell(&self.settings.ca_folder);
        match self.settings.is_other_folder {
            true => format!("why401 ca trust --store {store} --ca-dir {folder}"),
            false => format!("why401 ca trust --store {store}"),
        }
    }
}

/// `localhost` and the addresses of loopback are one place.
pub fn is_same(one: &Target, other: &Target) -> bool {
    let is_local = |host: &Host| match host {
        Host::Name(name) => name == "localhost",
        Host::Ip(address) => address.is_loopback() || address.is_unspecified(),
    };
    one == other || one.port == other.port && is_local(&one.host) && is_local(&other.host)
}

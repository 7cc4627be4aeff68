//! Reading this machine: files, a few questions to its own programs, and a word with the proxies that are named.

mod answer;
mod bundles;
mod ca;
mod git;
mod git_settings;
mod java;
mod netrc;
mod program;
mod runtimes;
mod settings;
mod stored;

use super::client::Client;
use super::client::java::proxy;
use super::machine::{Command, Machine, Named, Parent, Settings};
use crate::child::unseen::words;
use crate::child::variables::Variables;
use crate::host;
use crate::host::target::Target;
use crate::secret::FingerprintKey;
use answer::{answer, answer_of_parent, readiness};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use time::UtcDateTime;

/// Variables that name a proxy.
const PROXIES: [&str; 8] = [
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
    "CARGO_HTTP_PROXY",
    "npm_config_https_proxy",
];

/// What the reading starts from.
pub struct Request {
    pub now: UtcDateTime,
    pub client: Option<Client>,
    pub variables: Variables,
    pub settings: Settings,
    /// Of the admin listener, if there is one.
    pub admin: Option<Target>,
    pub parent: Option<host::Parent>,
    /// Empty where no command was given.
    pub command: Vec<OsString>,
    /// Nothing that is shown depends on it.
    pub key: FingerprintKey,
}

/// Reads everything, what takes long at the same time.
pub async fn gather(request: Request) -> Machine {
    let Request {
        now,
        client,
        variables,
        settings,
        admin,
        parent,
        command,
        key,
    } = request;
    let found = found(&variables);
    let ca = ca::read(&settings, now);
    let targets = targets(&variables, &settings);
    let (answers, readiness, parent, git, runtimes) = tokio::join!(
        answers(targets),
        readiness(admin.as_ref()),
        with_answer(parent),
        git::ask(&variables, &found, &key),
        runtimes::ask(&variables, &found),
    );
    let (git, mut stored) = git;
    stored.extend(netrc::stored(&variables, &key));
    let mut machine = Machine {
        now,
        client,
        answers,
        readiness,
        bundles: BTreeMap::new(),
        system: bundles::system(ca.root.as_deref()),
        runtimes,
        wgetrc: settings::wgetrc(&variables),
        curlrc: settings::curlrc(&variables),
        java: None,
        git,
        stored,
        parent,
        command: asked_for(&command, &variables),
        ca,
        found,
        settings,
        variables,
    };
    machine.bundles = bundles::read(&machine);
    machine.java = java::store(&machine);
    machine
}

fn found(variables: &Variables) -> BTreeSet<Client> {
    let is_here = |client: &Client| {
        let has_home = *client == Client::Java && variables.get("JAVA_HOME").is_some();
        has_home || variables.find(OsStr::new(client.program())).is_some()
    };
    Client::ALL.into_iter().filter(is_here).collect()
}

/// Every address that is named as a proxy, and the one where ours should be.
fn targets(variables: &Variables, settings: &Settings) -> Vec<Target> {
    let named = PROXIES.iter().filter_map(|name| variables.text(name));
    let named = named.filter_map(|value| Named::parse(&value));
    let java = variables.text("JAVA_TOOL_OPTIONS");
    let java = java.and_then(|options| proxy(&options));
    let mut targets = vec![settings.listen.clone()];
    for Named { target, .. } in named.chain(java) {
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    targets
}

async fn answers(targets: Vec<Target>) -> BTreeMap<String, super::machine::Answer> {
    let asked: Vec<_> = targets
        .into_iter()
        .map(|target| tokio::spawn(async move { (target.to_string(), answer(&target).await) }))
        .collect();
    let mut answers = BTreeMap::new();
    for task in asked {
        // A task that panicked has learnt nothing.
        answers.extend(task.await.ok());
    }
    answers
}

async fn with_answer(parent: Option<host::Parent>) -> Option<Parent> {
    let proxy = parent?.proxy;
    Some(Parent {
        answer: answer_of_parent(&proxy.target, proxy.tls).await,
        has_credentials: proxy.credentials.is_some(),
        named: Named {
            target: proxy.target,
            tls: proxy.tls,
        },
    })
}

fn asked_for(command: &[OsString], variables: &Variables) -> Option<Command> {
    let program = command.first()?;
    let text: Vec<_> = command.iter().map(|word| word.to_string_lossy()).collect();
    Some(Command {
        words: words(text.iter().map(AsRef::as_ref)),
        is_found: variables.find(program).is_some_and(|file| file.is_file()),
        program: program.to_string_lossy().into_owned(),
    })
}

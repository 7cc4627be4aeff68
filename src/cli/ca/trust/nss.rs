//! NSS databases: those of Chromium, of Firefox and of what else uses NSS, a folder each, changed by certutil.

use super::machine::{Machine, folders_in};
use super::mark::{Mark, Root};
use super::place::{Hindrance, Listing, Place, Store};
use super::plan::{Action, Call};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Below the home: databases, and folders of profiles that are databases.
const DATABASES: [&str; 2] = [".pki/nssdb", "snap/chromium/current/.pki/nssdb"];
const PROFILES: [&str; 5] = [
    ".mozilla/firefox",
    ".config/mozilla/firefox",
    "snap/firefox/common/.mozilla/firefox",
    ".var/app/org.mozilla.firefox/.mozilla/firefox",
    "Library/Application Support/Firefox/Profiles",
];

struct Database {
    folder: PathBuf,
    certutil: Option<PathBuf>,
    /// How to get certutil here.
    package: &'static str,
}

pub(super) fn places(machine: &Machine) -> Vec<Box<dyn Place>> {
    let Some(home) = &machine.home else {
        return Vec::new();
    };
    let home = machine.below(home);
    let profiles = PROFILES
        .iter()
        .flat_map(|parent| folders_in(&home.join(parent)));
    let folders = DATABASES
        .iter()
        .map(|folder| home.join(folder))
        .chain(profiles);
    // cert8.db is of before 2014, and no client of today reads it.
    let databases = folders.filter(|folder| folder.join("cert9.db").is_file());
    let certutil = machine.tool("certutil");
    let package = package(machine);
    databases
        .map(|folder| {
            Box::new(Database {
                folder,
                certutil: certutil.clone(),
                package,
            }) as Box<dyn Place>
        })
        .collect()
}

fn package(machine: &Machine) -> &'static str {
    let installers = [
        ("apt-get", "sudo apt-get install libnss3-tools"),
        ("dnf", "sudo dnf install nss-tools"),
        ("apk", "sudo apk add nss-tools"),
        ("brew", "brew install nss"),
    ];
    let found = installers
        .iter()
        .find(|(tool, _)| machine.tool(tool).is_some());
    found.map_or("install certutil of NSS", |(_, command)| command)
}

impl Database {
    fn call(&self, action: &str) -> Call {
        let mut database = OsString::from("sql:");
        database.push(&self.folder);
        let certutil = self.certutil.as_deref().unwrap_or(Path::new("certutil"));
        Call::new(certutil, [action, "-d"]).and(database)
    }
}

impl Place for Database {
    fn store(&self) -> Store {
        Store::Nss
    }

    fn path(&self) -> &Path {
        &self.folder
    }

    fn hindrance(&self) -> Option<Hindrance> {
        let missing = Hindrance::Missing("certutil", self.package);
        self.certutil.is_none().then_some(missing)
    }

    fn listing(&self) -> Listing {
        Listing::Output(self.call("-L"))
    }

    /// Our names hold no blank; what follows them is the trust.
    fn ours(&self, printed: &str, mark: &Mark) -> Vec<String> {
        let names = printed
            .lines()
            .filter_map(|line| line.split_whitespace().next());
        names
            .filter(|name| mark.names(name))
            .map(str::to_owned)
            .collect()
    }

    fn add(&self, root: &Root) -> Vec<Action> {
        // C: may sign for servers; nothing for mail and code.
        let call = self
            .call("-A")
            .and("-n")
            .and(&root.name)
            .and("-t")
            .and("C,,");
        vec![Action::Run(call.and("-i").and(&root.file))]
    }

    fn remove(&self, names: &[String]) -> Vec<Action> {
        let calls = names.iter().map(|name| self.call("-D").and("-n").and(name));
        calls.map(Action::Run).collect()
    }
}

//! The `cacerts` of the Java installations, changed by keytool.

use super::machine::{Machine, folders_in, is_program};
use super::mark::{Mark, Root};
use super::place::{Hindrance, Listing, Place, Store};
use super::plan::{Action, Call};
use crate::tls::authority::STORE_PASSWORD;
use rustix::fs::{Access, access};
use std::path::{Path, PathBuf};

/// Up to Java 8 the runtime lies in a folder of its own.
const CACERTS: [&str; 2] = ["lib/security/cacerts", "jre/lib/security/cacerts"];
const KEYTOOL: [&str; 2] = ["bin/keytool", "jre/bin/keytool"];

struct Cacerts {
    /// Without links: several installations may share one.
    file: PathBuf,
    home: PathBuf,
    keytool: Option<PathBuf>,
    is_writable: bool,
    is_written_by_system: bool,
}

pub(super) fn places(machine: &Machine) -> Vec<Box<dyn Place>> {
    let mut found: Vec<Cacerts> = Vec::new();
    for home in homes(machine) {
        let one = Cacerts::of(machine, home);
        found.extend(one.filter(|one| found.iter().all(|other| other.file != one.file)));
    }
    // Who names one Java means that one; that of the system goes with the system's store.
    let named = machine.java_home.as_ref().map(|home| machine.below(home));
    found.retain(|one| {
        let is_named = named.as_ref().is_none_or(|home| one.home == *home);
        is_named || one.is_written_by_system
    });
    found
        .into_iter()
        .map(|one| Box::new(one) as Box<dyn Place>)
        .collect()
}

/// Where Java may lie; the one that was asked for comes first.
fn homes(machine: &Machine) -> Vec<PathBuf> {
    let on_path = machine
        .tool("java")
        .and_then(|java| java.canonicalize().ok());
    let of_path = on_path.and_then(|java| Some(java.parent()?.parent()?.to_owned()));
    let of_macos = folders_in(&machine.below("/Library/Java/JavaVirtualMachines"));
    let asked_for = machine.java_home.iter().map(|home| machine.below(home));
    asked_for
        .chain(of_path)
        .chain(folders_in(&machine.below("/usr/lib/jvm")))
        .chain(
            of_macos
                .into_iter()
                .map(|bundle| bundle.join("Contents/Home")),
        )
        .collect()
}

impl Cacerts {
    fn of(machine: &Machine, home: PathBuf) -> Option<Self> {
        let file = CACERTS
            .iter()
            .find_map(|file| home.join(file).canonicalize().ok())?;
        let own = KEYTOOL
            .iter()
            .map(|tool| home.join(tool))
            .find(|tool| is_program(tool));
        Some(Self {
            keytool: own.or_else(|| machine.tool("keytool")),
            is_writable: access(&file, Access::WRITE_OK).is_ok(),
            // Both Debian and Fedora keep it there, a link in the installation leading to it.
            is_written_by_system: file.starts_with(machine.below("/etc")),
            file,
            home,
        })
    }

    fn call(&self, action: &str) -> Call {
        let keytool = self.keytool.as_deref().unwrap_or(Path::new("keytool"));
        // What it prints is read, so it shall be English.
        let call = Call::new(keytool, ["-J-Duser.language=en", action, "-keystore"]);
        call.and(&self.file).and("-storepass").and(STORE_PASSWORD)
    }
}

impl Place for Cacerts {
    fn store(&self) -> Store {
        Store::Java
    }

    fn path(&self) -> &Path {
        &self.file
    }

    fn hindrance(&self) -> Option<Hindrance> {
        if self.keytool.is_none() {
            return Some(Hindrance::Missing(
                "keytool",
                "install a JDK, or set JAVA_HOME to one",
            ));
        }
        let variables = vec![("JAVA_HOME", self.home.clone())];
        (!self.is_writable).then_some(Hindrance::Root(variables))
    }

    fn listing(&self) -> Listing {
        Listing::Output(self.call("-list"))
    }

    /// `alias, Nov 25, 2026, trustedCertEntry,` and on the next line the fingerprint.
    fn ours(&self, printed: &str, mark: &Mark) -> Vec<String> {
        let lines: Vec<&str> = printed.lines().collect();
        let entries = lines.iter().enumerate().filter_map(|(at, line)| {
            let (before, _) = line.split_once(", trustedCertEntry")?;
            // The date holds one comma, an alias may hold any number.
            let alias = before.rsplitn(3, ", ").last()?;
            let next = lines.get(at + 1).copied().unwrap_or_default();
            (mark.names(alias) || mark.fingerprint_is_in(next)).then(|| alias.to_owned())
        });
        entries.collect()
    }

    fn add(&self, root: &Root) -> Vec<Action> {
        let call = self
            .call("-importcert")
            .and("-noprompt")
            .and("-alias")
            .and(&root.name);
        vec![Action::Run(call.and("-file").and(&root.file))]
    }

    fn remove(&self, names: &[String]) -> Vec<Action> {
        let calls = names
            .iter()
            .map(|name| self.call("-delete").and("-alias").and(name));
        calls.map(Action::Run).collect()
    }

    fn is_written_by_system(&self) -> bool {
        self.is_written_by_system
    }
}

//! The trust store that a JVM would read.

use super::bundles::own;
use crate::child::java::store::{self, home};
use crate::child::java::{STORE_PASSWORD, jks, property};
use crate::doctor::client::Client;
use crate::doctor::client::java::options;
use crate::doctor::machine::{Bundle, Java, Machine};
use std::fs;
use std::path::{Path, PathBuf};

/// In the order in which a JVM looks for them.
const OF_INSTALLATION: [&str; 3] = [
    "lib/security/jssecacerts",
    "lib/security/cacerts",
    "jre/lib/security/cacerts",
];

/// `None` without Java, or where its store is not found.
pub fn store(machine: &Machine) -> Option<Java> {
    let (variables, options) = (&machine.variables, &options(machine));
    let root = machine.ca.root.as_deref();
    if !machine.found.contains(&Client::Java) {
        return None;
    }
    let named = property(options, "javax.net.ssl.trustStore").map(PathBuf::from);
    let is_named = named.is_some();
    let store = named.or_else(|| of_installation(&home(variables)?))?;
    let password = property(options, "javax.net.ssl.trustStorePassword");
    let password = password.as_deref().unwrap_or(STORE_PASSWORD);
    Some(Java {
        is_named,
        needs_password: fs::read(&store).is_ok_and(|bytes| !jks::is_jks(&bytes)),
        holds: holds(&store, password, root),
        store,
    })
}

fn of_installation(home: &Path) -> Option<PathBuf> {
    let files = OF_INSTALLATION.iter().map(|file| home.join(file));
    files.into_iter().find(|file| file.is_file())
}

fn holds(file: &Path, password: &str, root: Option<&Path>) -> Bundle {
    let Some(trusted) = store::read(file, password) else {
        return match file.exists() {
            true => Bundle::Unreadable("not a store of this password".into()),
            false => Bundle::Missing,
        };
    };
    let own = own(root);
    let is_own = |der: &Vec<u8>| own.as_ref().is_some_and(|own| **own == **der);
    Bundle::Read {
        ours: trusted.iter().any(is_own),
        is_folder: false,
    }
}

//! The login keychain of macOS, which is one user's, changed by `security`.

use super::machine::Machine;
use super::mark::{COMMON_NAME, Mark, Root};
use super::place::{Hindrance, Listing, Place, Store};
use super::plan::{Action, Call};
use std::path::{Path, PathBuf};

struct Keychain {
    file: PathBuf,
    security: PathBuf,
}

pub(super) fn places(machine: &Machine) -> Vec<Box<dyn Place>> {
    let keychain = || {
        let home = machine.below(machine.home.as_ref()?);
        let file = home.join("Library/Keychains/login.keychain-db");
        Some(Keychain {
            file: Some(file).filter(|file| file.is_file())?,
            security: machine.tool("security")?,
        })
    };
    let found = keychain().map(|keychain| Box::new(keychain) as Box<dyn Place>);
    found.into_iter().collect()
}

impl Place for Keychain {
    fn store(&self) -> Store {
        Store::System
    }

    fn path(&self) -> &Path {
        &self.file
    }

    fn hindrance(&self) -> Option<Hindrance> {
        None
    }

    fn listing(&self) -> Listing {
        let arguments = ["find-certificate", "-a", "-Z", "-c", COMMON_NAME];
        Listing::Output(Call::new(&self.security, arguments).and(&self.file))
    }

    /// An entry has no name of our choice here: all roots of why401 are this user's, and so ours.
    fn ours(&self, printed: &str, _mark: &Mark) -> Vec<String> {
        let hashes = printed
            .lines()
            .filter_map(|line| line.strip_prefix("SHA-256 hash: "));
        hashes.map(|hash| hash.trim().to_owned()).collect()
    }

    fn is_current(&self, name: &str, root: &Root) -> bool {
        root.certificate.fingerprint().replace(':', "") == name
    }

    fn add(&self, root: &Root) -> Vec<Action> {
        let arguments = ["add-trusted-cert", "-r", "trustRoot", "-p", "ssl", "-k"];
        let call = Call::new(&self.security, arguments).and(&self.file);
        vec![Action::Run(call.and(&root.file))]
    }

    /// `-t` takes the trust along, which is kept apart from the certificate.
    fn remove(&self, names: &[String]) -> Vec<Action> {
        let call = |hash| Call::new(&self.security, ["delete-certificate", "-t", "-Z"]).and(hash);
        let calls = names.iter().map(|hash| call(hash).and(&self.file));
        calls.map(Action::Run).collect()
    }
}

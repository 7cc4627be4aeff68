//! The roots of the current user of Windows, changed by the certutil of Windows.

use super::machine::Machine;
use super::mark::{COMMON_NAME, Mark, Root};
use super::place::{Hindrance, Listing, Place, Store};
use super::plan::{Action, Call};
use sha1::{Digest, Sha1};
use std::path::{Path, PathBuf};

struct Roots {
    certutil: PathBuf,
    powershell: PathBuf,
}

pub(super) fn places(machine: &Machine) -> Vec<Box<dyn Place>> {
    let roots = || {
        Some(Roots {
            certutil: machine.tool("certutil.exe")?,
            powershell: machine.tool("powershell.exe")?,
        })
    };
    let found = roots().map(|roots| Box::new(roots) as Box<dyn Place>);
    found.into_iter().collect()
}

impl Place for Roots {
    fn store(&self) -> Store {
        Store::System
    }

    fn path(&self) -> &Path {
        Path::new(r"Cert:\CurrentUser\Root")
    }

    fn hindrance(&self) -> Option<Hindrance> {
        None
    }

    /// Not by certutil, which speaks the language of the system.
    fn listing(&self) -> Listing {
        let query = format!(
            r"Get-ChildItem Cert:\CurrentUser\Root | Where-Object Subject -like 'CN={COMMON_NAME} *' | ForEach-Object Thumbprint"
        );
        Listing::Output(Call::new(&self.powershell, ["-NoProfile", "-Command"]).and(query))
    }

    /// An entry has no name of our choice here: all roots of why401 are this user's, and so ours.
    fn ours(&self, printed: &str, _mark: &Mark) -> Vec<String> {
        let lines = printed
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    }

    /// Windows names a certificate by its SHA-1.
    fn is_current(&self, name: &str, root: &Root) -> bool {
        let digest = Sha1::digest(root.certificate.der());
        let digits: Vec<String> = digest.iter().map(|byte| format!("{byte:02X}")).collect();
        digits.concat() == name
    }

    fn add(&self, root: &Root) -> Vec<Action> {
        let call = Call::new(&self.certutil, ["-addstore", "-user", "Root"]);
        vec![Action::Run(call.and(&root.file))]
    }

    fn remove(&self, names: &[String]) -> Vec<Action> {
        let call = || Call::new(&self.certutil, ["-delstore", "-user", "Root"]);
        names
            .iter()
            .map(|name| Action::Run(call().and(name)))
            .collect()
    }
}

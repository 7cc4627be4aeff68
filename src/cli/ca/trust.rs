//! `why401 ca trust` and `untrust`: the root in the stores of this machine, by the tools of these stores.

mod anchors;
mod java;
mod keychain;
mod machine;
mod mark;
mod nss;
mod perform;
mod place;
mod plan;
mod report;
mod task;
#[cfg(test)]
mod tests;
mod windows;

use place::Store;

use super::CaError;
use crate::cli::Failure;
use crate::cli::output::print;
use crate::config::{self, Environment, FolderFlags};
use crate::exit_code::ExitCode;
use crate::tls::authority::{AuthorityError, NEXT, PREVIOUS, ROOT_CERTIFICATE, public};
use machine::Machine;
use mark::{Mark, Root, resolved};
use perform::this_program;
use report::Outcome;
use std::path::{Path, PathBuf};
use task::Task;
use time::UtcDateTime;

/// The flags of `why401 ca trust` and `untrust`.
#[derive(Debug, clap::Args)]
pub struct TrustArguments {
    /// One kind of store only (repeatable); all that are found without it
    #[arg(
        long = "store",
        value_name = "system|nss|java",
        hide_possible_values = true
    )]
    stores: Vec<Store>,
    /// Print the commands, and change nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    folders: FolderFlags,
}

/// Lets the stores of this machine trust the roots of the CA: two during a rotation.
pub fn trust(arguments: TrustArguments, now: UtcDateTime) -> Result<ExitCode, Failure> {
    let folder = config::ca_folder(arguments.folders.0)?;
    let mut code = ExitCode::Fine;
    for root in trustworthy(&folder, now)? {
        let one = go(&folder, Some(&root), &arguments.stores, arguments.dry_run)?;
        if !matches!(one, ExitCode::Fine) {
            code = one;
        }
    }
    Ok(code)
}

/// Takes every root of the CA folder out of the stores of this machine.
pub fn untrust(arguments: TrustArguments) -> Result<ExitCode, Failure> {
    let folder = config::ca_folder(arguments.folders.0)?;
    go(&folder, None, &arguments.stores, arguments.dry_run)
}

/// The roots in `dir`, if they are such that a machine may trust: limited to their domains (H-A4), one at least
/// still valid.
fn trustworthy(dir: &Path, now: UtcDateTime) -> Result<Vec<Root>, CaError> {
    let found = public(dir)?;
    if found
        .roots
        .iter()
        .any(|root| root.constraint.domains().is_empty())
    {
        return Err(CaError::Unlimited(dir.join(ROOT_CERTIFICATE)));
    }
    let next = found.next.as_ref().map(|(next, _)| next.der());
    let mut roots: Vec<Root> = Vec::new();
    let is_previous = |root: &Root| root.file.file_name() == Some(PREVIOUS.as_ref());
    for (at, root) in found.roots.iter().enumerate() {
        let file = match at {
            0 => PathBuf::from(ROOT_CERTIFICATE),
            _ if next == Some(root.der()) => Path::new(NEXT).join(ROOT_CERTIFICATE),
            // Of all former ones the last comes first; only that one has a file of its own.
            _ if roots.iter().any(is_previous) => continue,
            _ => PathBuf::from(PREVIOUS),
        };
        if now <= root.not_after {
            roots.push(Root::new(dir, root.clone(), &file));
        }
    }
    match roots.is_empty() {
        true => Err(AuthorityError::Expired(dir.into(), found.root.not_after.date()).into()),
        false => Ok(roots),
    }
}

fn go(
    folder: &Path,
    root: Option<&Root>,
    stores: &[Store],
    is_dry: bool,
) -> Result<ExitCode, Failure> {
    let machine = Machine::this(&Environment::of_this_process());
    let folder = resolved(folder);
    let mark = match root {
        Some(root) => Mark::new(&folder, vec![root.certificate.clone()]),
        None => Mark::of(&folder),
    };
    let task = Task {
        mark: &mark,
        root,
        is_dry,
        program: this_program(),
        folder: &folder,
    };
    let (mut some_failed, mut some_took_it) = (false, root.is_none());
    work(&machine, stores, &task, |store, path, outcome| {
        some_failed |= matches!(outcome, Outcome::Failed { .. });
        some_took_it |= matches!(outcome, Outcome::Done(_) | Outcome::Planned { .. });
        print(outcome.text(store.word(), path).as_bytes()).map(drop)
    })?;
    match some_failed || !some_took_it {
        true => Ok(ExitCode::Failure),
        false => Ok(ExitCode::Fine),
    }
}

/// Goes through the places of `stores`, all when empty, and tells of each.
fn work(
    machine: &Machine,
    stores: &[Store],
    task: &Task<'_>,
    mut tell: impl FnMut(Store, Option<&Path>, &Outcome) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let is_asked_for = |store| stores.is_empty() || stores.contains(&store);
    for store in Store::ALL {
        let places = machine.places(store);
        if places.is_empty() && is_asked_for(store) {
            let is_named = task.root.is_some() && !stores.is_empty();
            tell(store, None, &nothing(store, is_named))?;
        }
        for place in places {
            // Debian's tool adds to the cacerts of Java, and never takes anything out.
            let goes_along = place.is_written_by_system() && task.root.is_none();
            if is_asked_for(store) || goes_along && is_asked_for(Store::System) {
                tell(store, Some(place.path()), &task.on(&*place))?;
            }
        }
    }
    Ok(())
}

/// A store of which this machine has none.
fn nothing(store: Store, is_named: bool) -> Outcome {
    let (why, next) = match store {
        Store::System => (
            "neither update-ca-certificates nor update-ca-trust is here",
            "install the package ca-certificates",
        ),
        Store::Nss => (
            "there is no database in ~/.pki/nssdb and no profile of Firefox",
            "start the browser once, which makes it",
        ),
        Store::Java => (
            "there is no Java in JAVA_HOME, on the PATH or in /usr/lib/jvm",
            "set JAVA_HOME",
        ),
    };
    match is_named {
        true => Outcome::Failed {
            why: why.into(),
            next: next.into(),
        },
        false => Outcome::Skipped(why.into()),
    }
}

//! One store after the other: what is the case, what is to be done, what came of it.

use super::mark::{Mark, Root};
use super::perform::{is_in_bundle, ours, perform};
use super::place::{Hindrance, Listing, Place};
use super::plan::{Action, Call};
use super::report::Outcome;
use crate::tls::authority::CaCertificate;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What was asked for.
pub struct Task<'a> {
    pub mark: &'a Mark,
    /// The root to be trusted; `None` when all of ours are to be taken out.
    pub root: Option<&'a Root>,
    pub is_dry: bool,
    /// This very program and the folder of the CA, for the line with sudo.
    pub program: OsString,
    pub folder: &'a Path,
}

impl Task<'_> {
    pub fn on(&self, place: &dyn Place) -> Outcome {
        let done = match self.root {
            Some(root) => self.trust(place, root),
            None => self.untrust(place),
        };
        done.unwrap_or_else(|outcome| outcome)
    }

    fn trust(&self, place: &dyn Place, root: &Root) -> Result<Outcome, Outcome> {
        if place.is_written_by_system() {
            let because = "the system's tool writes it along with the system store";
            return Err(Outcome::Skipped(because.into()));
        }
        has_tool(place)?;
        let is_there = |names: &[String]| {
            names.iter().any(|name| place.is_current(name, root))
                && is_in_bundle(place, self.mark) != Some(false)
        };
        if is_there(&self.look(place)?) {
            return Ok(Outcome::Done(format!("{} is trusted already", root.name)));
        }
        if let Some(outcome) = self.change(place, place.add(root))? {
            return Ok(outcome);
        }
        if is_in_bundle(place, self.mark) == Some(false) {
            return Err(not_taken_up(place));
        }
        match is_there(&self.look(place)?) {
            true => Ok(Outcome::Done(format!("{} is trusted", root.name))),
            // NSS keeps the name under which somebody had put it in before.
            false => Ok(Outcome::Done(
                "it is trusted under a name that is none of ours, which untrust leaves alone"
                    .into(),
            )),
        }
    }

    fn untrust(&self, place: &dyn Place) -> Result<Outcome, Outcome> {
        if let Some(Hindrance::Missing(tool, _)) = place.hindrance() {
            let because = format!("without {tool} nothing was put in");
            return Err(Outcome::Skipped(because));
        }
        let names = self.look(place)?;
        // The file may be gone and the bundle not made anew, when the tool failed the last time.
        let is_left_over = is_in_bundle(place, self.mark) == Some(true);
        if names.is_empty() && !is_left_over {
            return Err(Outcome::Skipped("it holds no root of this CA".into()));
        }
        if let Some(outcome) = self.change(place, place.remove(&names))? {
            return Ok(outcome);
        }
        let is_left = !self.look(place)?.is_empty() || is_in_bundle(place, self.mark) == Some(true);
        match is_left {
            true => Err(not_taken_up(place)),
            false if names.is_empty() => Ok(Outcome::Done("took it out of the bundle".into())),
            false => Ok(Outcome::Done(format!("took out {}", names.join(", ")))),
        }
    }

    fn look(&self, place: &dyn Place) -> Result<Vec<String>, Outcome> {
        ours(place, self.mark).map_err(|why| Outcome::Failed {
            why: format!("cannot see what it holds: {why}"),
            next: match place.listing() {
                Listing::Output(call) => call.line(),
                Listing::Folder(_) => self.with_sudo(place, &[]),
            },
        })
    }

    /// Does it; an outcome when it was only to be shown.
    fn change(&self, place: &dyn Place, plan: Vec<Action>) -> Result<Option<Outcome>, Outcome> {
        let variables = match place.hindrance() {
            Some(Hindrance::Root(variables)) => Some(variables),
            _ => None,
        };
        if self.is_dry {
            let needs_root = variables.is_some();
            return Ok(Some(Outcome::Planned { plan, needs_root }));
        }
        if let Some(variables) = variables {
            return Err(Outcome::Failed {
                why: "only root may change it".into(),
                next: self.with_sudo(place, &variables),
            });
        }
        let certificate: Option<&CaCertificate> = self.root.map(|root| &root.certificate);
        for action in &plan {
            perform(action, certificate).map_err(|why| Outcome::Failed {
                why,
                next: action.line(),
            })?;
        }
        Ok(None)
    }

    pub(super) fn with_sudo(&self, place: &dyn Place, variables: &[(&str, PathBuf)]) -> String {
        let mut call = Call::new(Path::new("sudo"), [""; 0]);
        // sudo drops what it does not know from the environment.
        if !variables.is_empty() {
            call = call.and("env");
        }
        for (name, value) in variables {
            let mut assignment = OsString::from(format!("{name}="));
            assignment.push(value);
            call = call.and(assignment);
        }
        let verb = if self.root.is_some() {
            "trust"
        } else {
            "untrust"
        };
        let call = call.and(&self.program).and("ca").and(verb).and("--store");
        call.and(place.store().word())
            .and("--ca-dir")
            .and(self.folder)
            .line()
    }
}

fn has_tool(place: &dyn Place) -> Result<(), Outcome> {
    match place.hindrance() {
        Some(Hindrance::Missing(tool, next)) => Err(Outcome::Failed {
            why: format!("{tool} is missing"),
            next: next.into(),
        }),
        _ => Ok(()),
    }
}

fn not_taken_up(place: &dyn Place) -> Outcome {
    let file = place.bundle().unwrap_or(place.path());
    Outcome::Failed {
        why: "the tool reported no error, and yet nothing has changed".into(),
        next: Call::new(Path::new("ls"), ["-l"]).and(file).line(),
    }
}

//! What the command needs before it starts: its variables, and the files that they name.

use super::Failure;
use crate::app::{Running, StartError};
use crate::child::environment::{Ground, Plan, gitconfig};
use crate::child::files::Folder;
use crate::child::java::{likely, store};
use crate::child::variables::Variables;
use crate::cli::banner::reachable;
use crate::telemetry::ids::random_hex;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::PathBuf;

/// The trust store of JVMs, in the folder of the run.
const JAVA_STORE: &str = "java.p12";

/// Everything that lasts as long as the command.
pub struct Preparation {
    pub variables: Vec<(&'static str, OsString)>,
    /// The file that the command's name means.
    pub program: Option<PathBuf>,
    pub taken_out: Vec<String>,
    /// Sentences for the user.
    pub warnings: Vec<String>,
    _folder: Folder,
}

/// What the preparation depends on.
pub struct Request<'a> {
    pub user: &'a Variables,
    pub command: &'a [OsString],
    pub proxy: &'a Running,
    /// The system's roots, PEM.
    pub system: &'a [u8],
    /// Hosts that must not be led past the proxy.
    pub hosts: &'a [String],
    pub no_java: bool,
}

impl Preparation {
    pub fn new(request: &Request<'_>) -> Result<Self, Failure> {
        let Request {
            user,
            command,
            system,
            ..
        } = *request;
        let own = &request.proxy.root_pem;
        let folder = Folder::new(user).map_err(|error| StartError(error.to_string()))?;
        let program = command.first().and_then(|name| user.find(name));
        let mut warnings = Vec::new();
        let wants_java = !request.no_java && java_is_likely(user, command, program.as_deref());
        let store = wants_java.then(|| store::merge(user, system, own));
        let mut java = None;
        if let Some(store) = store {
            warnings.extend(store.warning);
            if let Some(bytes) = store.bytes {
                folder.put(JAVA_STORE, &bytes).map_err(no_room)?;
                java = Some(folder.path().join(JAVA_STORE));
            }
        }
        let plan = Plan::of(&Ground {
            user,
            proxy: &format!("http://{}", reachable(request.proxy.proxy_addr)),
            hosts: request.hosts,
            folder: folder.path(),
            wgetrc: wgetrc(user),
            git_roots: &git_roots(user),
            java: java.as_deref(),
            run_id: &random_hex(),
        });
        let unread = folder.write(&plan.files, system, own).map_err(no_room)?;
        warnings.extend(unread);
        warnings.extend(bypass(&plan.taken_out));
        Ok(Self {
            variables: plan.set,
            program,
            taken_out: plan.taken_out,
            warnings,
            _folder: folder,
        })
    }
}

fn java_is_likely(user: &Variables, command: &[OsString], file: Option<&std::path::Path>) -> bool {
    let has_java = || user.get("JAVA_HOME").is_some() || user.find(OsStr::new("java")).is_some();
    command
        .first()
        .is_some_and(|program| likely::is_likely(program, file, has_java))
}

/// The user's settings of wget.
fn wgetrc(user: &Variables) -> Option<String> {
    let of_home = || user.path("HOME").map(|home| home.join(".wgetrc"));
    let file = user
        .path("WGETRC")
        .map(ToOwned::to_owned)
        .or_else(of_home)?;
    let bytes = fs::read(file).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// What git's settings for the machine and for the user name.
fn git_roots(user: &Variables) -> Vec<PathBuf> {
    let home = user.path("HOME");
    let below = |folder: &std::path::Path| folder.join("git/config");
    let files = [
        Some(PathBuf::from("/etc/gitconfig")),
        user.path("XDG_CONFIG_HOME").map(below),
        home.map(|home| below(&home.join(".config"))),
        home.map(|home| home.join(".gitconfig")),
    ];
    let settings = files
        .into_iter()
        .flatten()
        .filter_map(|file| fs::read(file).ok());
    settings
        .flat_map(|settings| gitconfig::roots(&String::from_utf8_lossy(&settings), home))
        .collect()
}

fn bypass(taken_out: &[String]) -> Option<String> {
    const SHOWN: usize = 5;
    let more = taken_out.len().checked_sub(SHOWN).filter(|more| *more > 0);
    let more = more.map_or_else(String::new, |more| format!(" and {more} more"));
    let shown: Vec<&str> = taken_out.iter().map(String::as_str).take(SHOWN).collect();
    (!shown.is_empty()).then(|| {
        format!(
            "NO_PROXY without {}{more} for this command: that would lead past why401",
            shown.join(", ")
        )
    })
}

fn no_room(error: std::io::Error) -> Failure {
    StartError(format!(
        "cannot write temporary files: {}; make room, or name another folder with TMPDIR",
        error.kind()
    ))
    .into()
}

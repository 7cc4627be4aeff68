//! What the command needs before it starts: its variables, and the files that they name.

use super::Failure;
use crate::app::{Running, StartError};
use crate::child::environment::{Ground, Plan, no_proxy};
use crate::child::files::Folder;
use crate::child::java::{likely, store};
use crate::child::settings::{git_roots, wgetrc};
use crate::child::variables::Variables;
use crate::cli::banner::reachable;
use crate::telemetry::ids::random_hex;
use std::ffi::OsString;
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
            run_id: Some(&random_hex()),
        });
        let unread = folder.write(&plan.files, system, own).map_err(no_room)?;
        warnings.extend(unread);
        warnings.extend(no_proxy::said(&plan.taken_out, "this command"));
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
    command
        .first()
        .is_some_and(|program| likely::is_likely(program, file, || likely::is_here(user)))
}

fn no_room(error: std::io::Error) -> Failure {
    StartError(format!(
        "cannot write temporary files: {}; make room, or name another folder with TMPDIR",
        error.kind()
    ))
    .into()
}

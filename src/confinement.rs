//! What this process gives up before it sees a secret: whoever takes it over finds little to do (H-K10).
//!
//! Every command that sees credentials hides its memory from debuggers and leaves no core. `serve`, which starts no
//! programs, gives up more; `run` must not, since its child would inherit it.

mod files;

pub use files::{Confined, Folders};

use rustix::io::Result;
use rustix::process::{Resource, Rlimit, setrlimit};

/// Other processes of the same user cannot read this one's memory, nor trace it; a crash leaves no core on disk.
///
/// # Errors
/// None that Linux documents.
#[cfg(target_os = "linux")]
pub fn hide() -> Result<()> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    set_dumpable_behavior(DumpableBehavior::NotDumpable)
}

/// Linux only.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub fn hide() -> Result<()> {
    Ok(())
}

/// Gives up cores, privileges of programs that it might start, and all files but those in `folders`. For this thread
/// and those that it starts, so that it comes before any other.
///
/// # Errors
/// The system refuses to lower a limit, which it always allows.
pub fn confine(folders: &Folders) -> Result<Confined> {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    setrlimit(Resource::Core, none)?;
    #[cfg(target_os = "linux")]
    rustix::thread::set_no_new_privs(true)?;
    Ok(files::confine(folders))
}

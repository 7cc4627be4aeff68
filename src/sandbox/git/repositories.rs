//! The world's repositories as real ones, in a folder of their own that ends with the sandbox.

use super::{Asks, Service, process, seed};
use crate::sandbox::call::Call;
use crate::sandbox::world::{Limit, REPOSITORIES, Repository};
use http::HeaderName;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use std::fs::Permissions;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;
use tokio::process::Command;

/// Bare repositories, or none where there is no git.
pub struct Repositories {
    made: Option<Made>,
}

struct Made {
    program: &'static str,
    folder: TempDir,
}

impl Drop for Made {
    fn drop(&mut self) {
        // Once before the folder's own try: a child that was killed a moment ago may still have been writing.
        let _ = std::fs::remove_dir_all(self.folder.path());
    }
}

/// Why git's side of the sandbox could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    #[error(
        "cannot make a temporary folder for the git repositories: {0}; name one that can be written in TMPDIR"
    )]
    Folder(#[source] io::Error),
    #[error(
        "cannot make a git repository: {0}; check that `git init` and `git fast-import` work here"
    )]
    Git(#[source] io::Error),
}

impl Repositories {
    /// Makes all of the world's with a few commits each, using the git called `program`.
    ///
    /// # Errors
    /// A folder that cannot be made, a git that is there but fails. No git at all is no error.
    pub async fn make(program: &'static str) -> Result<Self, MakeError> {
        if !serves_http(program).await {
            return Ok(Self { made: None });
        }
        let folder = tempfile::Builder::new()
            .prefix("why401-sandbox-")
            .tempdir()
            .map_err(MakeError::Folder)?;
        for repository in REPOSITORIES {
            let bare = path(folder.path(), repository);
            std::fs::create_dir_all(&bare).map_err(MakeError::Folder)?;
            fill(program, &bare, repository)
                .await
                .map_err(MakeError::Git)?;
        }
        Ok(Self {
            made: Some(Made { program, folder }),
        })
    }

    pub fn has_git(&self) -> bool {
        self.made.is_some()
    }

    /// A git command about one repository.
    pub(super) fn command(&self, repository: &Repository) -> Option<Command> {
        let made = self.made.as_ref()?;
        let mut command = process::git(made.program);
        command
            .arg("--git-dir")
            .arg(path(made.folder.path(), repository));
        Some(command)
    }

    /// `git http-backend` with this call as its CGI variables (RFC 3875 4.1, git-http-backend(1)).
    pub(super) fn backend(
        &self,
        repository: &Repository,
        call: &Call,
        asks: Asks,
    ) -> Option<Command> {
        let made = self.made.as_ref()?;
        let mut command = process::git(made.program);
        command
            .arg("http-backend")
            .env("GIT_PROJECT_ROOT", made.folder.path())
            .env("GIT_HTTP_EXPORT_ALL", "1")
            .env("REQUEST_METHOD", call.method.as_str())
            .env("PATH_INFO", path_info(repository, asks))
            .env("QUERY_STRING", call.query.as_deref().unwrap_or_default())
            .env("REMOTE_ADDR", call.client.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        if let Asks::Refs(Service::Push) | Asks::Pack(Service::Push) = asks {
            // Without a user http-backend takes no push.
            command.env("REMOTE_USER", "sandbox");
        }
        let fields = [
            (CONTENT_TYPE, "CONTENT_TYPE"),
            (CONTENT_LENGTH, "CONTENT_LENGTH"),
            (CONTENT_ENCODING, "HTTP_CONTENT_ENCODING"),
            (HeaderName::from_static("git-protocol"), "GIT_PROTOCOL"),
        ];
        for (field, variable) in fields {
            if let Some(value) = call
                .headers
                .get(field)
                .and_then(|value| value.to_str().ok())
            {
                command.env(variable, value);
            }
        }
        Some(command)
    }
}

/// Whether git is here, with the part that serves HTTP, which some systems package apart.
async fn serves_http(program: &str) -> bool {
    let asked = process::git(program)
        .arg("--exec-path")
        .stdout(Stdio::piped())
        .output()
        .await;
    asked.is_ok_and(|answer| {
        let folder = String::from_utf8_lossy(&answer.stdout);
        Path::new(folder.trim_end())
            .join("git-http-backend")
            .exists()
    })
}

async fn fill(program: &str, bare: &Path, repository: &Repository) -> io::Result<()> {
    // No sample files.
    process::run(
        program,
        bare,
        &["init", "--quiet", "--bare", "--template="],
        b"",
    )
    .await?;
    // By hand: older versions of git cannot be told the branch.
    std::fs::write(bare.join("HEAD"), format!("ref: {}\n", seed::main()))?;
    if repository.limit == Some(Limit::RestrictedMain) {
        restrict_main(bare)?;
    }
    let history = seed::history(repository);
    process::run(
        program,
        bare,
        &["fast-import", "--quiet"],
        history.as_bytes(),
    )
    .await
}

/// git itself then says `pre-receive hook declined` inside a 200 (I9). The history is imported past it.
fn restrict_main(bare: &Path) -> io::Result<()> {
    let hook = bare.join("hooks/pre-receive");
    let text = format!(
        "#!/bin/sh\nwhile read -r old new name; do\n  \
         test \"$name\" != {} || {{ echo 'Permission denied to update this branch.' >&2; exit 1; }}\ndone\n",
        seed::main()
    );
    std::fs::create_dir_all(bare.join("hooks"))?;
    std::fs::write(&hook, text)?;
    std::fs::set_permissions(&hook, Permissions::from_mode(0o700))
}

fn path(folder: &Path, repository: &Repository) -> PathBuf {
    let name = format!("{}.git", repository.slug);
    folder.join(repository.workspace).join(name)
}

/// From the repository's own names, never from the request's path, so that it leads nowhere else.
fn path_info(repository: &Repository, asks: Asks) -> String {
    let rest = match asks {
        Asks::Refs(_) | Asks::Lfs => "info/refs",
        Asks::Pack(Service::Fetch) => "git-upload-pack",
        Asks::Pack(Service::Push) => "git-receive-pack",
    };
    format!("/{}/{}.git/{rest}", repository.workspace, repository.slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn without_git_there_are_none_and_that_is_no_error() {
        let none = Repositories::make("no-such-git").await.unwrap();
        assert!(!none.has_git());
        assert!(none.command(&REPOSITORIES[0]).is_none());
    }

    #[tokio::test]
    async fn the_folder_goes_with_them() {
        let made = Repositories::make("git").await.unwrap();
        let Some(folder) = made.made.as_ref().map(|made| made.folder.path().to_owned()) else {
            // Past the test harness, which would keep it to itself.
            let _ = io::Write::write_all(&mut io::stderr(), b"SKIPPED: git is not installed\n");
            return;
        };
        assert!(path(&folder, &REPOSITORIES[0]).join("HEAD").is_file());
        drop(made);
        assert!(!folder.exists());
    }
}

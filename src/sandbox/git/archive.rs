//! `git archive`: what `/{workspace}/{slug}/get/{ref}.tar.gz` downloads.

use super::Repositories;
use super::process::Process;
use crate::sandbox::world::Repository;
use std::process::Stdio;
use tokio::io::AsyncReadExt;

/// The formats that Bitbucket's download page offers.
const FORMATS: [&str; 3] = ["tar.gz", "zip", "tar"];

/// A branch, tag or commit packed as `name` (`main.tar.gz`) says; `None` where it does not exist, or git does not.
pub async fn archive(
    repositories: &Repositories,
    repository: &Repository,
    name: &str,
) -> Option<Vec<u8>> {
    let (reference, format) = FORMATS.iter().find_map(|format| {
        let reference = name.strip_suffix(format)?.strip_suffix('.')?;
        Some((reference, format))
    })?;
    // git would read it as an option.
    if reference.starts_with('-') {
        return None;
    }
    let mut command = repositories.command(repository)?;
    command
        .arg("archive")
        .arg(format!("--format={format}"))
        .arg(format!(
            "--prefix={}-{}/",
            repository.workspace, repository.slug
        ))
        .arg(reference)
        .stdout(Stdio::piped());
    let mut process = Process::start(&mut command).ok()?;
    let mut packed = Vec::new();
    process
        .0
        .stdout
        .take()?
        .read_to_end(&mut packed)
        .await
        .ok()?;
    let status = process.0.wait().await.ok()?;
    status.success().then_some(packed)
}

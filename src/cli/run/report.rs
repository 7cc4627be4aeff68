//! `--report FILE`: opened before the command starts, so that an hour's work is not lost to a wrong path.

use super::Failure;
use crate::app::StartError;
use crate::output::summary::{Format, Summary};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that can be written.
pub struct ReportFile {
    path: PathBuf,
    file: File,
    format: Format,
}

/// A path whose ending names a format.
pub fn path(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    format(&path)
        .map(|_| path.clone())
        .ok_or_else(|| "name a file that ends in .json, .md or .sarif".to_owned())
}

fn format(path: &Path) -> Option<Format> {
    Format::of_extension(path.extension()?.to_str()?)
}

impl ReportFile {
    pub fn create(path: &Path) -> Result<Self, Failure> {
        let file = File::create(path).map_err(|error| failed(path, &error))?;
        Ok(Self {
            path: path.to_owned(),
            file,
            format: format(path).unwrap_or(Format::Json),
        })
    }

    pub fn write(mut self, summary: &Summary) -> Result<(), Failure> {
        self.file
            .write_all(summary.report(self.format).as_bytes())
            .map_err(|error| failed(&self.path, &error))
    }
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    StartError(format!(
        "--report: cannot write {}: {error}",
        path.display()
    ))
    .into()
}

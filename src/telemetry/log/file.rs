//! The file of `--log-file`: closed to others, added to, and never another file by way of a link (H-L5).

use super::{LogFormat, LogSettings};
use crate::output;
use crate::output::record::Record;
use crate::output::text::Screen;
use crate::telemetry::watched::{Watched, file_is_full};
use rustix::fs::OFlags;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use thiserror::Error;
use tracing::Level;

/// What others may do with a log that the owner's group reads, as `logrotate` makes them: nothing.
const FORBIDDEN: u32 = 0o037;

/// Why there is no log file.
#[derive(Debug, Error)]
pub enum NoLogFile {
    #[error("--log-file {0}: {1}; name a file in a folder that why401 may write to")]
    NotOpened(PathBuf, #[source] io::Error),
    #[error("--log-file {0}: this is a link, which is not followed; name the file itself")]
    Link(PathBuf),
    #[error(
        "--log-file {0}: this is no regular file; leave the flag out to write to standard output"
    )]
    NotAFile(PathBuf),
    #[error(
        "--log-file {0}: its mode is {1:o}, so that others may read or change it; run chmod 600 on it"
    )]
    Wide(PathBuf, u32),
}

/// Makes the file where there is none.
pub(super) fn open(path: &Path) -> Result<File, NoLogFile> {
    // Without NONBLOCK a pipe would wait for its reader.
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let opened = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .custom_flags(flags.bits().cast_signed())
        .open(path);
    let not_opened = |error| match path.is_symlink() {
        true => NoLogFile::Link(path.to_owned()),
        false => NoLogFile::NotOpened(path.to_owned(), error),
    };
    let file = opened.map_err(not_opened)?;
    let facts = file.metadata().map_err(not_opened)?;
    match facts.mode() & 0o777 {
        _ if !facts.is_file() => Err(NoLogFile::NotAFile(path.to_owned())),
        mode if mode & FORBIDDEN != 0 => Err(NoLogFile::Wide(path.to_owned(), mode)),
        _ => Ok(file),
    }
}

/// What adds each record to the file.
pub(super) fn writer<W: Write>(out: W, settings: &LogSettings) -> impl FnMut(&Record) + use<W> {
    let (format, most) = (settings.format.unwrap_or(LogFormat::Json), settings.level);
    let mut out = Watched::new(out, file_is_full);
    let mut is_torn = false;
    move |record| {
        let level = match record.level() {
            output::event::Level::Warn => Level::WARN,
            output::event::Level::Info => Level::INFO,
        };
        let Some(line) = line(record, format).filter(|_| level <= most) else {
            return;
        };
        // Half a line that a full disk left is no part of the next one.
        let line = if is_torn { format!("\n{line}") } else { line };
        is_torn = out.write_all(line.as_bytes()).is_err();
    }
}

fn line(record: &Record, format: LogFormat) -> Option<String> {
    let screen = Screen {
        width: 80,
        colour: false,
    };
    match format {
        LogFormat::Json => record.json().map(|line| line + "\n"),
        LogFormat::Pretty => Some(record.render(screen)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::record::ClientRefused;
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::sync::mpsc::{Sender, channel};
    use time::macros::utc_datetime;

    fn settings() -> LogSettings {
        LogSettings {
            format: None,
            level: Level::INFO,
            every: false,
            show_user_ids: false,
            file: None,
        }
    }

    fn record(id: &str) -> Record {
        let now = utc_datetime!(2026-11-24 12:00);
        let client = [127, 0, 0, 1].into();
        let refused = ClientRefused::new(now, 400, "x", "y", client, id.to_owned(), None);
        Record::Refused(refused)
    }

    /// H-L5: others can neither read it nor lead it elsewhere.
    #[test]
    fn it_is_private_added_to_and_no_link() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.log");
        for id in ["a", "b"] {
            writer(open(&path).unwrap(), &settings())(&record(id));
        }
        let mode = fs::metadata(&path).unwrap().mode() & 0o777;
        assert_eq!(mode, 0o600);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 2, "{text}");
        let link = folder.path().join("link");
        symlink(&path, &link).unwrap();
        assert!(matches!(open(&link), Err(NoLogFile::Link(_))));
        symlink(
            folder.path().join("nothing"),
            folder.path().join("dangling"),
        )
        .unwrap();
        assert!(open(&folder.path().join("dangling")).is_err());
        assert!(!folder.path().join("nothing").exists());
        for (mode, is_private) in [(0o640, true), (0o644, false), (0o660, false)] {
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            assert_eq!(open(&path).is_ok(), is_private, "{mode:o}");
        }
        assert!(open(folder.path()).is_err());
        assert!(open(Path::new("/dev/null")).is_err());
    }

    #[test]
    fn what_is_not_loud_enough_is_left_out() {
        let mut text = Vec::new();
        let level = Level::ERROR;
        writer(
            &mut text,
            &LogSettings {
                level,
                ..settings()
            },
        )(&record("a"));
        assert!(text.is_empty());
    }

    /// Takes ten bytes of the first line, and everything later.
    struct Full(Option<usize>, Sender<u8>);

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let room = match self.0.take() {
                Some(0) => return Err(io::ErrorKind::StorageFull.into()),
                Some(_) => {
                    self.0 = Some(0);
                    10
                }
                None => bytes.len(),
            };
            let taken = &bytes[..room.min(bytes.len())];
            for byte in taken {
                self.1.send(*byte).unwrap();
            }
            Ok(taken.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn half_a_line_is_no_part_of_the_next() {
        let (taken, bytes) = channel();
        let mut write = writer(Full(Some(10), taken), &settings());
        ["a", "b"].map(record).iter().for_each(&mut write);
        drop(write);
        let text = String::from_utf8(bytes.try_iter().collect()).unwrap();
        let (torn, whole) = text.split_once('\n').unwrap();
        assert_eq!(torn.len(), 10);
        serde_json::from_str::<serde_json::Value>(whole).unwrap();
    }
}

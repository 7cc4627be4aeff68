//! The certificates in a file, or in a folder of files, that the user trusts.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

/// The largest file that is a bundle of certificates; the world's public roots are a fiftieth of it.
const LARGEST: u64 = 16 * 1024 * 1024;

/// The sections of certificates, PEM; what else stands there, a key perhaps, is left behind.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    let mut found = Vec::new();
    if metadata.is_dir() {
        for entry in fs::read_dir(path)? {
            let file = entry?.path();
            // One unreadable file of a folder is skipped by TLS libraries as well.
            if fs::metadata(&file).is_ok_and(|file| is_plausible(&file))
                && let Ok(text) = fs::read(&file)
            {
                found.extend(sections(&text));
            }
        }
    } else if is_plausible(&metadata) {
        found = sections(&fs::read(path)?);
    } else {
        return Err(io::Error::new(
            ErrorKind::InvalidInput,
            "not a file of certificates",
        ));
    }
    match found.is_empty() {
        true => Err(io::Error::new(
            ErrorKind::InvalidData,
            "it holds no PEM certificate",
        )),
        false => Ok(found),
    }
}

/// A pipe or a device could keep us waiting for ever.
fn is_plausible(metadata: &fs::Metadata) -> bool {
    metadata.is_file() && metadata.len() <= LARGEST
}

fn sections(text: &[u8]) -> Vec<u8> {
    let mut found = Vec::new();
    let mut is_inside = false;
    for line in text.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        let is_border = line.ends_with(b"CERTIFICATE-----");
        is_inside |= is_border && line.starts_with(b"-----BEGIN ");
        if is_inside {
            found.extend_from_slice(line);
            found.push(b'\n');
        }
        is_inside &= !(is_border && line.starts_with(b"-----END "));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_certificates_are_taken_whatever_their_line_ends() {
        let text =
            b"# corp\r\n-----BEGIN CERTIFICATE-----\r\nAA==\r\n-----END CERTIFICATE-----\r\n\
            -----BEGIN OTHER-----\nBB==\n-----END OTHER-----\n\
            -----BEGIN TRUSTED CERTIFICATE-----\nCC==\n-----END TRUSTED CERTIFICATE-----";
        let expected = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n\
            -----BEGIN TRUSTED CERTIFICATE-----\nCC==\n-----END TRUSTED CERTIFICATE-----\n";
        assert_eq!(String::from_utf8(sections(text)).unwrap(), expected);
    }

    #[test]
    fn a_folder_gives_what_its_files_hold() {
        let folder = tempfile::tempdir().unwrap();
        let section = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
        fs::write(folder.path().join("a.0"), section).unwrap();
        fs::write(folder.path().join("notes"), "x").unwrap();
        assert_eq!(read(folder.path()).unwrap(), section.as_bytes());
    }

    #[test]
    fn what_holds_none_is_an_error() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(read(file.path()).is_err());
        assert!(read(Path::new("/dev/zero")).is_err());
        assert!(read(Path::new("/nowhere")).is_err());
    }
}

//! git's settings, as far as they name roots: `GIT_SSL_CAINFO` would hide those of the user's own servers.

use std::path::{Path, PathBuf};

/// The files that `http.sslCAInfo` names, for whatever URL; `~/` is the home.
pub fn roots(settings: &str, home: Option<&Path>) -> Vec<PathBuf> {
    let file = |line: &str| {
        let (name, value) = line.split_once('=')?;
        let value = value.trim().trim_matches('"');
        if !name.trim().eq_ignore_ascii_case("sslCAInfo") || value.is_empty() {
            return None;
        }
        Some(match (value.strip_prefix("~/"), home) {
            (Some(below), Some(home)) => home.join(below),
            _ => PathBuf::from(value),
        })
    };
    settings.lines().filter_map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_found_whatever_url_it_is_for() {
        let settings = "[user]\n\tname = J\n[http]\n\tsslcainfo = /corp.pem\n\
            [http \"https://git.corp.example\"]\n\tsslCAInfo = \"~/ca/git.pem\"\n# sslCAInfo = /no.pem\n";
        let found = roots(settings, Some(Path::new("/home/j")));
        assert_eq!(
            found,
            [Path::new("/corp.pem"), Path::new("/home/j/ca/git.pem")]
        );
    }
}

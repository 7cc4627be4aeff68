//! The settings of curl and wget in the home.

use crate::child::environment::wgetrc as format;
use crate::child::variables::Variables;
use crate::doctor::machine::{Named, Wgetrc};
use std::fs;
use std::path::PathBuf;

/// Settings of curl that lead elsewhere or change whom it trusts, and their short forms.
const OF_CURL: [&str; 10] = [
    "proxy",
    "x",
    "preproxy",
    "noproxy",
    "socks5",
    "socks5-hostname",
    "cacert",
    "capath",
    "insecure",
    "k",
];

/// What wget's settings name, those of the user or of `WGETRC`.
pub fn wgetrc(variables: &Variables) -> Wgetrc {
    let of_home = || Some(variables.path("HOME")?.join(".wgetrc"));
    let file = variables.path("WGETRC").map(ToOwned::to_owned);
    let text = file.or_else(of_home).and_then(|file| fs::read(file).ok());
    let text = String::from_utf8_lossy(&text.unwrap_or_default()).into_owned();
    let proxy = format::value(&text, "httpsproxy");
    Wgetrc {
        certificate: format::certificate(&text),
        proxy: proxy.and_then(|proxy| Named::parse(&proxy)),
    }
}

/// curl's first file of settings, and which of them count here.
pub fn curlrc(variables: &Variables) -> Option<(PathBuf, Vec<String>)> {
    let below = |name: &str, file: &str| Some(variables.path(name)?.join(file));
    let files = [
        below("CURL_HOME", ".curlrc"),
        below("XDG_CONFIG_HOME", "curlrc"),
        below("HOME", ".curlrc"),
    ];
    let read = |file: PathBuf| Some((fs::read(&file).ok()?, file));
    let (bytes, file) = files.into_iter().flatten().find_map(read)?;
    let found = of_curl(&String::from_utf8_lossy(&bytes));
    (!found.is_empty()).then_some((file, found))
}

/// By their names alone: a value may hold a password.
fn of_curl(text: &str) -> Vec<String> {
    let name = |line: &str| {
        let line = line.trim().trim_start_matches('-');
        let end = line.find(|c: char| c.is_whitespace() || "=:".contains(c));
        line[..end.unwrap_or(line.len())].to_owned()
    };
    let names = text.lines().map(name);
    names.filter(|name| OF_CURL.contains(&&**name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_curl_are_found_however_they_are_written() {
        let text =
            "# proxy = a\n-x http://j:s3cret@corp\ncacert=/x\n--noproxy: *\nsilent\ninsecure\n";
        assert_eq!(of_curl(text), ["x", "cacert", "noproxy", "insecure"]);
    }
}

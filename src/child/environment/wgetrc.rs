//! wget's settings: it reads one file, so ours holds the user's.

use std::path::PathBuf;

/// The user's settings with ours behind them: of two lines the later one counts.
pub fn text(user: &str, roots: &str, proxy: &str) -> String {
    let gap = if user.is_empty() || user.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    format!(
        "{user}{gap}ca_certificate = {roots}\nhttps_proxy = {proxy}\nhttp_proxy = {proxy}\nuse_proxy = on\n"
    )
}

/// The file of roots that the user's settings name.
pub fn certificate(user: &str) -> Option<PathBuf> {
    value(user, "cacertificate").map(PathBuf::from)
}

/// The value of a setting, by its name in lower case and without dashes and underscores.
pub fn value(user: &str, wanted: &str) -> Option<String> {
    user.lines().rev().find_map(|line| {
        let (name, value) = line.split_once('=')?;
        // wget ignores case, dashes and underscores in names.
        let name: String = name
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let value = value.trim();
        (name == wanted && !line.trim_start().starts_with('#') && !value.is_empty())
            .then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_lines_come_first_and_ours_count() {
        assert_eq!(
            text("tries = 3", "/t/roots.pem", "http://127.0.0.1:1"),
            "tries = 3\nca_certificate = /t/roots.pem\nhttps_proxy = http://127.0.0.1:1\n\
             http_proxy = http://127.0.0.1:1\nuse_proxy = on\n"
        );
    }

    #[test]
    fn the_users_own_roots_are_found_however_the_name_is_written() {
        for line in [
            "ca_certificate=/c.pem",
            "CA-Certificate = /c.pem ",
            "x=1\ncacertificate=/c.pem\ny=2",
        ] {
            assert_eq!(certificate(line), Some("/c.pem".into()), "{line}");
        }
        for line in ["", "# ca_certificate=/c.pem", "ca_directory=/c"] {
            assert_eq!(certificate(line), None, "{line}");
        }
    }
}

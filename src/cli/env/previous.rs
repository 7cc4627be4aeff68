//! What this shell was given before, and had before that.

use crate::child::environment::VARIABLES;
use crate::child::variables::Variables;
use crate::output::environment::{BEFORE, GIVEN};
use std::path::Path;

/// Names of variables, as an earlier `why401 env` left them.
pub struct Previous {
    pub given: Vec<&'static str>,
    /// Those that had a value.
    pub kept: Vec<&'static str>,
}

impl Previous {
    pub fn of(user: &Variables) -> Self {
        let list = user.text(GIVEN).unwrap_or_default();
        // Only names of our own: they are written into lines that a shell evaluates.
        let names = VARIABLES.iter().map(|variable| variable.name);
        let given: Vec<_> = names
            .filter(|name| list.split(',').any(|given| given == *name))
            .collect();
        let is_kept = |name: &&&str| user.get(&before(name)).is_some();
        Self {
            kept: given.iter().filter(is_kept).copied().collect(),
            given,
        }
    }

    /// The environment as it was before, so that asking twice is as asking once.
    pub fn restored(&self, user: &Variables, folder: &Path) -> Variables {
        let mut restored = user.clone();
        for name in &self.given {
            let value = user.get(&before(name)).map(ToOwned::to_owned);
            restored.set(name, value);
        }
        // A job or a program that was told by a file has no list.
        for variable in VARIABLES {
            let is_ours = |path: &Path| path.starts_with(folder);
            if restored.path(variable.name).is_some_and(is_ours) {
                restored.set(variable.name, None);
            }
        }
        restored
    }
}

fn before(name: &str) -> String {
    format!("{BEFORE}{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_shell_had_before_is_found_again() {
        let user: Variables = [
            ("WHY401_ENV", "HTTPS_PROXY,SSL_CERT_FILE,x;reboot"),
            ("HTTPS_PROXY", "http://127.0.0.1:8401"),
            ("SSL_CERT_FILE", "/s/env/roots-SSL_CERT_FILE-1.pem"),
            ("WHY401_BEFORE_SSL_CERT_FILE", "/corp.pem"),
            ("DENO_CERT", "/s/env/why401.pem"),
            ("PIP_CERT", "/pip.pem"),
        ]
        .into_iter()
        .collect();
        let previous = Previous::of(&user);
        assert_eq!(previous.given, ["HTTPS_PROXY", "SSL_CERT_FILE"]);
        assert_eq!(previous.kept, ["SSL_CERT_FILE"]);
        let restored = previous.restored(&user, Path::new("/s/env"));
        assert_eq!(restored.text("SSL_CERT_FILE").as_deref(), Some("/corp.pem"));
        assert_eq!(restored.text("PIP_CERT").as_deref(), Some("/pip.pem"));
        assert_eq!(restored.get("HTTPS_PROXY"), None);
        assert_eq!(restored.get("DENO_CERT"), None);
    }
}

//! git over SSH: no HTTP, no token, no proxy.

use super::Ended;

/// What begins an address of Bitbucket's SSH servers.
const ADDRESSES: [&str; 4] = [
    "git@bitbucket.org:",
    "ssh://git@bitbucket.org",
    "git@altssh.bitbucket.org:",
    "ssh://git@altssh.bitbucket.org",
];

/// Commands that speak to a remote.
const SPEAKING: [&str; 7] = [
    "clone",
    "fetch",
    "ls-remote",
    "pull",
    "push",
    "remote",
    "submodule",
];

/// Whether an address leads to Bitbucket's SSH servers.
pub fn is_ssh_address(address: &str) -> bool {
    ADDRESSES.iter().any(|ssh| address.starts_with(ssh))
}

pub fn reason(ended: &Ended) -> Option<String> {
    let is_ssh = |address: &String| is_ssh_address(address);
    let speaks = ended.runs(&["git"]).is_some() && ended.runs(&SPEAKING).is_some();
    let named = ended.words.iter().any(is_ssh);
    (named || speaks && ended.remotes.iter().any(is_ssh)).then(|| {
        "the remote is an SSH address (git@bitbucket.org:...): SSH uses keys, not tokens, and no proxy. To see it here, \
         use https://bitbucket.org/WORKSPACE/REPOSITORY.git"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::super::ended;
    use super::*;

    #[test]
    fn an_ssh_address_on_the_command_line_or_of_the_repository_is_named() {
        assert!(reason(&ended(&["git", "clone", "git@bitbucket.org:acme/site.git"])).is_some());
        let mut fetch = ended(&["git", "fetch"]);
        assert_eq!(reason(&fetch), None);
        fetch.remotes = vec!["ssh://git@bitbucket.org/acme/site.git".into()];
        assert!(reason(&fetch).is_some());
    }

    #[test]
    fn other_hosts_other_commands_and_https_are_no_reason() {
        assert_eq!(
            reason(&ended(&["git", "clone", "git@github.com:a/b.git"])),
            None
        );
        assert_eq!(
            reason(&ended(&["git", "clone", "https://bitbucket.org/a/b.git"])),
            None
        );
        let mut status = ended(&["git", "status"]);
        status.remotes = vec!["git@bitbucket.org:a/b.git".into()];
        assert_eq!(reason(&status), None);
    }
}

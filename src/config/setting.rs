//! Every setting once: its flag, its variable, its TOML key and its help all follow from one entry.

/// A setting: `--a-b` on the command line, `WHY401_A_B` in the environment, `a_b` in the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// The TOML key, from which the two other spellings follow.
    pub key: &'static str,
    pub kind: Kind,
    /// Stands for the value in the help.
    pub value: &'static str,
    /// Read like a value that someone wrote, when nobody did.
    pub default: Option<&'static str>,
    /// The heading it stands under in the help.
    pub group: &'static str,
    pub help: &'static str,
}

/// How many values a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    One,
    /// A repeated flag, an array in the file, parted by commas in a variable.
    Many,
    /// On when given; `true` or `false` in the file and in a variable.
    Switch,
}

impl Setting {
    /// `log-every`, as `--log-every` has it.
    pub fn flag(&self) -> String {
        self.key.replace('_', "-")
    }

    /// `WHY401_LOG_EVERY`.
    pub fn variable(&self) -> String {
        format!("WHY401_{}", self.key.to_ascii_uppercase())
    }
}

const LISTENING: &str = "Clients";
const TARGETS: &str = "Interception";
const ORIGINS: &str = "Origins";
const REPORTING: &str = "Findings and logs";
const FILES: &str = "Files";

pub const LISTEN: Setting = Setting {
    key: "listen",
    kind: Kind::One,
    value: "IP:PORT",
    default: Some("127.0.0.1:8401"),
    group: LISTENING,
    help: "Where clients connect; port 0 takes a free one",
};

pub const ADMIN_LISTEN: Setting = Setting {
    key: "admin_listen",
    kind: Kind::One,
    value: "IP:PORT|none",
    default: Some("127.0.0.1:8402"),
    group: LISTENING,
    help: "Where health and metrics are served",
};

pub const ALLOW_CLIENT: Setting = Setting {
    key: "allow_client",
    kind: Kind::Many,
    value: "CIDR",
    default: None,
    group: LISTENING,
    help: "Who may connect; needed when listening off loopback",
};

pub const CLIENT_HTTP: Setting = Setting {
    key: "client_http",
    kind: Kind::One,
    value: "1.1|2",
    default: None,
    group: LISTENING,
    help: "Offer clients this HTTP version only [default: as the origin]",
};

pub const INTERCEPT: Setting = Setting {
    key: "intercept",
    kind: Kind::Many,
    value: "HOST[:PORT]",
    default: None,
    group: TARGETS,
    help: "Open TLS to this host too, at 443 or PORT (* for any), beside api.bitbucket.org; all others are tunnelled unseen",
};

pub const ALLOW_TARGET: Setting = Setting {
    key: "allow_target",
    kind: Kind::Many,
    value: "CIDR",
    default: None,
    group: TARGETS,
    help: "Private addresses that clients of other machines may reach",
};

pub const CONNECT_TO: Setting = Setting {
    key: "connect_to",
    kind: Kind::Many,
    value: "H1:P1:H2:P2",
    default: None,
    group: ORIGINS,
    help: "Dial H2:P2 when H1:P1 is asked for, as curl does",
};

pub const PARENT_PROXY: Setting = Setting {
    key: "parent_proxy",
    kind: Kind::One,
    value: "URL|none",
    default: None,
    group: ORIGINS,
    help: "Reach origins through this proxy, http:// or https:// [default: HTTPS_PROXY of its own environment; NO_PROXY counts",
};

pub const SANDBOX: Setting = Setting {
    key: "sandbox",
    kind: Kind::One,
    value: "HOST:PORT",
    default: None,
    group: ORIGINS,
    help: "Dial this stand-in for Bitbucket (why401 sandbox), and say SANDBOX in the banner and in events; needs --origin-ca",
};

pub const ORIGIN_CA: Setting = Setting {
    key: "origin_ca",
    kind: Kind::Many,
    value: "FILE",
    default: None,
    group: ORIGINS,
    help: "PEM file of further roots to trust in origins",
};

pub const ANNOTATE: Setting = Setting {
    key: "annotate",
    kind: Kind::Many,
    value: "reason,body",
    default: None,
    group: REPORTING,
    help: "Say the diagnosis in refused answers, too: in the reason phrase of HTTP/1.1, in bodies of git and of the API [default: none]",
};

pub const SILENCE: Setting = Setting {
    key: "silence",
    kind: Kind::Many,
    value: "SLUG",
    default: None,
    group: REPORTING,
    help: "Never report this mistake",
};

pub const LOG_FORMAT: Setting = Setting {
    key: "log_format",
    kind: Kind::One,
    value: "json|pretty",
    default: None,
    group: REPORTING,
    help: "Form of the events on standard output [default: json, pretty on a terminal]",
};

pub const LOG_LEVEL: Setting = Setting {
    key: "log_level",
    kind: Kind::One,
    value: "LEVEL",
    default: Some("info"),
    group: REPORTING,
    help: "Least level that is written: error, warn, info, debug or trace",
};

pub const LOG_EVERY: Setting = Setting {
    key: "log_every",
    kind: Kind::Switch,
    value: "",
    default: None,
    group: REPORTING,
    help: "Write each finding, instead of one event for the repeats of ten seconds",
};

pub const SHOW_USER_IDS: Setting = Setting {
    key: "show_user_ids",
    kind: Kind::Switch,
    value: "",
    default: None,
    group: REPORTING,
    help: "Write user names in full, instead of j\u{2026}@acme.com",
};

pub const CONFIG: Setting = Setting {
    key: "config",
    kind: Kind::One,
    value: "FILE",
    default: None,
    group: FILES,
    help: "TOML file of settings: these flags, with _ for -",
};

pub const STATE_DIR: Setting = Setting {
    key: "state_dir",
    kind: Kind::One,
    value: "DIR",
    default: None,
    group: FILES,
    help: "What outlives a run [default: $XDG_STATE_HOME/why401 or ~/.local/state/why401]",
};

pub const CA_DIR: Setting = Setting {
    key: "ca_dir",
    kind: Kind::One,
    value: "DIR",
    default: None,
    group: FILES,
    help: "Folder of the local CA [default: ca in the state folder]",
};

/// Every setting, in the order of the help.
pub const ALL: &[&Setting] = &[
    &LISTEN,
    &ADMIN_LISTEN,
    &ALLOW_CLIENT,
    &CLIENT_HTTP,
    &INTERCEPT,
    &ALLOW_TARGET,
    &CONNECT_TO,
    &PARENT_PROXY,
    &SANDBOX,
    &ORIGIN_CA,
    &ANNOTATE,
    &SILENCE,
    &LOG_FORMAT,
    &LOG_LEVEL,
    &LOG_EVERY,
    &SHOW_USER_IDS,
    &CONFIG,
    &STATE_DIR,
    &CA_DIR,
];

/// Those of a proxy that its clients need.
pub const CLIENT: &[&Setting] = &[&LISTEN, &INTERCEPT, &CONFIG, &STATE_DIR, &CA_DIR];

/// Those that say where files are, for commands that need nothing else.
pub const FOLDERS: &[&Setting] = &[&CONFIG, &STATE_DIR, &CA_DIR];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_spellings_follow_from_the_key() {
        assert_eq!(LOG_EVERY.flag(), "log-every");
        assert_eq!(LOG_EVERY.variable(), "WHY401_LOG_EVERY");
    }

    #[test]
    fn no_key_stands_twice() {
        let mut keys: Vec<_> = ALL.iter().map(|setting| setting.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), ALL.len());
    }
}

//! What each source means, which one wins, and what a wrong value gets for an answer.

use super::super::{ClientHttp, LogFormat, SharedFlags};
use super::*;
use clap::{Args, Command, FromArgMatches};
use std::io;

/// One start of the program.
#[derive(Default)]
struct Start<'a> {
    flags: &'a [&'a str],
    variables: &'a [(&'a str, &'a str)],
    /// The text of `/etc/w/why401.toml`.
    file: Option<&'a str>,
}

impl Start<'_> {
    fn config(&self) -> Result<Config, ConfigError> {
        let named: &[&str] = if self.file.is_some() {
            &["--config", "/etc/w/why401.toml"]
        } else {
            &[]
        };
        let command = SharedFlags::augment_args(Command::new("serve").no_binary_name(true));
        let matches = command
            .try_get_matches_from(self.flags.iter().chain(named))
            .unwrap();
        let flags = SharedFlags::from_arg_matches(&matches).unwrap().0;
        let environment: Environment = [("HOME", "/home/j")]
            .iter()
            .chain(self.variables)
            .copied()
            .collect();
        let read = |_: &std::path::Path| {
            self.file
                .map(str::to_owned)
                .ok_or(io::ErrorKind::NotFound.into())
        };
        let layers = Layers::read(flags, &environment, read)?;
        config(&layers, &environment)
    }

    fn ok(&self) -> Config {
        self.config().unwrap()
    }

    fn usage_error(&self) -> String {
        match self.config().unwrap_err() {
            ConfigError::Usage(line) => line,
            ConfigError::Refused(line) => panic!("exit code 1 instead of 2: {line}"),
        }
    }

    fn refusal(&self) -> String {
        match self.config().unwrap_err() {
            ConfigError::Refused(line) => line,
            ConfigError::Usage(line) => panic!("exit code 2 instead of 1: {line}"),
        }
    }
}

fn flags<'a>(flags: &'a [&'a str]) -> Start<'a> {
    Start {
        flags,
        ..Start::default()
    }
}

fn variables<'a>(variables: &'a [(&'a str, &'a str)]) -> Start<'a> {
    Start {
        variables,
        ..Start::default()
    }
}

fn file(text: &str) -> Start<'_> {
    Start {
        file: Some(text),
        ..Start::default()
    }
}

#[test]
fn without_any_setting_it_serves_bitbucket_on_loopback() {
    let config = Start::default().ok();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8401");
    assert_eq!(config.admin_listen.unwrap().to_string(), "127.0.0.1:8402");
    assert_eq!(config.state_dir, Some("/home/j/.local/state/why401".into()));
    assert_eq!(
        config.ca,
        CaStore::Directory("/home/j/.local/state/why401/ca".into())
    );
    assert_eq!(config.intercept, ["api.bitbucket.org".parse().unwrap()]);
    assert!(
        config.allow_client.is_empty() && config.connect_to.is_empty() && config.silence.is_empty()
    );
    assert_eq!(config.client_http, ClientHttp::Mirror);
    let log = LogSettings {
        format: None,
        level: tracing::Level::INFO,
        every: false,
        show_user_ids: false,
        file: None,
    };
    assert_eq!(config.log, log);
}

/// One value for every setting, in each of the three spellings.
#[test]
fn flags_variables_and_file_mean_the_same() {
    let by_flag = flags(&[
        "--listen=127.0.0.1:1",
        "--admin-listen=none",
        "--allow-client=10.0.0.0/8",
        "--allow-client=::1",
        "--client-http=1.1",
        "--intercept=a.test:*",
        "--intercept=b.test",
        "--allow-target=10.1.2.3/16",
        "--connect-to=a.test::b.test:1",
        "--parent-proxy=http://p.test:3128",
        "--sandbox=s.test:8443",
        "--origin-ca=/r.pem",
        "--crl=/r.crl",
        "--annotate=reason,body",
        "--silence=wrong-secret",
        "--log-format=json",
        "--log-level=debug",
        "--log-file=/l",
        "--log-every",
        "--show-user-ids",
        "--state-dir=/s",
        "--ca-dir=/c",
    ]);
    let by_variable = variables(&[
        ("WHY401_LISTEN", "127.0.0.1:1"),
        ("WHY401_ADMIN_LISTEN", "none"),
        ("WHY401_ALLOW_CLIENT", "10.0.0.0/8, ::1,"),
        ("WHY401_CLIENT_HTTP", "1.1"),
        ("WHY401_INTERCEPT", "a.test:*,b.test"),
        ("WHY401_ALLOW_TARGET", "10.1.2.3/16"),
        ("WHY401_CONNECT_TO", "a.test::b.test:1"),
        ("WHY401_PARENT_PROXY", "http://p.test:3128"),
        ("WHY401_SANDBOX", "s.test:8443"),
        ("WHY401_ORIGIN_CA", "/r.pem"),
        ("WHY401_CRL", "/r.crl"),
        ("WHY401_ANNOTATE", "body, reason"),
        ("WHY401_SILENCE", "wrong-secret"),
        ("WHY401_LOG_FORMAT", "json"),
        ("WHY401_LOG_LEVEL", "debug"),
        ("WHY401_LOG_FILE", "/l"),
        ("WHY401_LOG_EVERY", "true"),
        ("WHY401_SHOW_USER_IDS", "true"),
        ("WHY401_STATE_DIR", "/s"),
        ("WHY401_CA_DIR", "/c"),
    ]);
    let by_file = file(
        "listen = '127.0.0.1:1'\nadmin_listen = 'none'\nallow_client = ['10.0.0.0/8', '::1']\nclient_http = 1.1\n\
         intercept = ['a.test:*', 'b.test']\nallow_target = '10.1.2.3/16'\nconnect_to = ['a.test::b.test:1']\n\
         parent_proxy = 'http://p.test:3128'\nsandbox = 's.test:8443'\norigin_ca = '/r.pem'\ncrl = '/r.crl'\nannotate = ['reason', 'body']\nsilence = ['wrong-secret']\nlog_format = 'json'\nlog_level = 'debug'\n\
         log_file = '/l'\nlog_every = true\nshow_user_ids = true\nstate_dir = '/s'\nca_dir = '/c'\n",
    );
    let expected = format!("{:?}", by_flag.ok());
    assert_eq!(format!("{:?}", by_variable.ok()), expected);
    assert_eq!(format!("{:?}", by_file.ok()), expected);
    for setting in setting::ALL
        .iter()
        .filter(|setting| **setting != &setting::CONFIG)
    {
        let flag = format!("--{}", setting.flag());
        assert!(
            by_flag.flags.iter().any(|given| given.starts_with(&flag)),
            "{flag} is missing in this test"
        );
    }
}

#[test]
fn flags_win_over_variables_and_these_over_the_file() {
    let mut start = Start {
        flags: &["--log-level=error"],
        variables: &[
            ("WHY401_LOG_LEVEL", "warn"),
            ("WHY401_SILENCE", "wrong-secret"),
        ],
        file: Some(
            "log_level = 'debug'\nsilence = ['challenge', 'server-error']\nlog_format = 'pretty'",
        ),
    };
    let config = start.ok();
    assert_eq!(config.log.level, tracing::Level::ERROR);
    assert_eq!(
        config.silence,
        ["wrong-secret"],
        "a list replaces, it does not add"
    );
    assert_eq!(config.log.format, Some(LogFormat::Pretty));
    start.flags = &[];
    assert_eq!(start.ok().log.level, tracing::Level::WARN);
    start.variables = &[("WHY401_LOG_LEVEL", "")];
    assert_eq!(
        start.ok().log.level,
        tracing::Level::DEBUG,
        "an empty variable counts as unset"
    );
}

#[test]
fn intercepted_hosts_are_added_to_bitbuckets_api() {
    let config = flags(&["--intercept=a.test", "--intercept=API.bitbucket.org."]).ok();
    let hosts: Vec<_> = config.intercept.iter().map(ToString::to_string).collect();
    assert_eq!(hosts, ["api.bitbucket.org", "a.test"]);
}

#[test]
fn a_relative_path_in_the_file_counts_from_its_folder() {
    let config = file("ca_dir = 'ca'\norigin_ca = ['/r.pem', 'roots/r.pem']").ok();
    assert_eq!(config.ca, CaStore::Directory("/etc/w/ca".into()));
    assert_eq!(
        config.origin_ca,
        ["/r.pem", "/etc/w/roots/r.pem"].map(|file| ExtraRoots::File(file.into()))
    );
    assert_eq!(
        flags(&["--ca-dir=ca"]).ok().ca,
        CaStore::Directory("ca".into())
    );
}

#[test]
fn a_wrong_value_is_named_with_its_place_and_what_to_write() {
    assert_eq!(
        flags(&["--listen", "8401"]).usage_error(),
        "--listen: \"8401\" does not fit: write IP:PORT, for example 127.0.0.1:8401 or [::1]:8401"
    );
    assert_eq!(
        variables(&[("WHY401_CLIENT_HTTP", "3")]).usage_error(),
        "WHY401_CLIENT_HTTP: \"3\" does not fit: write 1.1 or 2"
    );
    assert_eq!(
        file("\nintercept = ['a.test', '*.test']").usage_error(),
        "/etc/w/why401.toml:2:24: intercept: \"*.test\" does not fit: a wildcard stands for no host; name each one"
    );
}

#[test]
fn no_wrong_value_passes() {
    let wrong = [
        "--listen=localhost",
        "--listen=example.org:80",
        "--listen=127.0.0.1:65536",
        "--admin-listen=off",
        "--allow-client=10.0.0.0/33",
        "--allow-client=acme",
        "--allow-target=x",
        "--client-http=1.0",
        "--intercept=https://a.example",
        "--intercept=127.0.0.1",
        "--connect-to=a:b",
        "--sandbox=a",
        "--annotate=head",
        "--annotate=reason,",
        "--silence=wrong-secrets",
        "--log-format=xml",
        "--log-level=all",
    ];
    for flag in wrong {
        let error = flags(&[flag]).usage_error();
        let (name, _) = flag.split_once('=').unwrap();
        assert!(
            error.starts_with(name) && !error.contains('\n'),
            "{flag}: {error}"
        );
    }
    assert!(
        variables(&[("WHY401_LOG_EVERY", "yes")])
            .usage_error()
            .ends_with("write true or false")
    );
}

#[test]
fn a_wrong_value_cannot_write_to_the_terminal() {
    let error = flags(&["--listen=\u{1b}[2J\n"]).usage_error();
    assert!(!error.chars().any(char::is_control), "{error:?}");
}

#[test]
fn two_listeners_on_one_address_are_told_apart_from_a_port_in_use() {
    assert_eq!(
        flags(&["--listen=127.0.0.1:1", "--admin-listen=127.0.0.1:1"]).usage_error(),
        "--admin-listen: 127.0.0.1:1 is the address of --listen as well; choose another, or none"
    );
    flags(&["--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0"]).ok();
}

#[test]
fn off_loopback_somebody_must_be_named_who_may_connect() {
    assert_eq!(
        flags(&["--listen=0.0.0.0:8401"]).refusal(),
        "--listen: 0.0.0.0:8401 can be reached from other machines, and nothing says which may; \
         add for example --allow-client 10.0.0.0/8"
    );
    assert!(
        variables(&[("WHY401_LISTEN", "[::]:1")])
            .refusal()
            .ends_with("WHY401_ALLOW_CLIENT=10.0.0.0/8")
    );
    assert!(
        file("listen = '10.1.2.3:1'")
            .refusal()
            .ends_with("allow_client = [\"10.0.0.0/8\"]")
    );
    let allowed = flags(&["--listen=0.0.0.0:8401", "--allow-client=10.1.2.3"]).ok();
    assert_eq!(allowed.allow_client, ["10.1.2.3/32".parse().unwrap()]);
    for loopback in [
        "127.0.0.2:1",
        "[::1]:1",
        "[::ffff:127.0.0.1]:1",
        "localhost:1",
    ] {
        flags(&["--listen", loopback]).ok();
    }
}

#[test]
fn a_sandbox_needs_the_root_of_its_certificate() {
    assert_eq!(
        flags(&["--sandbox=s.test:8443"]).refusal(),
        "--sandbox: its certificate is of its own CA; name the file that `why401 sandbox --ca-file FILE` wrote \
         with --origin-ca FILE"
    );
    let config = flags(&["--sandbox=s.test:8443", "--origin-ca=/r.pem"]).ok();
    assert_eq!(config.sandbox.unwrap().to_string(), "s.test:8443");
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_who_asked_for_it() {
    let missing = flags(&["--config=/nowhere.toml"]).usage_error();
    assert!(
        missing.starts_with("--config: cannot read /nowhere.toml: "),
        "{missing}"
    );
    let missing = variables(&[("WHY401_CONFIG", "/nowhere.toml")]).usage_error();
    assert!(
        missing.starts_with("WHY401_CONFIG: cannot read /nowhere.toml: "),
        "{missing}"
    );
}

#[test]
fn variables_of_others_are_left_alone() {
    variables(&[
        ("WHY401_PORT", "tcp://10.0.0.1:8401"),
        ("WHY401_SERVICE_HOST", "10.0.0.1"),
    ])
    .ok();
}

#[test]
fn without_a_home_the_ca_needs_a_place_and_state_stays_in_memory() {
    let nowhere = &[("HOME", "")];
    assert!(variables(nowhere).refusal().ends_with("--state-dir DIR"));
    let config = Start {
        flags: &["--ca-dir=/c"],
        variables: nowhere,
        file: None,
    }
    .ok();
    assert_eq!(
        (config.ca, config.state_dir),
        (CaStore::Directory("/c".into()), None)
    );
}

//! A machine on which all is well, for tests to spoil.

use super::client::Client;
use super::examine;
use super::machine::{
    Answer, Asked, Bundle, Ca, Git, Machine, Named, Python, Readiness, Runtimes, Settings, Wgetrc,
};
use crate::child::variables::Variables;
use crate::host::target::Target;
use crate::output::checkup::{Finding, Status};
use std::collections::{BTreeMap, BTreeSet};
use time::macros::utc_datetime;

pub const PLACE: &str = "127.0.0.1:8401";
/// The file in which our root is.
pub const OURS: &str = "/ca/root.pem";
/// One without it.
pub const OTHERS: &str = "/others.pem";

/// curl, git and Python lead here and trust, by the variables that the proxy's start tells.
pub const SET_UP: [(&str, &str); 7] = [
    ("HOME", "/home/j"),
    ("HTTPS_PROXY", "http://127.0.0.1:8401"),
    ("https_proxy", "http://localhost:8401"),
    ("CURL_CA_BUNDLE", OURS),
    ("GIT_SSL_CAINFO", OURS),
    ("SSL_CERT_FILE", OURS),
    ("REQUESTS_CA_BUNDLE", OURS),
];

/// A machine with these clients and these variables beside those of [`SET_UP`].
pub fn machine(clients: &[Client], variables: &[(&str, &str)]) -> Machine {
    let all = SET_UP.iter().chain(variables).copied();
    Machine {
        now: utc_datetime!(2026-11-25 10:00),
        client: None,
        variables: all.collect::<Variables>(),
        settings: Settings {
            listen: target(PLACE),
            ca_folder: "/home/j/ca".into(),
            is_other_folder: false,
            hosts: vec!["api.bitbucket.org".into(), "bitbucket.org".into()],
            bad_parent: None,
        },
        answers: BTreeMap::from([(PLACE.to_owned(), Answer::Why401)]),
        readiness: Some(Readiness {
            is_ready: true,
            date: Some(utc_datetime!(2026-11-25 10:01)),
        }),
        ca: Ca {
            root: Some(OURS.into()),
            begins: Some(utc_datetime!(2026-11-01 0:00)),
            ends: Some(utc_datetime!(2027-11-01 0:00)),
            written: Some(utc_datetime!(2026-11-01 0:01)),
            ..Ca::default()
        },
        bundles: BTreeMap::from([(OURS.into(), bundle(true)), (OTHERS.into(), bundle(false))]),
        system: bundle(false),
        found: clients.iter().copied().collect::<BTreeSet<_>>(),
        runtimes: Runtimes {
            python: Asked::Told(Python {
                requests: true,
                ..Python::default()
            }),
            has_lwp: true,
            ..Runtimes::default()
        },
        wgetrc: Wgetrc::default(),
        curlrc: None,
        java: None,
        git: Git::default(),
        stored: Vec::new(),
        parent: None,
        command: None,
    }
}

/// A readable file, with our root or without.
pub fn bundle(ours: bool) -> Bundle {
    Bundle::Read {
        ours,
        is_folder: false,
    }
}

pub fn target(text: &str) -> Target {
    Target::parse(text, None).unwrap()
}

pub fn named(text: &str) -> Option<Named> {
    Named::parse(text)
}

/// What is wrong or worth a look, as `fail check: text -> action`.
pub fn faults(machine: &Machine) -> Vec<String> {
    let is_fault = |finding: &Finding| finding.status != Status::Ok;
    let words = |finding: Finding| {
        let status = match finding.status {
            Status::Fail => "fail",
            _ => "warn",
        };
        let action = finding.action.unwrap();
        format!("{status} {}: {} -> {action}", finding.check, finding.text)
    };
    let findings = examine(machine).into_iter();
    findings.filter(is_fault).map(words).collect()
}

/// Exactly one thing is wrong, and it is said in words that hold these.
#[track_caller]
pub fn only(machine: &Machine, begins: &str, holds: &[&str]) {
    let faults = faults(machine);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].starts_with(begins), "{faults:#?}");
    for words in holds {
        assert!(faults[0].contains(words), "{words}: {faults:#?}");
    }
}

//! `why401 serve` from its start to the signals that end it.

use crate::run::{Outcome, outcome, why401};
use crate::serving::Serving;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::{MetadataExt, PermissionsExt};

#[test]
fn it_says_the_ports_it_chose_and_ends_well_on_sigterm_and_sigint() {
    for signal in ["TERM", "INT"] {
        let serving = Serving::start();
        assert!(serving.admin("/healthz").starts_with("HTTP/1.1 200"));
        serving.signal(signal);
        assert_eq!(serving.end(), (Some(0), String::new()), "SIG{signal}");
    }
}

#[test]
fn a_second_signal_ends_it_with_exchanges_in_flight() {
    let origin = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut serving = Serving::start();
    let (_open, answer) = serving.connect(origin.local_addr().unwrap());
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    serving.signal("TERM");
    serving.expect_line("why401: finishing what is in flight");
    serving.signal("INT");
    assert_eq!(serving.end().0, Some(130));
}

#[test]
fn two_on_one_port_is_one_line_for_the_second() {
    let serving = Serving::start();
    let home = tempfile::tempdir().unwrap();
    let listen = format!("--listen={}", serving.proxy);
    let second = why401(home.path())
        .args(["serve", &listen])
        .output()
        .unwrap();
    let second = Outcome::from(second);
    let line = format!("why401: {} is in use by another program", serving.proxy);
    assert!(second.err.starts_with(&line), "{}", second.err);
    assert_eq!((second.code, second.err.lines().count()), (Some(1), 1));
}

#[test]
fn closed_streams_do_not_end_it() {
    let origin = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut serving = Serving::start();
    serving.close_streams();
    // A dead origin is worth a message, which now reaches nobody.
    assert!(
        serving
            .connect(dead_address())
            .1
            .starts_with("HTTP/1.1 502")
    );
    assert!(
        serving
            .connect(origin.local_addr().unwrap())
            .1
            .starts_with("HTTP/1.1 200")
    );
    assert!(serving.admin("/healthz").starts_with("HTTP/1.1 200"));
}

#[test]
fn events_that_nobody_takes_are_missed_aloud() {
    let mut serving = Serving::start();
    serving.close_stdout();
    // No proxy's request: refused, which is an event.
    serving.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    serving.expect_message("standard output takes no events");
}

/// H-L5: the events of `serve` go there alone, and what others may read is refused.
#[test]
fn a_log_file_takes_the_events_and_is_closed_to_others() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("events.log");
    let flag = format!("--log-file={}", file.display());
    let serving = Serving::with(&[&flag]);
    serving.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    serving.signal("TERM");
    assert_eq!(serving.end(), (Some(0), String::new()));
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("\"event\":\"client_refused\""), "{text}");
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let refused = outcome(&["serve", "--listen=127.0.0.1:0", &flag]);
    assert_eq!(refused.code, Some(1), "{}", refused.err);
    assert!(refused.err.contains("chmod 600"), "{}", refused.err);
}

/// Where nobody listens: the port was free a moment ago.
fn dead_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
}

#[test]
fn a_home_that_cannot_be_written_is_named() {
    // A file where the folder should be stops root as well.
    let home = tempfile::NamedTempFile::new().unwrap();
    let outcome: Outcome = why401(home.path()).arg("serve").output().unwrap().into();
    assert_eq!(
        (outcome.code, outcome.err.lines().count()),
        (Some(1), 1),
        "{}",
        outcome.err
    );
    assert!(
        outcome.err.contains(home.path().to_str().unwrap()),
        "{}",
        outcome.err
    );
}

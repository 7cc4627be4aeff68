//! Blocks as people see them.

use super::*;
use crate::diagnosis::example::Example;
use crate::diagnosis::{Silenced, diagnose};
use crate::history::{Past, SecondLeg};
use crate::output::event::Context;
use time::macros::utc_datetime;

const PLAIN: Screen = Screen {
    width: 80,
    colour: false,
};

fn event(example: Example) -> Event {
    let (seen, past, clock) = example.observe();
    let report = diagnose(&seen, &past, clock, &Silenced::default());
    let context = Context {
        timestamp: utc_datetime!(2026-11-24 16:40:12.345),
        id: "k3v0aaaa".to_owned(),
        client: Some([10, 1, 2, 3].into()),
        show_user_ids: false,
        environment: None,
    };
    Event::new(&report, &seen, &context).expect("a finding")
}

fn with_username() -> Event {
    event(
        Example::rest("")
            .call("GET https://api.bitbucket.org/2.0/user")
            .pair("jane:{api_token}"),
    )
}

#[test]
fn a_block_says_what_was_sent_what_is_wrong_and_what_to_do() {
    let event = with_username();
    let expected = format!(
        "\
16:40:12  401  GET api.bitbucket.org/2.0/user
  sent  Basic, user j…e, API token of 192 characters, checksum fits
  wrong On REST an API token needs the account email
  do    Use the email of the Atlassian account that owns this token as user
        name; keep the token; git keeps its own user name.
  why   likely: REST call; a Basic pair; user-id is not an email; API token by
        its prefix; 401 without x-credential-type
  read  https://support.atlassian.com/bitbucket-cloud/kb/getting-401-http-error-while-authenticating-to-bitbucket-cloud-rest-apis/
  note  api-token-with-username, credential {}, from 10.1.2.3, id
        k3v0aaaa

",
        event.fingerprint.as_deref().unwrap_or_default()
    );
    let found = render(&event, PLAIN);
    assert!(found == expected, "expected\n{expected}found\n{found}");
}

#[test]
fn practice_is_marked_before_anything_else_is_said() {
    let event = Event {
        environment: Some("SANDBOX"),
        ..with_username()
    };
    let text = render(&event, PLAIN);
    let head = "16:40:12  SANDBOX 401  GET api.bitbucket.org/2.0/user\n";
    assert!(text.starts_with(head), "{text}");
}

#[test]
fn a_narrow_terminal_is_not_overrun() {
    for width in [0, 24, 40, 60] {
        let text = render(&with_username(), Screen { width, ..PLAIN });
        // An address is never broken.
        let lines = text.lines().filter(|line| !line.starts_with("  read  "));
        let widest = lines.map(|line| line.chars().count()).max();
        assert!(widest <= Some(width.max(24)), "{text}");
    }
}

#[test]
fn colour_adds_nothing_but_colour() {
    let plain = render(&with_username(), PLAIN);
    let coloured = render(
        &with_username(),
        Screen {
            colour: true,
            ..PLAIN
        },
    );
    let mut stripped = String::new();
    for part in coloured.split('\u{1b}') {
        let rest = part.strip_prefix('[').and_then(|part| part.split_once('m'));
        stripped.push_str(rest.map_or(part, |(_, rest)| rest));
    }
    assert!(coloured.contains('\u{1b}'));
    assert_eq!(stripped, plain);
}

#[test]
fn the_other_possibilities_and_the_count_are_named() {
    let mut event = event(Example::rest("").pair("me@acme.com:{api_token}"));
    event.count = 12;
    let text = render(&event, PLAIN);
    assert!(
        text.contains("email-of-another-account (possible)"),
        "{text}"
    );
    assert!(text.contains("12 times"), "{text}");
}

#[test]
fn nothing_sent_is_said_so() {
    let text = render(&event(Example::rest("")), PLAIN);
    assert!(text.contains("sent  no credentials\n"), "{text}");
}

#[test]
fn a_first_try_that_wants_nothing_done_is_one_line() {
    let git = Example::git("").call("GET https://bitbucket.org/acme/website.git/info/refs");
    let came = git.past(Past {
        second_leg: SecondLeg::Came,
        ..Past::NONE
    });
    let text = render(&event(came), PLAIN);
    let expected = "16:40:12  401 first try  GET bitbucket.org/acme/website.git/info/refs\n\n";
    assert_eq!(text, expected);
    let narrow = Screen { width: 40, ..PLAIN };
    let expected = "16:40:12  401 first try  GET bitbucket.\u{2026}\n\n";
    assert_eq!(render(&event(came), narrow), expected);
    let unsure = render(&event(git), PLAIN);
    assert!(unsure.contains("\n  do "), "it may be more: {unsure}");
}

#[test]
fn what_is_only_possible_is_not_called_wrong() {
    let text = render(
        &event(Example::rest("").pair("me@acme.com:{api_token}")),
        PLAIN,
    );
    assert!(text.contains("\n  maybe API token refused"), "{text}");
    assert!(!text.contains("\n  wrong"), "{text}");
}

#[test]
fn missing_scopes_stand_beside_those_that_there_are() {
    let body = r#"{"error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"granted":["read:user:bitbucket"],"required":["read:repository:bitbucket"]}}}"#;
    let example = Example::rest("")
        .pair("me@acme.com:{api_token}")
        .status(403)
        .answer(&[("x-credential-type", "api_token")])
        .body(body);
    let text = render(&event(example), PLAIN);
    let expected = "\n  lacks read:repository:bitbucket; has read:user:bitbucket\n";
    assert!(text.contains(expected), "{text}");
}

//! What a file adds, and what is said about its mistakes.

use super::*;
use crate::sandbox::Bitbucket;
use crate::sandbox::clock::Clock;
use crate::sandbox::credential::{Kind, State};
use crate::sandbox::world::{REPOSITORIES, reaches};
use time::macros::utc_datetime;

fn parse(text: &str) -> Result<Config, ConfigError> {
    let path = Path::new("s.toml");
    File { text, path }.config()
}

fn error(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

#[test]
fn an_empty_file_changes_nothing() {
    let config = parse("").unwrap();
    assert!(config.rate_limits && config.credentials.is_empty());
    assert_eq!(config.disputed, Reading::default());
}

#[test]
fn switches_are_read() {
    let config = parse("rate_limits = false\ndisputed = [\"a10\", \"E2\"]").unwrap();
    assert!(!config.rate_limits);
    assert!(config.disputed.otherwise(Disputed::A10));
    assert!(config.disputed.otherwise(Disputed::E2));
    assert!(!config.disputed.otherwise(Disputed::A8));
}

#[test]
fn a_kind_is_enough_for_a_credential() {
    let config = parse("[[credential]]\nkind = \"api_token\"").unwrap();
    let token = &config.credentials[0];
    assert_eq!(token.secret.len(), 192);
    assert_eq!(token.email, "j.doe@acme.example");
    assert_eq!(token.scopes.len(), 35);
    assert_eq!((token.state, token.id.len()), (State::Good, 20));
}

#[test]
fn everything_else_can_be_told() {
    let text = r#"
        [[credential]]
        kind = "repo_access_token"
        state = "expired"
        secret = "abc"
        scopes = ["repository"]
        workspace = "acme"
        repository = "website"
        expires = 2026-12-01T01:00:00+01:00
        note = "the nightly build"
        [[credential]]
        kind = "app_password"
        state = "other_account"
    "#;
    let credentials = parse(text).unwrap().credentials;
    let (token, password) = (&credentials[0], &credentials[1]);
    assert_eq!(
        (token.secret.as_str(), token.username.as_str()),
        ("abc", "")
    );
    assert_eq!(token.expires, Some(utc_datetime!(2026-12-01 0:00)));
    assert_eq!(token.repository.as_deref(), Some("website"));
    assert_eq!(password.true_username(), "sroe");
}

#[test]
fn an_access_token_without_a_place_reaches_no_further_than_a_good_one() {
    let text = "[[credential]]\nkind = \"repo_access_token\"\n[[credential]]\nkind = \"workspace_access_token\"";
    let credentials = parse(text).unwrap().credentials;
    let reached = credentials.iter().map(|credential| {
        let reached = REPOSITORIES.iter().filter(|it| reaches(credential, it));
        reached.map(|it| it.slug).collect::<Vec<_>>()
    });
    let reached: Vec<_> = reached.collect();
    assert_eq!(reached[0], ["website"]);
    assert_eq!(reached[1], ["website", "handbook", "deployment"]);
}

#[test]
fn a_mistake_is_one_line_with_its_place_and_what_to_do() {
    let cases = [
        (
            "disputed = [\"A10\", \"A1\"]",
            "s.toml:1:20: \"A1\" is no fact with two readings; there are A8, ",
        ),
        (
            "[[credential]]\nkind = \"password\"",
            "s.toml:2:8: unknown variant `password`, expected one of `api_token`",
        ),
        (
            "[[credential]]\nkind = \"api_token\"\nexpires = 2026-12-01",
            "s.toml:3:11: not a moment; write date, time and offset, as in 2026-12-01T00:00:00Z",
        ),
        (
            "rate_limit = false",
            "s.toml:1:1: unknown field `rate_limit`, expected one of `rate_limits`, `disputed`, `credential`; mend this line",
        ),
        (
            "[[credential]]\nstate = \"good\"",
            "s.toml:1:1: missing field `kind`; mend this line",
        ),
        (
            "[[credential]]\nkind = \"api_token\"\nsecret = \"a\"\n[[credential]]\nkind = \"api_token\"\nsecret = \"a\"",
            "s.toml:6:10: this secret stands in another entry, too; give each its own",
        ),
        (
            "[[credential]]\nkind = \"api_token\"\nsecret = \"\"",
            "s.toml:3:10: an empty secret; write one, or leave the line out to get one minted",
        ),
        (
            "rate_limits = 1",
            "s.toml:1:15: invalid type: integer `1`, expected a boolean; mend this line",
        ),
        (
            "[[credential]]\nkind = \"repo_access_token\"\nworkspace = \"acme\"\nrepository = \"vault\"",
            "s.toml:4:14: the sandbox has none of that name; there are website, handbook, deployment",
        ),
        ("=", "s.toml:1:1: "),
    ];
    for (text, expected) in cases {
        let error = error(text);
        assert!(error.starts_with(expected), "{text:?}: {error}");
        assert!(!error.contains('\n'), "{error}");
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.toml");
    let error = Config::read(&path).unwrap_err().to_string();
    assert!(
        error.contains("none.toml: ") && error.ends_with("; name a file that can be read"),
        "{error}"
    );
}

#[test]
fn what_it_adds_is_there_beside_the_standard_set() {
    let text = "disputed = [\"B17\"]\n[[credential]]\nkind = \"api_token\"\nsecret = \"abc\"";
    let clock = Clock::starting_at(utc_datetime!(2026-11-24 9:00));
    let bitbucket = Bitbucket::configured(clock, parse(text).unwrap());
    assert_eq!(bitbucket.store.find("abc").unwrap().kind, Kind::ApiToken);
    assert!(
        bitbucket
            .store
            .first(Kind::AppPassword, State::Good)
            .is_some()
    );
    assert!(bitbucket.reading.otherwise(Disputed::B17));
}

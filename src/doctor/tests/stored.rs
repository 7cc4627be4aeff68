//! Credentials that lie on the machine.

use super::*;
use crate::credentials::{Credentials, mint};
use crate::doctor::machine::{Place, Stored};
use crate::secret::FingerprintKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

fn with(place: Place, host: Option<&str>, user: &str, secret: &str) -> Machine {
    let value = format!("Basic {}", STANDARD.encode(format!("{user}:{secret}")));
    let mut machine = usual(&[]);
    machine.stored = vec![Stored {
        place,
        host: host.map(str::to_owned),
        credentials: Credentials::parse(value.as_bytes(), &FingerprintKey::new([7; 32])),
    }];
    machine
}

fn netrc() -> Place {
    Place::Netrc("/home/j/.netrc".into())
}

#[test]
fn a_netrc_that_overrides_a_header_is_named_with_its_user_masked() {
    let rest = with(
        netrc(),
        Some("api.bitbucket.org"),
        "jane@acme.com",
        &mint::api_token(1),
    );
    only(
        &rest,
        "warn netrc: ~/.netrc has an entry for api.bitbucket.org (user j…@acme.com, API token)",
        &["requests even in place", "trust_env = False"],
    );
    let default = with(netrc(), None, "jane", &mint::access_token(1));
    only(&default, "warn netrc: ~/.netrc has a default entry", &[]);
}

#[test]
fn an_app_password_is_dead_since_its_day_and_was_not_before() {
    let helper = || Place::Helper("cache".into());
    let secret = mint::app_password(1);
    let mut machine = with(helper(), Some("bitbucket.org"), "jane", &secret);
    only(
        &machine,
        "fail git: its credential helper cache gives credentials for bitbucket.org (user j…e, app password)",
        &["ended on 2026-07-28", "make an API token"],
    );
    machine.now = utc_datetime!(2026-05-01 0:00);
    assert!(
        faults(&machine)
            .iter()
            .all(|fault| !fault.contains("app password"))
    );
    let netrc = with(netrc(), Some("bitbucket.org"), "jane", &secret);
    only(&netrc, "fail netrc:", &["ended on 2026-07-28"]);
}

#[test]
fn a_token_under_the_name_of_the_other_surface_or_damaged() {
    let file = || Place::GitFile("/home/j/.git-credentials".into());
    let token = mint::api_token(1);
    let wrong = with(file(), Some("bitbucket.org"), "jane@acme.com", &token);
    only(
        &wrong,
        "warn git: ~/.git-credentials",
        &["make its user name x-bitbucket-api-token-auth"],
    );
    let right = with(file(), Some("bitbucket.org"), "jane", &token);
    assert_eq!(faults(&right), [""; 0]);
    let cut = with(file(), Some("bitbucket.org"), "jane", &token[..100]);
    only(&cut, "fail git:", &["damaged"]);
    let password = with(
        file(),
        Some("bitbucket.org"),
        "jane",
        "correct horse battery",
    );
    only(&password, "warn git:", &["password of an account"]);
    let header = with(
        Place::GitSetting("http.extraheader".into()),
        None,
        "jane",
        &token,
    );
    assert_eq!(faults(&header), [""; 0]);
}

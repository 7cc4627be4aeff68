//! Each thing that can be wrong, on a machine where all else is well.

use super::client::Client::{self, *};
use super::examine;
use super::machine::{Answer, Bundle, Ca, Command, Machine, Parent};
use super::testing::*;
use crate::child::unseen::words;
use crate::output::checkup::Status;
use time::Duration;
use time::macros::utc_datetime;

mod clients;
mod stored;

fn usual(variables: &[(&str, &str)]) -> Machine {
    machine(&[Curl, Git, Python], variables)
}

#[test]
fn nothing_is_said_against_a_machine_that_is_set_up() {
    assert_eq!(faults(&usual(&[])), [""; 0]);
}

#[test]
fn a_proxy_that_is_not_there_or_not_ours_or_about_to_end() {
    let mut machine = usual(&[]);
    machine.answers.clear();
    only(
        &machine,
        "fail proxy: nothing answers at 127.0.0.1:8401",
        &["why401 serve in"],
    );
    machine.answers.insert(PLACE.into(), Answer::Other(404));
    only(&machine, "fail proxy: what answers", &["--listen"]);
    machine.answers.insert(PLACE.into(), Answer::Why401);
    machine.readiness.as_mut().unwrap().is_ready = false;
    only(&machine, "warn proxy:", &["about to end"]);
}

#[test]
fn a_proxy_that_a_variable_names_counts_where_none_is_at_its_usual_place() {
    let variables = [
        ("HTTPS_PROXY", "http://team:8411"),
        ("https_proxy", "http://team:8411"),
    ];
    let mut machine = usual(&variables);
    machine.answers = [("team:8411".to_owned(), Answer::Why401)].into();
    assert_eq!(faults(&machine), [""; 0]);
}

#[test]
fn a_ca_that_cannot_be_used_or_ends_soon_or_does_not_cover_a_host() {
    let mut machine = usual(&[]);
    machine.ca.outside = vec!["the CA signs only for x, not for y; widen it".into()];
    only(
        &machine,
        "fail ca: the CA signs only for x, not for y -> widen it",
        &[],
    );
    machine.ca.outside.clear();
    machine.ca.ends = Some(machine.now + Duration::days(29));
    only(
        &machine,
        "warn ca:",
        &[
            "ends on 2026-12-24",
            "new step of trust",
            "why401 ca rotate --ca-dir ~/ca",
        ],
    );
    machine.ca.fault = Some("others can read it; run: chmod 600 /home/j/ca/issuing.key".into());
    only(
        &machine,
        "fail ca: others can read it -> chmod 600 ~/ca/issuing.key",
        &[],
    );
}

#[test]
fn a_clock_that_is_behind_what_is_known() {
    let mut machine = usual(&[]);
    machine.ca.written = Some(utc_datetime!(2026-12-25 10:00));
    only(
        &machine,
        "fail clock: the clock is behind",
        &["written on 2026-12-25", "date -u"],
    );
    machine.ca.begins = Some(utc_datetime!(2026-12-01 0:00));
    only(&machine, "fail clock:", &["the CA begins on 2026-12-01"]);
    let mut machine = usual(&[]);
    machine.readiness.as_mut().unwrap().date = Some(utc_datetime!(2026-11-25 10:30));
    only(
        &machine,
        "warn clock: it differs from the proxy's by 30 minutes",
        &[],
    );
    let mut machine = usual(&[]);
    machine.now = utc_datetime!(2020-01-01 0:00);
    only(&machine, "fail clock:", &["it says 2020-01-01"]);
}

#[test]
fn proxy_variables_that_are_missing_or_lead_elsewhere() {
    let unset = usual(&[("HTTPS_PROXY", ""), ("https_proxy", "")]);
    only(
        &unset,
        "fail environment: neither",
        &["eval \"$(why401 env)\""],
    );
    let of_fish = usual(&[
        ("HTTPS_PROXY", ""),
        ("https_proxy", ""),
        ("SHELL", "/bin/fish"),
    ]);
    only(
        &of_fish,
        "fail environment: neither",
        &["why401 env | source"],
    );
    for (value, words) in [
        (
            "http://j:s3cret@corp:3128",
            "leads to corp:3128, past why401, while https_proxy",
        ),
        ("https://127.0.0.1:8401", "asks for TLS to the proxy itself"),
        (
            "socks5://j:s3cret@h:1",
            "HTTPS_PROXY is not the address of an HTTP proxy",
        ),
        (
            "http://j:s3cret@dead:1",
            "names dead:1, where nothing answers",
        ),
    ] {
        let mut machine = usual(&[("HTTPS_PROXY", value)]);
        machine
            .answers
            .insert("corp:3128".into(), Answer::Other(400));
        only(&machine, "fail environment:", &[words]);
        assert!(!faults(&machine)[0].contains("s3cret"), "{value}");
    }
}

#[test]
fn entries_of_no_proxy_that_any_client_reads_as_bitbucket() {
    for entry in ["api.bitbucket.org", ".org", "*", "bitbucket.org:443"] {
        let machine = usual(&[("NO_PROXY", &format!("localhost,{entry},corp.example"))]);
        only(
            &machine,
            &format!("fail environment: NO_PROXY has {entry},"),
            &["-> export NO_PROXY=localhost,corp.example,127.0.0.1,::1"],
        );
    }
    let many = usual(&[("no_proxy", "org .org *.org *bitbucket* *")]);
    only(
        &many,
        "fail environment: no_proxy has org, .org, *.org and 2 more",
        &[],
    );
    assert_eq!(
        faults(&usual(&[("NO_PROXY", "localhost,10.0.0.0/8")])),
        [""; 0]
    );
}

#[test]
fn nothing_is_said_to_go_through_the_proxy_that_a_list_may_lead_past_it() {
    for name in ["NO_PROXY", "no_proxy"] {
        let mut machine = usual(&[(name, "bitbucket.org")]);
        // A setting of git's own names the proxy, and the list holds for it as well.
        machine.git.proxies = vec![("http.proxy".into(), named("http://127.0.0.1:8401"))];
        let command = words(["./list.sh"]);
        machine.command = Some(Command {
            words: command,
            program: "./list.sh".to_owned(),
            is_found: true,
        });
        for finding in examine(&machine) {
            let text = &finding.text;
            assert!(!text.contains("goes through the proxy"), "{name}: {text}");
            assert!(
                finding.check != "command" || finding.status == Status::Warn,
                "{text}"
            );
        }
    }
}

#[test]
fn files_of_roots_that_cannot_be_read() {
    let mut machine = usual(&[("PIP_CERT", "/gone.pem")]);
    only(
        &machine,
        "fail environment: PIP_CERT names /gone.pem, which does not exist",
        &["unset PIP_CERT"],
    );
    machine.bundles.insert(
        "/gone.pem".into(),
        Bundle::Unreadable("permission denied".into()),
    );
    only(
        &machine,
        "fail environment:",
        &["cannot be read: permission denied"],
    );
    let added = usual(&[("NODE_EXTRA_CA_CERTS", "/gone.pem")]);
    only(&added, "warn environment: NODE_EXTRA_CA_CERTS", &[]);
}

#[test]
fn switches_that_turn_verification_off() {
    for (name, value) in [
        ("NODE_TLS_REJECT_UNAUTHORIZED", "0"),
        ("GIT_SSL_NO_VERIFY", "true"),
        ("PYTHONHTTPSVERIFY", "0"),
    ] {
        let machine = usual(&[(name, value)]);
        only(
            &machine,
            &format!("warn environment: {name} lets"),
            &[&format!("unset {name}")],
        );
    }
    assert_eq!(
        faults(&usual(&[("NODE_TLS_REJECT_UNAUTHORIZED", "1")])),
        [""; 0]
    );
    let mut git = usual(&[]);
    git.git.unverified = Some("http.sslverify".into());
    only(&git, "warn git: http.sslverify lets git", &[]);
}

#[test]
fn a_parent_that_is_away_wants_credentials_or_leads_in_a_circle() {
    let with = |answer, has_credentials, place: &str| {
        let mut machine = usual(&[]);
        machine.parent = Some(Parent {
            named: named(&format!("http://{place}")).unwrap(),
            has_credentials,
            answer,
        });
        machine
    };
    only(
        &with(Answer::Nobody, false, "p:1"),
        "fail parent: nothing answers at p:1",
        &[],
    );
    only(
        &with(Answer::Other(407), false, "p:1"),
        "fail parent:",
        &["407", "USER:PASSWORD"],
    );
    only(
        &with(Answer::Why401, false, "me:8401"),
        "warn parent:",
        &["circle"],
    );
    // What `why401 env` gave this shell.
    assert_eq!(
        faults(&with(Answer::Why401, false, "127.0.0.1:8401")),
        [""; 0]
    );
    assert_eq!(faults(&with(Answer::Other(407), true, "p:1")), [""; 0]);
    assert_eq!(faults(&with(Answer::Other(503), false, "p:1")), [""; 0]);
    let mut bad = usual(&[]);
    bad.settings.bad_parent =
        Some("https_proxy: the address does not fit; none does without".into());
    only(
        &bad,
        "fail parent: https_proxy: the address does not fit -> none",
        &[],
    );
}

#[test]
fn one_client_hears_only_what_concerns_it() {
    let about = |client: Client| {
        let mut machine = usual(&[
            ("NO_PROXY", "*"),
            ("GIT_SSL_NO_VERIFY", "1"),
            ("PIP_CERT", "/gone.pem"),
        ]);
        machine.client = Some(client);
        faults(&machine).len()
    };
    assert_eq!((about(Git), about(Python), about(Curl)), (2, 2, 1));
    // It is not here, and says so.
    assert_eq!(about(Java), 1);
}

#[test]
fn a_proxy_with_a_ca_elsewhere_is_told_from_none_at_all() {
    let mut machine = usual(&[]);
    machine.ca = Ca {
        is_absent: true,
        ..Ca::default()
    };
    only(
        &machine,
        "fail ca: the CA of the why401 at",
        &["--ca-dir DIR"],
    );
    machine.answers.clear();
    assert!(!faults(&machine).iter().any(|line| line.contains(" ca:")));
}

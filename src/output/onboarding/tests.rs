//! The page in all its renderings.

use super::tool::{Tool, groups};
use super::*;

fn facts(hosts: &[&str]) -> Facts {
    Facts {
        fingerprint: "AA:BB".to_owned(),
        signs_for: "bitbucket.org and below".to_owned(),
        until: "2027-11-22".to_owned(),
        hosts: hosts.iter().map(|host| host.parse().unwrap()).collect(),
        variables: vec![
            ("HTTPS_PROXY", Setting::Proxy),
            ("SSL_CERT_FILE", Setting::Roots),
        ],
        store_password: "changeit",
    }
}

fn visit(proxy: &str, way: Way) -> Visit {
    Visit {
        proxy: proxy.parse().unwrap(),
        way,
    }
}

const API: &[&str] = &["api.bitbucket.org"];

#[test]
fn both_renderings_say_whether_the_reader_goes_through() {
    for (way, words) in [
        (Way::Through, "You are going through me."),
        (Way::Direct, "You are not going through me"),
    ] {
        let visit = visit("127.0.0.1:8401", way);
        for page in [
            text::render(&facts(API), visit),
            html::render(&facts(API), visit),
        ] {
            assert!(page.contains(words), "{page}");
        }
    }
}

#[test]
fn both_renderings_hold_the_same_lines_with_the_live_port() {
    let (facts, visit) = (facts(API), visit("10.0.0.7:49152", Way::Direct));
    let page = text::render(&facts, visit);
    let html = html::render(&facts, visit);
    for tool in groups(&facts, visit).iter().flat_map(|group| &group.tools) {
        let Tool { name, lines, .. } = tool;
        assert!(
            lines.contains("49152") || lines.contains("keytool"),
            "{name}"
        );
        for line in lines.lines() {
            assert!(page.contains(&format!("  {line}\n")), "{name}: {line}");
            let escaped = line
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;");
            assert!(html.contains(&escaped), "{name}: {line}");
        }
    }
}

#[test]
fn running_text_fits_a_terminal() {
    let page = text::render(&facts(API), visit("127.0.0.1:8401", Way::Through));
    for line in page.lines().filter(|line| !line.starts_with("  ")) {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn ids_are_unique_and_can_stand_in_an_address() {
    let mut ids: Vec<String> = groups(&facts(API), visit("127.0.0.1:1", Way::Direct))
        .iter()
        .flat_map(|group| &group.tools)
        .map(Tool::id)
        .chain(["check", "ca", "tools"].map(str::to_owned))
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert!(
        ids.contains(&"python-httpx-and-urllib".to_owned()),
        "{ids:?}"
    );
}

#[test]
fn git_is_told_when_its_host_is_not_opened() {
    let direct = visit("127.0.0.1:8401", Way::Direct);
    let words = "--intercept bitbucket.org";
    assert!(html::render(&facts(API), direct).contains(words));
    let both = facts(&["api.bitbucket.org", "bitbucket.org"]);
    assert!(!html::render(&both, direct).contains(words));
}

#[test]
fn a_container_cannot_reach_the_loopback_of_its_host() {
    let with = |proxy| text::render(&facts(API), visit(proxy, Way::Direct));
    assert!(with("127.0.0.1:8401").contains("docker run --rm --network host "));
    assert!(!with("10.0.0.7:8401").contains("--network host"));
}

#[test]
fn an_address_of_ipv6_has_brackets_where_a_port_follows() {
    let page = text::render(&facts(API), visit("[::1]:8401", Way::Direct));
    assert!(page.contains("HTTPS_PROXY=http://[::1]:8401"), "{page}");
    assert!(
        page.contains("-Dhttps.proxyHost=::1 -Dhttps.proxyPort=8401"),
        "{page}"
    );
    assert!(
        pac::render(&facts(API), visit("[::1]:8401", Way::Direct)).contains("PROXY [::1]:8401")
    );
}

#[test]
fn the_policy_names_the_style_and_nothing_else_may_load() {
    let policy = html::policy();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    let page = html::render(&facts(API), visit("127.0.0.1:8401", Way::Through));
    for loaded in [
        "<script", "<img", "<link", "src=", " style=", "onclick", "url(",
    ] {
        assert!(!page.contains(loaded), "{loaded}");
    }
}

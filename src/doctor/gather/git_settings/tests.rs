//! git's settings, one by one.

use super::*;
use crate::credentials::{SecretKind, mint};

fn of(settings: &[(&str, &str)]) -> Read {
    let written = |(name, value): &(&str, &str)| format!("{name}\n{value}");
    let listed: Vec<String> = settings.iter().map(written).collect();
    let listed = listed.join("\0");
    read(&listed, &FingerprintKey::new([7; 32]))
}

#[test]
fn proxies_count_where_they_are_for_bitbucket_or_for_all() {
    let read = of(&[
        ("http.proxy", "http://j:s3cret@corp:3128"),
        ("http.https://example.org.proxy", "http://other:1"),
        ("http.https://bitbucket.org/acme.proxy", "socks5://h:1"),
        ("remote.origin.proxy", "http://127.0.0.1:8401"),
    ]);
    let names: Vec<_> = read.git.proxies.iter().map(|(name, _)| &**name).collect();
    let expected = [
        "http.proxy",
        "http.https://bitbucket.org/acme.proxy",
        "remote.origin.proxy",
    ];
    assert_eq!(names, expected);
    assert_eq!(read.git.proxies[1].1, None);
    assert!(!format!("{read:?}").contains("s3cret"));
}

#[test]
fn an_address_over_ssh_in_place_of_https_is_found() {
    let read = of(&[
        ("url.git@bitbucket.org:.insteadof", "https://bitbucket.org/"),
        ("url.git@github.com:.insteadof", "https://github.com/"),
        ("url.https://bitbucket.org/.insteadof", "bb:"),
    ]);
    assert_eq!(read.git.to_ssh, ["url.git@bitbucket.org:.insteadof"]);
}

#[test]
fn credentials_in_addresses_and_headers_are_classified_and_kept_out_of_names() {
    let secret = mint::app_password(3);
    let url = format!("https://jane:{secret}@bitbucket.org/");
    let header = format!("Authorization: Bearer {}", mint::api_token(2));
    let read = of(&[
        (&format!("url.{url}.insteadof"), "https://bitbucket.org/"),
        ("remote.origin.url", &format!("{url}acme/site.git")),
        ("http.extraheader", &header),
        ("http.extraheader", "X-Trace: 1"),
    ]);
    let kinds: Vec<_> = read
        .stored
        .iter()
        .map(|stored| stored.credentials.secret.kind)
        .collect();
    let expected = [
        SecretKind::AppPassword,
        SecretKind::AppPassword,
        SecretKind::ApiToken,
    ];
    assert_eq!(kinds, expected);
    let name = "url.https://bitbucket.org/.insteadof".to_owned();
    assert_eq!(read.stored[0].place, Place::GitSetting(name));
    assert_eq!(read.git.remotes, ["https://bitbucket.org/acme/site.git"]);
    assert!(!format!("{read:?}").contains(&secret));
}

#[test]
fn the_last_of_a_setting_counts_and_an_empty_helper_forgets() {
    let read = of(&[
        ("http.sslverify", "false"),
        ("http.sslverify", "true"),
        ("http.sslcainfo", "/a.pem"),
        ("http.sslcainfo", "/b.pem"),
        ("credential.helper", "cache"),
        ("credential.helper", ""),
        ("credential.https://bitbucket.org.helper", "store"),
        ("credential.https://github.com.helper", "!gh"),
    ]);
    assert_eq!(read.git.unverified, None);
    assert_eq!(read.git.ca_info, Some("/b.pem".into()));
    assert_eq!(read.helpers, ["store"]);
}

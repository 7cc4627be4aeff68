//! GNU Wget, which asks without credentials first.

use super::bitbucket::{EMAIL, USERNAME, token};
use super::installed;
use super::side::{Said, Side};
use std::path::Path;

async fn wget(wget: &Path, side: &Side, user: &str) -> Said {
    let mut command = side.command(wget);
    // Only the variable in small letters counts for wget.
    command.env("https_proxy", side.proxy_url());
    command
        .args(["-nv", "-S", "-O", "-", "--no-config", "--tries=1"])
        .arg("--ca-certificate")
        .arg(&side.ca);
    command.args([
        "--user",
        user,
        "--password",
        &token(),
        "https://api.bitbucket.org/2.0/user",
    ]);
    side.run(&mut command).await
}

#[tokio::test]
async fn wget_sends_and_gets_the_same_with_right_and_wrong_credentials() {
    let Some(program) = installed("wget") else {
        return;
    };
    let mut sides = Side::both().await;
    for (user, code) in [(EMAIL, 0), (USERNAME, 6)] {
        let direct = wget(&program, &sides[0], user).await;
        let proxied = wget(&program, &sides[1], user).await;
        assert_eq!(
            (direct.code, proxied.code),
            (Some(code), Some(code)),
            "{direct:?}\n{proxied:?}"
        );
        assert_eq!(proxied.out, direct.out);
        assert_eq!(
            sides[1].bitbucket.requests(),
            sides[0].bitbucket.requests(),
            "{user}"
        );
        assert!(
            proxied.err.contains("x-auth-diagnosis: challenge;"),
            "{proxied:?}"
        );
        let named = proxied
            .err
            .contains("x-auth-diagnosis: api-token-with-username;");
        assert_eq!(named, user == USERNAME, "{proxied:?}");
    }
    let challenge = sides[1].finding("challenge").await;
    assert_eq!(challenge["level"], "INFO", "{challenge}");
}

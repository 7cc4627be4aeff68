//! Java's HttpClient and HttpURLConnection, with a trust store made by keytool.

use super::bitbucket::{EMAIL, USERNAME, token};
use super::installed;
use super::side::Side;
use std::path::{Path, PathBuf};

/// A PKCS#12 trust store with the side's CA.
async fn trust_store(keytool: &Path, side: &Side) -> PathBuf {
    let store = side.folder.path().join("trust.p12");
    let mut command = side.command(keytool);
    command.args([
        "-importcert",
        "-noprompt",
        "-alias",
        "ca",
        "-storetype",
        "PKCS12",
        "-storepass",
        "changeit",
    ]);
    command
        .arg("-file")
        .arg(&side.ca)
        .arg("-keystore")
        .arg(&store);
    let said = side.run(&mut command).await;
    assert_eq!(said.code, Some(0), "{said:?}");
    store
}

#[tokio::test]
async fn java_sends_and_gets_the_same() {
    let (Some(java), Some(keytool)) = (installed("java"), installed("keytool")) else {
        return;
    };
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/Client.java");
    let sides = Side::both().await;
    for (user, refused) in [(EMAIL, false), (USERNAME, true)] {
        let mut printed = Vec::new();
        for side in &sides {
            let store = side.folder.path().join("trust.p12");
            let store = if store.exists() {
                store
            } else {
                trust_store(&keytool, side).await
            };
            let mut command = side.command(&java);
            command.arg(format!("-Dhttps.proxyHost={}", side.proxy.ip()));
            command.arg(format!("-Dhttps.proxyPort={}", side.proxy.port()));
            command.arg(format!("-Djavax.net.ssl.trustStore={}", store.display()));
            command.arg("-Djavax.net.ssl.trustStorePassword=changeit");
            let said = side.run(command.arg(&source).args([user, &token()])).await;
            assert_eq!(said.code, Some(0), "{}: {said:?}", side.name);
            printed.push(said.out);
        }
        let is_ours = |line: &&str| line.starts_with("x-auth-diagnosis:");
        let named = printed[1].lines().filter(is_ours);
        let named = named
            .filter(|line| line.contains("api-token-with-username;"))
            .count();
        assert_eq!(named > 0, refused, "{}", printed[1]);
        let rest: Vec<_> = printed[1].lines().filter(|line| !is_ours(line)).collect();
        assert_eq!(rest, printed[0].lines().collect::<Vec<_>>());
        assert_eq!(
            sides[1].bitbucket.requests(),
            sides[0].bitbucket.requests(),
            "{user}"
        );
    }
}

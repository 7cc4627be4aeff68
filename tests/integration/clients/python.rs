//! Python's requests and httpx, from the interpreter that `tests/clients/run.sh` prepares.

use super::bitbucket::{EMAIL, USERNAME, token};
use super::side::Side;
use super::skipped;
use std::path::Path;

async fn python(script: &str) {
    let Some(interpreter) = std::env::var_os("WHY401_PYTHON") else {
        return skipped("no WHY401_PYTHON with requests and httpx; see tests/clients/run.sh");
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/clients")
        .join(script);
    let sides = Side::both().await;
    for (user, refused) in [(EMAIL, false), (USERNAME, true)] {
        let mut printed = Vec::new();
        for side in &sides {
            let mut command = side.command(Path::new(&interpreter));
            command.env("HTTPS_PROXY", side.proxy_url());
            command
                .env("REQUESTS_CA_BUNDLE", &side.ca)
                .env("SSL_CERT_FILE", &side.ca);
            let said = side.run(command.arg(&script).args([user, &token()])).await;
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

#[tokio::test]
async fn requests_sends_and_gets_the_same() {
    python("requests_client.py").await;
}

#[tokio::test]
async fn httpx_sends_and_gets_the_same() {
    python("httpx_client.py").await;
}

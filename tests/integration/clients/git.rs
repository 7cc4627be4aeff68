//! git over smart HTTP: clone, push, fetch, and a refusal.

use super::bitbucket::{EMAIL, USERNAME, token};
use super::installed;
use super::side::{Said, Side};
use crate::support::mint;
use std::path::Path;

/// Runs git for an account, in `folder` of the side.
async fn git(program: &Path, side: &Side, folder: &str, user: &str, arguments: &[&str]) -> Said {
    let mut command = side.command(program);
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_TRACE_CURL", "1");
    command
        .env("GIT_TRACE_CURL_NO_DATA", "1")
        .env("HTTPS_PROXY", side.proxy_url())
        .env("GIT_SSL_CAINFO", &side.ca);
    for who in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{who}_NAME"), "Jane")
            .env(format!("GIT_{who}_EMAIL"), EMAIL);
        // Commits that are the same on both sides.
        command.env(format!("GIT_{who}_DATE"), "2026-11-24T16:40:12Z");
    }
    let user = user.replace('@', "%40");
    let account = format!("url.https://{user}:{}@bitbucket.org/.insteadOf", token());
    command
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", account)
        .env("GIT_CONFIG_VALUE_0", "https://bitbucket.org/");
    command
        .args(["-c", "init.defaultBranch=main", "-C", folder])
        .args(arguments);
    side.run(&mut command).await
}

const REPOSITORY: &str = "https://bitbucket.org/acme/repo.git";

/// Clones, commits more than git sends unchunked, pushes, and fetches.
async fn work(program: &Path, side: &Side) {
    let bare = side.bitbucket.repositories().join("acme/repo.git");
    let done = |said: Said| assert_eq!(said.code, Some(0), "{}: {said:?}", side.name);
    done(
        git(
            program,
            side,
            ".",
            USERNAME,
            &["init", "--bare", "-q", bare.to_str().unwrap()],
        )
        .await,
    );
    done(
        git(
            program,
            side,
            ".",
            USERNAME,
            &["clone", "-q", REPOSITORY, "work"],
        )
        .await,
    );
    // Noise, or git would compress it below the size at which it sends chunks.
    let noise: Vec<u8> = mint::noise(1, 1_500_000).collect();
    std::fs::write(side.folder.path().join("work/noise"), noise).unwrap();
    done(git(program, side, "work", USERNAME, &["add", "noise"]).await);
    done(
        git(
            program,
            side,
            "work",
            USERNAME,
            &["commit", "-q", "-m", "Add noise"],
        )
        .await,
    );
    done(
        git(
            program,
            side,
            "work",
            USERNAME,
            &["push", "-q", "origin", "HEAD:main"],
        )
        .await,
    );
    done(git(program, side, "work", USERNAME, &["fetch", "-q", "origin"]).await);
    done(
        git(
            program,
            side,
            ".",
            USERNAME,
            &["clone", "-q", "-b", "main", REPOSITORY, "again"],
        )
        .await,
    );
    let read = |folder: &str| std::fs::read(side.folder.path().join(folder).join("noise")).unwrap();
    assert!(
        read("work") == read("again"),
        "{}: the clone differs",
        side.name
    );
}

#[tokio::test]
async fn git_clones_pushes_and_fetches_the_same() {
    let Some(program) = installed("git") else {
        return;
    };
    let sides = Side::both().await;
    for side in &sides {
        work(&program, side).await;
    }
    let [direct, proxied] = sides.map(|side| side.bitbucket.requests());
    let heads = |requests: &[(String, Vec<u8>)]| {
        requests
            .iter()
            .map(|(head, _)| head.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(heads(&proxied), heads(&direct));
    assert!(proxied == direct, "the same heads, but other bodies");
    assert!(
        proxied
            .iter()
            .any(|(head, _)| head.contains("Transfer-Encoding: chunked")),
        "a push in chunks"
    );
}

#[tokio::test]
async fn git_with_the_accounts_email_is_told_so() {
    let Some(program) = installed("git") else {
        return;
    };
    let mut side = Side::diagnosed().await;
    let said = git(&program, &side, ".", EMAIL, &["ls-remote", REPOSITORY]).await;
    assert_eq!(said.code, Some(128), "{said:?}");
    assert!(
        said.err
            .contains("x-auth-diagnosis: api-token-with-email-on-git;"),
        "{}",
        said.err
    );
    let event = side.finding("api-token-with-email-on-git").await;
    assert_eq!(
        (&event["url.path"], &event["auth.user_id.kind"]),
        (&"/acme/repo.git/info/refs".into(), &"email".into())
    );
}

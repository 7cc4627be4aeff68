//! Real git against the sandbox's repositories: who may clone and push, and what the others read.

use super::{LATE, Sandbox, WEB};
use crate::support::client::API;
use crate::support::{mint, within};
use serde_json::Value;
use std::path::Path;
use time::UtcDateTime;
use time::macros::utc_datetime;
use tokio::process::Command;
use why401::sandbox::credential::{Kind, State};

/// A sandbox, and a folder for what git makes of it.
struct Desk {
    sandbox: Sandbox,
    folder: tempfile::TempDir,
}

struct Done {
    is_fine: bool,
    err: String,
}

impl Desk {
    /// `None`, with a word, on a machine without git.
    async fn at(date: UtcDateTime) -> Option<Self> {
        crate::clients::installed("git")?;
        let sandbox = Sandbox::at(date).await;
        assert!(sandbox.0.has_git(), "git is here, but not its http-backend");
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), &sandbox.0.root_pem).unwrap();
        Some(Self { sandbox, folder })
    }

    fn address(&self, user: Option<(&str, &str)>, repository: &str) -> String {
        let port = self.sandbox.0.address.port();
        let login = user.map(|(user, secret)| format!("{}:{secret}@", user.replace('@', "%40")));
        let login = login.unwrap_or_default();
        format!("https://{login}{WEB}:{port}/{repository}.git")
    }

    async fn git(&self, folder: &str, arguments: &[&str]) -> Done {
        let port = self.sandbox.0.address.port();
        let output = Command::new("git")
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_SSL_CAINFO", self.folder.path().join("ca.pem"))
            .env("HOME", self.folder.path())
            .args(["-c", &format!("http.curloptResolve={WEB}:{port}:127.0.0.1")])
            .args(["-c", "user.name=Jane", "-c", "user.email=j@acme.example"])
            // Nobody would wait for it.
            .args(["-c", "gc.auto=0", "-c", "maintenance.auto=false"])
            .current_dir(self.folder.path().join(folder))
            .args(arguments)
            .kill_on_drop(true)
            .output();
        let output = within("git", output).await.unwrap();
        Done {
            is_fine: output.status.success(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    async fn fine(&self, folder: &str, arguments: &[&str]) {
        let done = self.git(folder, arguments).await;
        assert!(done.is_fine, "{arguments:?}: {}", done.err);
    }

    /// What git says to a clone that is refused.
    async fn refused(&self, user: &str, kind: Kind, repository: &str) -> String {
        let secret = self.sandbox.secret(kind, State::Good);
        let address = self.address(Some((user, &secret)), repository);
        let done = self.git(".", &["clone", &address, "refused"]).await;
        assert!(!done.is_fine, "it was cloned");
        done.err
    }

    fn read(&self, file: &str) -> Vec<u8> {
        std::fs::read(self.folder.path().join(file)).unwrap()
    }

    fn write(&self, file: impl AsRef<Path>, bytes: Vec<u8>) {
        std::fs::write(self.folder.path().join(file), bytes).unwrap();
    }
}

/// Clones, pushes more than a megabyte (git sends that in chunks), fetches it into an older clone.
async fn work(protocol: &str) {
    let Some(desk) = Desk::at(LATE).await else {
        return;
    };
    let secret = desk.sandbox.secret(Kind::ApiToken, State::Good);
    let address = desk.address(Some(("jdoe", &secret)), "acme/website");
    let version = format!("protocol.version={protocol}");
    for name in ["one", "two"] {
        desk.fine(".", &["-c", &version, "clone", "-q", &address, name])
            .await;
    }
    let noise: Vec<u8> = mint::noise(1, 1_500_000).collect();
    desk.write("one/noise", noise.clone());
    desk.fine("one", &["add", "noise"]).await;
    desk.fine("one", &["commit", "-q", "-m", "Add noise"]).await;
    desk.fine("one", &["-c", &version, "push", "-q", "origin", "HEAD"])
        .await;
    desk.fine("two", &["-c", &version, "pull", "-q"]).await;
    assert!(desk.read("two/noise") == noise, "another file came back");
    desk.sandbox.0.shutdown().await;
}

#[tokio::test]
async fn a_push_of_one_clone_arrives_in_another_over_protocol_2() {
    work("2").await;
}

#[tokio::test]
async fn a_push_of_one_clone_arrives_in_another_over_protocol_0() {
    work("0").await;
}

#[tokio::test]
async fn each_kind_clones_under_its_own_user_name() {
    let Some(desk) = Desk::at(LATE).await else {
        return;
    };
    let cases = [
        (Kind::ApiToken, "x-bitbucket-api-token-auth"),
        (Kind::RepoAccessToken, "x-token-auth"),
        (Kind::OauthAccessToken, "x-token-auth"),
    ];
    for (kind, user) in cases {
        let secret = desk.sandbox.secret(kind, State::Good);
        let address = desk.address(Some((user, &secret)), "acme/website");
        let name = format!("{kind:?}");
        desk.fine(".", &["clone", "-q", &address, &name]).await;
    }
    let public = desk.address(None, "acme/handbook");
    desk.fine(".", &["clone", "-q", &public, "public"]).await;
}

#[tokio::test]
async fn git_and_rest_tell_of_the_same_commits_branches_and_files() {
    let Some(desk) = Desk::at(LATE).await else {
        return;
    };
    let address = desk.address(None, "acme/handbook");
    desk.fine(".", &["clone", "-q", &address, "one"]).await;
    let log = ["log", "--format=%H %an <%ae>: %s", "--output=log"];
    desk.fine("one", &log).await;
    let of_git = String::from_utf8(desk.read("one/log")).unwrap();
    let rest = async |path: &str| {
        let path = format!("/2.0/repositories/acme/handbook/{path}");
        desk.sandbox.get(API, &path, None).await
    };
    let commits = rest("commits").await.json();
    let text = |value: &Value| value.as_str().unwrap().trim_end().to_owned();
    let commits = commits["values"].as_array().unwrap().iter();
    let line = |it: &Value| {
        let (author, message) = (text(&it["author"]["raw"]), text(&it["message"]));
        format!("{} {author}: {message}\n", text(&it["hash"]))
    };
    assert_eq!(commits.map(line).collect::<String>(), of_git);
    for kind in ["branches", "tags"] {
        let refs = rest(&format!("refs/{kind}")).await.json();
        for one in refs["values"].as_array().unwrap() {
            let name = text(&one["name"]);
            let remote = if kind == "tags" { "" } else { "origin/" };
            let target = format!("{remote}{name}^{{commit}}");
            desk.fine("one", &["rev-parse", "--verify", &target]).await;
        }
    }
    let script = rest("src/main/build.sh").await.text;
    assert_eq!(script.as_bytes(), desk.read("one/build.sh"));
}

#[tokio::test]
async fn refusals_are_read_behind_remote() {
    let Some(desk) = Desk::at(LATE).await else {
        return;
    };
    let email = desk
        .refused("j.doe@acme.example", Kind::ApiToken, "acme/website")
        .await;
    assert!(
        email.contains("remote: You may not have access to this repository"),
        "{email}"
    );
    assert!(email.contains("fatal: Authentication failed"), "{email}");
    let old = desk
        .refused("jdoe", Kind::AppPassword, "acme/website")
        .await;
    assert!(old.contains("remote: CHANGE-3222"), "{old}");
    assert!(
        old.contains("The requested URL returned error: 410"),
        "{old}"
    );
    // The credential is good, the repository is others'.
    let foreign = desk.refused("jdoe", Kind::ApiToken, "globex/vault").await;
    assert!(foreign.contains("remote: You may not"), "{foreign}");
    assert!(foreign.contains("not found"), "{foreign}");
    // The credential is judged first: here it is wrong, and the repository does not exist.
    let nowhere = desk.refused("nobody", Kind::ApiToken, "acme/nowhere").await;
    assert!(nowhere.contains("Authentication failed"), "{nowhere}");
}

#[tokio::test]
async fn an_app_password_cloned_until_its_end() {
    let Some(desk) = Desk::at(utc_datetime!(2026-06-01 9:00)).await else {
        return;
    };
    let secret = desk.sandbox.secret(Kind::AppPassword, State::Good);
    let address = desk.address(Some(("jdoe", &secret)), "acme/website");
    desk.fine(".", &["clone", "-q", &address, "old"]).await;
}

#[tokio::test]
async fn a_push_needs_the_scope_to_write_and_a_plan_that_allows_it() {
    let Some(desk) = Desk::at(LATE).await else {
        return;
    };
    let all = desk.sandbox.0.bitbucket.store.all();
    let reader = all
        .iter()
        .find(|it| it.kind == Kind::ApiToken && it.note == "reads only")
        .unwrap();
    let writer = desk.sandbox.secret(Kind::ApiToken, State::Good);
    let cases = [
        (
            reader.secret.as_str(),
            "acme/website",
            "remote: Your credentials lack one or more required privilege scopes.",
            "403",
        ),
        (
            writer.as_str(),
            "acme-labs/prototype",
            "remote: [ALERT] Your push failed because the account 'acme-labs' has exceeded its user limit",
            "402",
        ),
    ];
    for (secret, repository, words, status) in cases {
        let address = desk.address(Some(("jdoe", secret)), repository);
        let name = format!("work-{status}");
        desk.fine(".", &["clone", "-q", &address, &name]).await;
        desk.fine(&name, &["commit", "-q", "--allow-empty", "-m", "x"])
            .await;
        let done = desk.git(&name, &["push", "origin", "HEAD"]).await;
        assert!(!done.is_fine, "it was pushed");
        assert!(done.err.contains(words), "{}", done.err);
        assert!(
            done.err.contains(&format!("returned error: {status}")),
            "{}",
            done.err
        );
    }
}

#[tokio::test]
async fn a_restricted_branch_is_refused_by_a_hook_and_others_are_not() {
    let Some(desk) = Desk::at(LATE).await else {
        return;
    };
    let secret = desk.sandbox.secret(Kind::ApiToken, State::Good);
    let address = desk.address(Some(("jdoe", &secret)), "acme/deployment");
    desk.fine(".", &["clone", "-q", &address, "work"]).await;
    desk.fine("work", &["commit", "-q", "--allow-empty", "-m", "x"])
        .await;
    desk.fine("work", &["push", "-q", "origin", "HEAD:change"])
        .await;
    let done = desk.git("work", &["push", "origin", "HEAD"]).await;
    assert!(!done.is_fine, "it was pushed");
    assert!(
        done.err.contains("(pre-receive hook declined)"),
        "{}",
        done.err
    );
}

#[tokio::test]
async fn a_workspace_with_a_list_of_addresses_lets_nobody_in_from_here() {
    let Some(desk) = Desk::at(LATE).await else {
        return;
    };
    let secret = desk.sandbox.secret(Kind::ApiToken, State::Good);
    let address = desk.address(Some(("jdoe", &secret)), "acme-bank/ledger");
    let done = desk.git(".", &["ls-remote", &address]).await;
    let words = "remote: To access this repository, an admin must whitelist your IP.";
    assert!(done.err.contains(words), "{}", done.err);
    assert!(done.err.contains("returned error: 403"), "{}", done.err);
}

//! A stand-in for Bitbucket: one account's REST calls and repository, refusals in Bitbucket's words.

use crate::support::mint;
use crate::support::origin::Origin;
use crate::support::wire::{Message, Wire};
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

pub const EMAIL: &str = "jane@acme.com";
pub const USERNAME: &str = "jane";

/// The API token that the account has.
pub fn token() -> String {
    mint::api_token(42)
}

pub struct Bitbucket {
    pub origin: Origin,
    requests: Arc<Mutex<Vec<Message>>>,
    repositories: Arc<TempDir>,
}

impl Bitbucket {
    pub async fn start() -> Self {
        let requests = Arc::new(Mutex::new(Vec::new()));
        let repositories = Arc::new(tempfile::tempdir().expect("a folder"));
        let (noted, root) = (requests.clone(), repositories.clone());
        let origin = Origin::new()
            .script(move |wire, _| converse(wire, noted.clone(), root.clone()))
            .await;
        Self {
            origin,
            requests,
            repositories,
        }
    }

    /// Requests as they came, without what belongs to one connection only.
    pub fn requests(&self) -> Vec<(String, Vec<u8>)> {
        let requests = self.requests.lock().expect("no panic");
        let end_to_end = |request: &Message| {
            let mut request = request.clone();
            for name in ["connection", "keep-alive", "proxy-connection"] {
                request.head = request.without(name);
            }
            (request.head, request.body)
        };
        requests.iter().map(end_to_end).collect()
    }

    /// The folder that `https://bitbucket.org/` shows.
    pub fn repositories(&self) -> &Path {
        self.repositories.path()
    }
}

async fn converse(mut wire: Wire, requests: Arc<Mutex<Vec<Message>>>, repositories: Arc<TempDir>) {
    while let Some(request) = wire.request().await {
        requests.lock().expect("no panic").push(request.clone());
        let is_head = request.head.starts_with("HEAD ");
        let (head, body) = answer(&request, repositories.path()).await;
        let date = "Date: Tue, 24 Nov 2026 16:40:12 GMT";
        let head = format!(
            "HTTP/1.1 {head}\r\n{date}\r\nserver: envoy\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        wire.send([head.as_bytes(), if is_head { b"" } else { &body }].concat())
            .await;
    }
}

/// Status line and fields without line ends around them, and the body.
async fn answer(request: &Message, repositories: &Path) -> (String, Vec<u8>) {
    let is_git = request.head.contains(".git/");
    let user = if is_git { USERNAME } else { EMAIL };
    let given = request.field("authorization");
    let challenge = "WWW-Authenticate: Basic realm=\"Bitbucket.org HTTP\"";
    if given == Some(mint::basic(user, &token()).as_str()) {
        if is_git {
            git(request, repositories).await
        } else {
            echo(request)
        }
    } else if is_git {
        let text = "You may not have access to this repository.\n";
        (
            format!("401 Unauthorized\r\n{challenge}\r\nContent-Type: text/plain"),
            text.into(),
        )
    } else {
        let message = "Token is invalid, expired, or not supported for this endpoint.";
        let body = format!(r#"{{"type":"error","error":{{"message":"{message}"}}}}"#);
        (
            format!("401 Unauthorized\r\n{challenge}\r\nContent-Type: application/json"),
            body.into(),
        )
    }
}

fn echo(request: &Message) -> (String, Vec<u8>) {
    let mut body = request
        .head
        .lines()
        .next()
        .expect("a request line")
        .as_bytes()
        .to_vec();
    body.push(b'\n');
    body.extend(&request.body);
    (
        "200 OK\r\nX-Credential-Type: api_token\r\nContent-Type: text/plain".to_owned(),
        body,
    )
}

/// The repository behind smart HTTP, by git's own CGI program.
async fn git(request: &Message, repositories: &Path) -> (String, Vec<u8>) {
    let mut line = request.head.split(' ');
    let (method, target) = (
        line.next().expect("a method"),
        line.next().expect("a target"),
    );
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut command = Command::new("git");
    command
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", repositories)
        .env("GIT_HTTP_EXPORT_ALL", "1");
    command
        .env("REQUEST_METHOD", method)
        .env("PATH_INFO", path)
        .env("QUERY_STRING", query);
    command
        .env("REMOTE_USER", USERNAME)
        .env("CONTENT_LENGTH", request.body.len().to_string());
    for (variable, field) in [
        ("CONTENT_TYPE", "content-type"),
        ("HTTP_CONTENT_ENCODING", "content-encoding"),
        ("HTTP_GIT_PROTOCOL", "git-protocol"),
        ("GIT_PROTOCOL", "git-protocol"),
    ] {
        command.env(variable, request.field(field).unwrap_or_default());
    }
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    let mut child = command.spawn().expect("git http-backend starts");
    let mut input = child.stdin.take().expect("a pipe");
    let body = request.body.clone();
    tokio::spawn(async move { input.write_all(&body).await });
    let output = child
        .wait_with_output()
        .await
        .expect("git http-backend ends")
        .stdout;
    let end = output
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .expect("a CGI head");
    let head = String::from_utf8_lossy(&output[..end]).into_owned();
    let (status, fields): (Vec<_>, Vec<_>) =
        head.lines().partition(|line| line.starts_with("Status: "));
    let status = status
        .first()
        .map_or("200 OK", |line| &line["Status: ".len()..]);
    (
        format!("{status}\r\n{}", fields.join("\r\n")),
        output[end + 4..].to_vec(),
    )
}

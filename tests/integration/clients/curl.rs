//! curl, in HTTP/1.1 and HTTP/2.

use super::bitbucket::{EMAIL, USERNAME, token};
use super::installed;
use super::relay::relay;
use super::side::{Side, clean, finish};
use crate::support::body;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use http::{Request, Response};
use std::path::Path;

async fn curl(curl: &Path, side: &Side, arguments: &[&str]) -> super::side::Said {
    let mut command = side.command(curl);
    command
        .args(["-sS", "-i", "-x", &side.proxy_url()])
        .arg("--cacert")
        .arg(&side.ca)
        .args(arguments);
    side.run(&mut command).await
}

/// The diagnosis taken out of what `curl -i` prints, and what is left.
fn apart(printed: &str) -> (Vec<&str>, String) {
    let is_ours = |line: &&str| line.starts_with("x-auth-diagnosis:");
    let ours = printed.lines().filter(is_ours).collect();
    (
        ours,
        printed
            .lines()
            .filter(|line| !is_ours(line))
            .collect::<Vec<_>>()
            .join("\n"),
    )
}

#[tokio::test]
async fn curl_sends_and_gets_the_same_with_right_and_wrong_credentials() {
    let Some(program) = installed("curl") else {
        return;
    };
    let right = format!("{EMAIL}:{}", token());
    let wrong = format!("{USERNAME}:{}", token());
    let upload = "x".repeat(2 << 20);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("upload");
    std::fs::write(&file, &upload).unwrap();
    let upload = file.to_str().unwrap();
    let posted = format!("@{upload}");
    let user = "https://api.bitbucket.org/2.0/user";
    let mut sides = Side::both().await;
    for (arguments, refused) in [
        (
            vec![
                "-u", &right, "-X", "PROPFIND", "-H", "X-oDD: a", "-H", "x-odd: b", "-H",
                "Accept;", user,
            ],
            false,
        ),
        (vec!["-u", &right, "-I", user], false),
        (vec!["-u", &right, "-d", "a=b&c=d", user], false),
        (vec!["-u", &right, "--data-binary", &posted, user], false),
        (
            vec![
                "-u",
                &right,
                "-T",
                upload,
                "-H",
                "Transfer-Encoding: chunked",
                user,
            ],
            false,
        ),
        (vec!["-u", &right, "-0", user], false),
        (vec!["-u", &right, user, user, user], false),
        (vec!["-u", &wrong, user], true),
        (vec!["-u", &wrong, "-T", upload, user], true),
        (vec![user], true),
    ] {
        let arguments = [&["--http1.1"], arguments.as_slice()].concat();
        let direct = curl(&program, &sides[0], &arguments).await;
        let proxied = curl(&program, &sides[1], &arguments).await;
        assert_eq!(
            (direct.code, proxied.code),
            (Some(0), Some(0)),
            "{direct:?}\n{proxied:?}"
        );
        let (field, rest) = apart(&proxied.out);
        let tunnel = |printed: &str| printed.split_once("\n\n").map(|(_, rest)| rest.to_owned());
        // The one difference: hyper answers an HTTP/1.0 request in that version.
        let rest = rest.replace("HTTP/1.0 200", "HTTP/1.1 200");
        assert_eq!(
            tunnel(&rest),
            tunnel(&apart(&direct.out).1),
            "curl {arguments:?}"
        );
        assert_eq!(
            field.len(),
            usize::from(refused),
            "curl {arguments:?}: {}",
            proxied.out
        );
        assert_eq!(
            sides[1].bitbucket.requests(),
            sides[0].bitbucket.requests(),
            "curl {arguments:?}"
        );
    }
    let event = sides[1].finding("api-token-with-username").await;
    assert!(!event.to_string().contains(&token()[12..40]), "{event}");
}

#[tokio::test]
async fn curls_raw_comparison_signs_and_quotes_arrive_encoded() {
    let Some(program) = installed("curl") else {
        return;
    };
    let side = Side::diagnosed().await;
    let right = format!("{EMAIL}:{}", token());
    let target = "https://api.bitbucket.org/2.0/repositories/acme?q=size>100&x=\"a\"";
    let said = curl(&program, &side, &["--http1.1", "-u", &right, target]).await;
    assert_eq!(said.code, Some(0), "{said:?}");
    let head = &side.bitbucket.requests()[0].0;
    assert!(
        head.starts_with("GET /2.0/repositories/acme?q=size%3E100&x=%22a%22 HTTP/1.1\r\n"),
        "{head}"
    );
}

#[tokio::test]
async fn the_line_that_the_program_prints_works_when_pasted() {
    if installed("curl").is_none() {
        return;
    }
    let side = Side::diagnosed().await;
    let said = side
        .paste("curl", &format!("-sS -u {USERNAME}:{}", token()))
        .await;
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.out
            .contains("x-auth-diagnosis: api-token-with-username;"),
        "{said:?}"
    );
}

#[tokio::test]
async fn curl_over_http_2_sends_and_gets_the_same() {
    let Some(program) = installed("curl") else {
        return;
    };
    let origin = Origin::new()
        .serve(async |request: Request<_>| {
            let status = if request.headers().contains_key("x-refuse") {
                401
            } else {
                200
            };
            let body = body::collect(request.into_body()).await.0;
            let answer = Response::builder()
                .status(status)
                .header("date", "Tue, 24 Nov 2026 16:40:12 GMT");
            answer
                .header("x-b", "1")
                .header("x-a", "2")
                .body(body::full(body))
                .unwrap()
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let folder = tempfile::tempdir().unwrap();
    let (direct_ca, ca) = (
        folder.path().join("direct.pem"),
        folder.path().join("ca.pem"),
    );
    std::fs::write(&direct_ca, &origin.ca.pem).unwrap();
    std::fs::write(&ca, &proxy.running.root_pem).unwrap();
    let user = format!("{USERNAME}:{}", token());
    let mut printed = Vec::new();
    for (address, ca) in [
        (relay(origin.address).await, direct_ca),
        (proxy.dialer.address, ca),
    ] {
        for more in [
            vec!["-G", "-d", "q=a%20b"],
            vec!["-d", "posted"],
            vec!["-H", "x-refuse: yes", "-T", "."],
        ] {
            let mut command = clean(&program);
            command.args([
                "-sS",
                "-i",
                "--http2",
                "-u",
                &user,
                "-x",
                &address.to_string(),
            ]);
            command
                .args(more)
                .arg("--cacert")
                .arg(&ca)
                .arg("https://api.bitbucket.org/2.0/user");
            let said = finish(&mut command).await;
            assert_eq!(said.code, Some(0), "{said:?}");
            let inside = said
                .out
                .replace("\r\n", "\n")
                .split_once("\n\n")
                .expect("CONNECT's answer")
                .1
                .to_owned();
            printed.push(apart(&inside).1);
            // The very same pair worked twice before it is refused.
            let named = inside.contains("x-auth-diagnosis: token-expired;");
            assert_eq!(named, printed.len() == 6, "{inside}");
        }
    }
    assert_eq!(printed[..3], printed[3..]);
    assert!(printed[0].starts_with("HTTP/2 200"), "{}", printed[0]);
    let seen: Vec<_> = origin
        .requests()
        .into_iter()
        .map(|seen| (seen.method, seen.uri, seen.version, seen.headers))
        .collect();
    assert_eq!(seen[..3], seen[3..]);
}

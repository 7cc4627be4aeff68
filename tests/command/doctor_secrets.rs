//! `why401 doctor` prints nothing that cannot be pasted, and shows nobody a credential.

use crate::doctor_setup::Setup;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::channel;
use std::thread;
use why401::credentials::mint;

/// A user's name that is in every place, and a password of a parent proxy.
const USER: &str = "jonquil.marmalade";
const PASSWORD: &str = "tamarind-42-walrus";

#[test]
fn no_secret_is_printed_from_wherever_it_was_read() {
    let setup = Setup::new();
    let secrets: Vec<String> = (1..=6).map(mint::app_password).collect();
    setup.write(
        ".netrc",
        &format!(
            "machine api.bitbucket.org login {USER} password {}\n",
            secrets[0]
        ),
    );
    setup.write(
        ".git-credentials",
        &format!("https://{USER}:{}@bitbucket.org\n", secrets[1]),
    );
    let pair = STANDARD.encode(format!("{USER}:{}", secrets[2]));
    let settings = format!(
        "[http]\n\tproxy = http://{USER}:{PASSWORD}@127.0.0.1:1\n\textraHeader = \"Authorization: Basic {pair}\"\n\
         [url \"https://{USER}:{}@bitbucket.org/\"]\n\tinsteadOf = https://bitbucket.org/\n\
         [remote \"origin\"]\n\turl = https://{USER}:{}@bitbucket.org/a/b.git\n\
         [credential]\n\thelper = \"!echo username={USER}; echo password={}; :\"\n",
        secrets[3], secrets[4], secrets[5],
    );
    setup.write(".gitconfig", &settings);
    let proxy = format!("http://{USER}:{PASSWORD}@127.0.0.1:1");
    let variables = [("HTTPS_PROXY", &*proxy), ("ALL_PROXY", &*proxy)];
    for format in ["--format=text", "--format=json"] {
        let command = format!("--header=Authorization: Basic {pair}");
        let outcome = setup.doctor(&[format, "--", "curl", &command], &variables);
        let printed = format!("{}{}", outcome.out, outcome.err);
        // Each place was read.
        assert!(printed.matches("app password").count() >= 6, "{printed}");
        assert!(
            printed.contains("http.proxy") && printed.contains("127.0.0.1:1"),
            "{printed}"
        );
        let all = secrets.iter().map(String::as_str).chain([PASSWORD, USER]);
        for secret in all {
            let pair = format!("{USER}:{secret}");
            for form in [
                secret.to_owned(),
                STANDARD.encode(secret),
                STANDARD.encode(pair),
            ] {
                let form = form.trim_end_matches('=');
                assert!(!printed.contains(form), "{form}: {printed}");
            }
        }
        let home = setup.home.path().to_str().unwrap();
        assert!(!printed.contains(home), "{printed}");
    }
}

#[test]
fn a_parent_proxy_is_asked_for_nothing_that_leads_on_and_shown_no_credentials() {
    let setup = Setup::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap();
    let (sender, heard) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut bytes = [0; 4096];
            let length = stream.read(&mut bytes).unwrap();
            sender
                .send(String::from_utf8_lossy(&bytes[..length]).into_owned())
                .unwrap();
            let answer = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    let parent = format!("--parent-proxy=http://{USER}:{PASSWORD}@{place}");
    let outcome = setup.doctor(&["--client=curl", &parent], &[]);
    let line = format!("[ ok ] parent: {place} answers and asks for credentials");
    assert!(outcome.out.contains(&line), "{}", outcome.out);
    let bare = format!("--parent-proxy=http://{place}");
    let outcome = setup.doctor(&["--client=curl", &bare], &[]);
    assert!(
        outcome.out.contains("[fail] parent:") && outcome.out.contains("407"),
        "{}",
        outcome.out
    );
    let requests: Vec<String> = heard.try_iter().collect();
    assert_eq!(requests.len(), 4, "{requests:#?}");
    for request in requests {
        let is_harmless = [
            "GET / HTTP/1.1\r\n",
            "GET http://why401.invalid/ HTTP/1.1\r\n",
        ]
        .iter()
        .any(|line| request.starts_with(line));
        assert!(is_harmless, "{request}");
        assert!(
            !request.to_lowercase().contains("authorization"),
            "{request}"
        );
    }
}

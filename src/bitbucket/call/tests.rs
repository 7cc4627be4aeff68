//! One call, many spellings.

use super::*;
use crate::credentials::mint;

fn operation(line: &str) -> Option<&'static str> {
    Call::written(line).operation()
}

#[test]
fn a_call_is_known_however_it_is_written() {
    let repository = Some("/repositories/{workspace}/{repo_slug}");
    for line in [
        "GET /2.0/repositories/acme/site",
        "get /2.0/repositories/acme/site/",
        "'GET /2.0/repositories/acme/site'",
        "GET /2.0/repositories/acme/site?fields=size&q=name~\"x\"",
        "GET /2.0/repositories/acme/site#top",
        "GET /2.0/repositories/{acme}/%7B1b67%7D HTTP/1.1",
        "GET https://api.bitbucket.org/2.0/repositories/acme/site",
        "GET HTTPS://jane:x@API.bitbucket.org.:443/2.0/repositories/acme/site",
        "GET api.bitbucket.org/2.0/repositories/acme/site",
        "HEAD\t/2.0/repositories/acme/site",
        "https://api.bitbucket.org/2.0/repositories/acme/site",
        "  /2.0/repositories/{workspace}/{repo_slug}  ",
    ] {
        assert_eq!(operation(line), repository, "{line}");
    }
}

#[test]
fn git_is_known_by_its_command_and_by_its_requests() {
    for (line, expected) in [
        ("git clone https://bitbucket.org/acme/site.git", "git fetch"),
        (
            "git clone --depth 1 -b main https://jane@bitbucket.org/acme/site.git here",
            "git fetch",
        ),
        ("git -C site pull --rebase", "git fetch"),
        ("git push origin main", "git push"),
        (
            "git push https://x-token-auth:x@bitbucket.org/acme/site.git",
            "git push",
        ),
        (
            "GET https://bitbucket.org/acme/site.git/info/refs?service=git-upload-pack",
            "git fetch",
        ),
        (
            "GET https://bitbucket.org/acme/site.git/info/refs?service=git-receive-pack",
            "git push",
        ),
        ("POST /acme/site.git/git-receive-pack", "git push"),
        ("POST /acme/site/git-upload-pack", "git fetch"),
        (
            "POST https://bitbucket.org/acme/site.git/info/lfs/objects/batch",
            "git fetch",
        ),
    ] {
        assert_eq!(operation(line), Some(expected), "{line}");
    }
    let call = Call::written("git push https://jane:x@bitbucket.org/acme/site.git");
    assert_eq!(
        (call.method.as_str(), call.path.as_str()),
        ("git", "/acme/site.git")
    );
}

#[test]
fn what_is_not_documented_is_unknown() {
    for line in [
        "",
        "hello",
        "hello world",
        "GET /user",
        "GET /1.0/user",
        "PATCH /2.0/user",
        "GET 2.0/user",
        "GET https://bitbucket.org/2.0/user",
        "GET https://api.example.com/2.0/user",
        "GET https://api.bitbucket.org.example.com/2.0/user",
        "GET https://bitbucket.org/acme/site/get/main.zip",
        "POST https://bitbucket.org/site/oauth2/access_token",
        "git push git@bitbucket.org:acme/site.git",
        "git push ssh://git@bitbucket.org/acme/site.git",
        "git clone https://git.example/acme/site.git",
        "git status",
        "\u{0}\u{fffd}%%%",
    ] {
        let call = Call::written(line);
        assert_eq!((call.operation(), call.needs()), (None, None), "{line}");
    }
}

#[test]
fn no_secret_is_kept() {
    let token = mint::api_token(1);
    for line in [
        format!("GET https://jane:{token}@api.bitbucket.org/2.0/user?access_token={token}"),
        format!("GET /2.0/repositories/acme/{token}"),
        format!("git clone https://x-token-auth:{token}@bitbucket.org/acme/site.git"),
    ] {
        let call = format!("{:?}", Call::written(&line));
        assert!(!call.contains(&token[..8]), "{call}");
    }
}

#[test]
fn what_git_needs() {
    let names = |line: &str| {
        let needs = Call::written(line).needs().unwrap();
        let names = |scopes: &[scope::Scope]| {
            let names: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
            names.join(" ")
        };
        (names(needs.classic), names(needs.granular))
    };
    assert_eq!(
        names("git fetch"),
        ("repository".into(), "read:repository:bitbucket".into())
    );
    assert_eq!(
        names("git push"),
        (
            "repository:write".into(),
            "read:repository:bitbucket write:repository:bitbucket".into()
        )
    );
}

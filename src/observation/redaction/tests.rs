//! What is taken out of a path and a User-Agent, and what stays.

use super::*;
use crate::credentials::mint;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

#[test]
fn ordinary_paths_stay() {
    for kept in [
        "/2.0/repositories/acme/site/src/0a1b2c3d4e5f60718293a4b5c6d7e8f901234567/",
        "/",
        "",
        "/a//b/%7Bx%7D",
    ] {
        assert_eq!(path(kept, 2048, &[]), kept);
    }
    assert_eq!(
        path("/2.0/x\u{1b}[2J/\u{202e}", 2048, &[]),
        "/2.0/x%1B[2J/%E2%80%AE"
    );
    assert_eq!(
        path(&"/é".repeat(2000), 2048, &[]).chars().next(),
        Some('/')
    );
}

#[test]
fn tokens_are_taken_out() {
    for token in [
        mint::api_token(1),
        mint::access_token(1),
        mint::app_password(1),
        mint::jwt(1),
    ] {
        assert_eq!(path(&format!("/2.0/{token}/x"), 2048, &[]), "/2.0/***/x");
        assert_eq!(path(&format!("/2.0/jane:{token}@x"), 2048, &[]), "/2.0/***");
        assert_eq!(
            words(format!("tool/1.0 {token} (linux)").as_bytes(), 4096, &[]),
            "tool/1.0 *** (linux)"
        );
    }
    let token = mint::api_token(2);
    let escaped = token.replace("AT", "%41%54");
    assert_eq!(path(&format!("/{escaped}"), 2048, &[]), "/***");
    for user_id in ["a", "ab", "abc"] {
        let pair = STANDARD.encode(format!("{user_id}:{token}"));
        assert_eq!(path(&format!("/{pair}"), 2048, &[]), "/***");
    }
    let cut = &mint::api_token(2)[..60];
    assert_eq!(path(&format!("/x={cut}"), 2048, &[]), "/***");
}

#[test]
fn the_secret_of_the_request_is_taken_out() {
    let pair = STANDARD.encode("jane:correct-horse");
    for value in [format!("Basic {pair}"), "Bearer correct-horse".to_owned()] {
        let secrets = credentials::secrets_as_sent(value.as_bytes());
        for segment in ["correct-horse", "x-correct-horse", "correct%2Dhorse"] {
            assert_eq!(path(&format!("/a/{segment}"), 2048, &secrets), "/a/***");
        }
        assert_eq!(words(b"tool correct-horse", 256, &secrets), "tool ***");
        let encoded = value.split(' ').nth(1).unwrap();
        assert_eq!(path(&format!("/a/{encoded}"), 2048, &secrets), "/a/***");
        assert_eq!(words(b"tool correct", 256, &secrets), "tool correct");
        assert_eq!(words(b"tool correct-horse", 10, &secrets), "tool ***");
        assert_eq!(path("/a/correct-horse", 10, &secrets), "/a/***");
    }
    assert!(credentials::secrets_as_sent(b"Basic Og==").is_empty());
    assert!(credentials::secrets_as_sent(b"").is_empty());
}

#[test]
fn words_are_printable_and_short() {
    assert_eq!(words(b"curl/7.88.1", 256, &[]), "curl/7.88.1");
    assert_eq!(words(b"a\x1b[2J\xff\tb", 256, &[]), "a?[2J??b");
    assert_eq!(words(b"a ".repeat(999).as_slice(), 256, &[]).len(), 256);
    assert_eq!(words(&[b'a'; 999], 256, &[]), "***");
}

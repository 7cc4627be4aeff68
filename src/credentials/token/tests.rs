//! Minted tokens, whole, cut and changed.

use super::*;
use crate::credentials::mint;

fn shape(secret: &str) -> SecretShape {
    SecretShape::classify(secret.as_bytes(), None)
}

fn kind(secret: &str) -> SecretKind {
    shape(secret).kind
}

#[test]
fn whole_tokens_are_known_and_their_checksum_fits() {
    for seed in 0..20 {
        for (token, expected) in [
            (mint::api_token(seed), SecretKind::ApiToken),
            (mint::access_token(seed), SecretKind::AccessToken),
            (mint::app_password(seed), SecretKind::AppPassword),
        ] {
            let shape = shape(&token);
            assert_eq!((shape.kind, shape.checksum), (expected, Checksum::Fits));
            assert_eq!(shape.length, Some(token.len()));
            assert!(shape.structured);
        }
    }
}

#[test]
fn every_cut_and_every_changed_character_fails_the_checksum() {
    let token = mint::api_token(3);
    for length in 12..token.len() {
        let cut = shape(&token[..length]);
        assert_eq!(
            (cut.kind, cut.checksum),
            (SecretKind::ApiToken, Checksum::Fails),
            "{length}"
        );
        assert_eq!(cut.length, Some(length));
    }
    for at in 12..token.len() {
        let mut changed = token.clone().into_bytes();
        changed[at] = if changed[at] == b'x' { b'y' } else { b'x' };
        let changed = SecretShape::classify(&changed, None);
        assert_eq!(
            (changed.kind, changed.checksum),
            (SecretKind::ApiToken, Checksum::Fails),
            "{at}"
        );
    }
    assert_eq!(kind(&token[..8]), SecretKind::ApiToken);
}

#[test]
fn lower_case_hex_is_not_the_checksum() {
    let (body, digits) = (
        mint::api_token(4)[..184].to_owned(),
        mint::api_token(4)[184..].to_owned(),
    );
    let lowered = format!("{body}{}", digits.to_lowercase());
    if lowered != mint::api_token(4) {
        assert_eq!(shape(&lowered).checksum, Checksum::Fails);
    }
}

#[test]
fn a_cut_body_is_seen_in_its_structure() {
    let token = mint::access_token(5);
    assert!(!shape(&token[..128]).structured);
    assert!(!shape(&token.replace('=', "%3D")).structured);
}

#[test]
fn another_generation_has_no_known_checksum() {
    let newer = format!("ATATT4{}", mint::alphanumerics(1, 120));
    assert_eq!(
        (kind(&newer), shape(&newer).checksum),
        (SecretKind::ApiToken, Checksum::Absent)
    );
    let newer = format!("ATCTX{}", mint::alphanumerics(2, 60));
    assert_eq!(
        (kind(&newer), shape(&newer).checksum),
        (SecretKind::AccessToken, Checksum::Absent)
    );
    assert_eq!(kind("ATATuerk1923!"), SecretKind::PasswordShaped);
}

#[test]
fn a_cut_app_password_keeps_its_kind() {
    let token = mint::app_password(6);
    let cut = shape(&token[..30]);
    assert_eq!(
        (cut.kind, cut.checksum, cut.length),
        (SecretKind::AppPassword, Checksum::Fails, Some(30))
    );
    assert_eq!(kind("ATBBQ sauce 4 all"), SecretKind::Unknown);
}

#[test]
fn jwts_whole_and_cut() {
    let token = mint::jwt(7);
    assert_eq!(kind(&token), SecretKind::Jwt);
    assert_eq!(kind(&token[..60]), SecretKind::CutJwt);
    let two_parts = token.rsplit_once('.').map(|(head, _)| head.to_owned());
    assert_eq!(two_parts.as_deref().map(kind), Some(SecretKind::CutJwt));
    assert_eq!(kind(&format!("{token}!")), SecretKind::CutJwt);
    assert_eq!(kind(&format!("{token}.a.b")), SecretKind::Unknown);
    assert_eq!(kind("eyJohn-and-Mary-1984"), SecretKind::PasswordShaped);
}

#[test]
fn shapes_without_a_beginning() {
    use SecretKind::*;
    for (secret, expected) in [
        ("", None),
        ("hunter2!", PasswordShaped),
        ("correct horse battery staple", PasswordShaped),
        ("hunter2", Unknown),
        ("0123456789abcdefABCDEF", Unknown),
        ("\u{e9}t\u{e9}2024!", PasswordShaped),
    ] {
        assert_eq!(kind(secret), expected, "{secret}");
    }
    for (length, expected) in [
        (20, OldAppPassword),
        (24, LegacyApiToken),
        (32, Unknown),
        (64, Unknown),
        (28, PasswordShaped),
    ] {
        assert_eq!(kind(&mint::alphanumerics(8, length)), expected, "{length}");
    }
    assert_eq!(kind(&"pass word".repeat(8)), Unknown);
}

#[test]
fn an_older_oauth_token_is_known_by_its_shape() {
    let token = format!(
        "{}_-{}A=",
        mint::alphanumerics(8, 40),
        mint::alphanumerics(9, 46)
    );
    assert_eq!(kind(&token), SecretKind::OAuthToken);
    assert_eq!(kind(&token[..70]), SecretKind::Unknown);
    assert_eq!(kind(&token.replace('-', " ")), SecretKind::Unknown);
}

#[test]
fn a_password_shape_holds_no_token() {
    let token = mint::api_token(9);
    assert_eq!(kind(&format!("pw {}", &token[..40])), SecretKind::Unknown);
}

#[test]
fn a_consumer_secret_is_known_beside_its_key() {
    let (key, secret) = (mint::alphanumerics(10, 18), mint::alphanumerics(11, 32));
    let beside =
        |user_id: &str| SecretShape::classify(secret.as_bytes(), Some(user_id.as_bytes())).kind;
    assert_eq!(beside(&key), SecretKind::ConsumerSecret);
    assert_eq!(
        beside(&mint::alphanumerics(10, 35)),
        SecretKind::ConsumerSecret
    );
    assert_eq!(beside(&mint::alphanumerics(10, 20)), SecretKind::Unknown);
    assert_eq!(beside("jane@acme.com"), SecretKind::Unknown);
}

#[test]
fn other_vendors_are_named() {
    use SecretKind::Foreign;
    let rest = |length| mint::alphanumerics(12, length);
    for (secret, expected) in [
        (format!("ghp_{}", rest(36)), Foreign(Vendor::GitHub)),
        (format!("github_pat_{}", rest(82)), Foreign(Vendor::GitHub)),
        (format!("glpat-{}", rest(20)), Foreign(Vendor::GitLab)),
        (format!("npm_{}", rest(36)), Foreign(Vendor::Npm)),
        (format!("xoxb-{}", rest(40)), Foreign(Vendor::Slack)),
        (
            format!("AKIA{}", rest(16).to_uppercase()),
            Foreign(Vendor::Aws),
        ),
        (
            format!("sk-{}T3BlbkFJ{}", rest(20), rest(20)),
            Foreign(Vendor::OpenAi),
        ),
        (format!("abc8Q~{}", rest(34)), Foreign(Vendor::Azure)),
        (format!("sntryu_{}", rest(64)), Foreign(Vendor::Sentry)),
        (format!("BBDC-{}", rest(44)), SecretKind::DataCenterToken),
        (
            format!("N{}Ok{}", rest(15), rest(26)),
            SecretKind::DataCenterShape,
        ),
        (
            format!("-----BEGIN {} KEY-----", "PRIVATE"),
            SecretKind::PrivateKey,
        ),
        ("ghp_short".to_owned(), SecretKind::PasswordShaped),
    ] {
        assert_eq!(kind(&secret), expected, "{secret}");
    }
}

#[test]
fn an_intact_token_is_found_inside_other_text() {
    for token in [
        mint::api_token(13),
        mint::access_token(13),
        mint::app_password(13),
    ] {
        for text in [
            format!("jane:{token}"),
            format!("{token},"),
            format!("TOKEN={token}"),
            format!("https://{token}@x/"),
        ] {
            let range = embedded(text.as_bytes()).expect("it is there");
            assert_eq!(text[range], token);
        }
        assert_eq!(embedded(token.as_bytes()), None, "nothing around it");
        assert_eq!(
            embedded(format!("x{}", &token[..30]).as_bytes()),
            None,
            "damaged"
        );
    }
}

#[test]
fn uuids() {
    assert!(is_uuid(b"{1b671a64-40d5-491e-99b0-da01ff1f3341}"));
    assert!(!is_uuid(b"{1b671a64-40d5-491e-99b0-da01ff1f3341"));
    assert!(!is_uuid(b"1b671a64x40d5-491e-99b0-da01ff1f3341"));
}

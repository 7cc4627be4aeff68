//! Kinds of user-ids, and what of them may be shown.

use super::*;
use crate::credentials::mint;

fn user_id(text: &str) -> UserId {
    UserId::new(
        UserIdKind::of(text.as_bytes()),
        text.as_bytes(),
        &FingerprintKey::new([7; 32]),
    )
}

fn kind(text: &str) -> UserIdKind {
    UserIdKind::of(text.as_bytes())
}

#[test]
fn kinds_follow_the_text() {
    use UserIdKind::*;
    for (text, expected) in [
        ("", Empty),
        ("jane@acme.com", Email),
        ("jane.doe+ci@mail.acme.co.uk", Email),
        ("o'neil@acme.com", Email),
        ("jane@localhost", Label),
        ("jane@acme@com.org", Label),
        ("@acme.com", Label),
        ("jane@acme..com", Label),
        ("jane", Username),
        ("jane_doe-7", Username),
        ("abcdefghijklmnopqrstuvwxyz0123", Username),
        ("abcdefghijklmnopqrstuvwxyz01234", Label),
        ("x-token-auth", XTokenAuth),
        ("x-bitbucket-api-token-auth", XBitbucketApiTokenAuth),
        ("X-Token-Auth", Username),
        ("{1b671a64-40d5-491e-99b0-da01ff1f3341}", Uuid),
        ("1b671a64-40d5-491e-99b0-da01ff1f3341", Uuid),
        ("My CI token", Label),
        ("jane.doe", Label),
        ("jörg", Label),
        ("jörg@acme.com", Email),
    ] {
        assert_eq!(kind(text), expected, "{text}");
    }
    assert_eq!(kind(&mint::api_token(1)), Token);
    assert_eq!(kind(&mint::jwt(1)), Token);
}

#[test]
fn of_a_text_with_a_token_in_it_nothing_is_kept() {
    for token in [mint::api_token(1), mint::app_password(1)] {
        for text in [format!("me@acme.{token}"), format!("{token}@acme.com")] {
            let user_id = user_id(&text);
            assert_eq!((user_id.kind, user_id.expose()), (UserIdKind::Token, ""));
            assert_eq!(user_id.masked(), "***");
        }
    }
}

/// H-K7: by default.
#[test]
fn masks_show_who_without_showing_the_name() {
    for (text, expected) in [
        ("jane@acme.com", "j…@acme.com"),
        ("jo@acme.com", "…@acme.com"),
        ("jane@aB3dE5fG7hJ9.org", "j…@…"),
        ("jane@bücher.example", "j…@…"),
        ("jane", "j…e"),
        ("bob", "b…b"),
        ("jo", "…"),
        ("j", "…"),
        ("", ""),
        ("x-token-auth", "x-token-auth"),
        ("x-auth-token", "x-auth-token"),
        ("x-bitbucket-api-token-auth", "x-bitbucket-api-token-auth"),
        ("My CI token", "M…n"),
    ] {
        assert_eq!(user_id(text).masked(), expected, "{text}");
    }
}

#[test]
fn masks_carry_no_control_or_direction_characters() {
    for text in [
        "\u{1b}[2Jx\u{7}",
        "a\r\nb\n",
        "\u{202e}abc\u{2066}",
        "\u{9b}31m\u{85}",
        "ü@ac\u{202e}me.com",
    ] {
        let masked = user_id(text).masked();
        let safe = masked
            .chars()
            .all(|c| c == '…' || c == ' ' || c.is_ascii_graphic());
        assert!(safe, "{masked:?}");
    }
}

#[test]
fn a_token_in_the_place_of_the_user_id_is_not_kept() {
    let token = mint::api_token(2);
    let user_id = user_id(&token);
    assert_eq!((user_id.kind, user_id.expose()), (UserIdKind::Token, ""));
    assert_eq!(format!("{user_id:?}"), "Token(***)");
}

#[test]
fn long_text_is_cut_but_told_apart() {
    let (one, two) = (
        user_id(&format!("{}1", "a".repeat(5000))),
        user_id(&format!("{}2", "a".repeat(5000))),
    );
    assert_eq!(one.expose().len(), MAX_CHARACTERS);
    assert_ne!(one.fingerprint, two.fingerprint);
    let long_domain = user_id(&format!("jane@{}.com", "a".repeat(200)));
    assert!(long_domain.masked().chars().count() < 80);
}

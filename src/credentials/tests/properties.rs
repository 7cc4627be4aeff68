//! What holds for any bytes: they parse, and no secret is printed.

use super::*;
use proptest::prelude::*;

/// Ways in which people send a secret.
fn values(secret: &str) -> Vec<String> {
    let pair = format!("jane@acme.com:{secret}");
    vec![
        format!("Basic {}", STANDARD.encode(&pair)),
        format!("Basic {}", STANDARD.encode(STANDARD.encode(&pair))),
        format!("Basic {}", STANDARD.encode(format!("{secret}:"))),
        format!("Basic {}", STANDARD.encode(secret)),
        format!("Basic {pair}"),
        format!("Basic {secret}"),
        format!("Bearer {secret}"),
        format!("Bearer {}", STANDARD.encode(&pair)),
        format!("Basic Bearer \"{secret}\""),
        format!("Custom {secret}"),
        secret.to_owned(),
    ]
}

fn assert_hidden(secret: &str, kept: &str) {
    for window in secret.as_bytes().windows(6) {
        let window = String::from_utf8_lossy(window);
        assert!(
            !kept.contains(&*window),
            "{window:?} of {secret:?} in {kept}"
        );
    }
}

proptest! {
    #[test]
    fn any_bytes_parse(value in proptest::collection::vec(any::<u8>(), 0..400)) {
        parse(value);
    }

    #[test]
    fn any_words_parse(
        value in "(Basic |Bearer |JWT |\"|'|<|\\$\\{|%|:|=|ATATT3xFfGF0|ATBB|eyJhbGci|[A-Za-z0-9+/=_ \\t-]{0,40}|\\PC{0,10}){0,8}",
    ) {
        parse(&value);
        basic(&value);
    }

    #[test]
    fn no_debug_output_holds_six_characters_of_a_secret(secret in "[!-9;-~]{12,80}") {
        for value in values(&secret) {
            assert_hidden(&secret, &format!("{:?}", parse(value)));
        }
    }

    #[test]
    fn no_debug_output_holds_six_characters_of_a_token(seed in any::<u64>(), cut in 12usize..192) {
        for token in [mint::api_token(seed), mint::access_token(seed), mint::app_password(seed), mint::jwt(seed)] {
            for token in [&token[..cut.min(token.len())], &token] {
                for value in values(token) {
                    assert_hidden(token, &format!("{:?}", parse(value)));
                }
            }
        }
    }

    #[test]
    fn undoing_a_fault_gives_what_the_sound_value_gives(seed in any::<u64>()) {
        let token = mint::api_token(seed);
        let sound = basic(format!("jane@acme.com:{token}"));
        for pair in [
            format!("jane@acme.com:{token}\r\n"),
            format!("'jane@acme.com':'{token}'"),
            format!(" jane@acme.com : {token} "),
            format!("jane%40acme.com:{}", token.replace('=', "%3D")),
            format!("{token}:jane@acme.com"),
        ] {
            let repaired = basic(&pair);
            prop_assert_eq!(&repaired.user_id, &sound.user_id);
            prop_assert_eq!(repaired.secret, sound.secret);
            prop_assert!(!repaired.faults.is_empty());
        }
    }
}

//! Each form of an `Authorization` value, sound and faulty.

use super::*;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};

mod properties;

fn parse(value: impl AsRef<[u8]>) -> Credentials {
    Credentials::parse(value.as_ref(), &FingerprintKey::new([7; 32]))
}

fn basic(pair: impl AsRef<[u8]>) -> Credentials {
    parse(format!("Basic {}", STANDARD.encode(pair)))
}

fn user_kind(seen: &Credentials) -> Option<UserIdKind> {
    seen.user_id.as_ref().map(|user_id| user_id.kind)
}

/// Faults, kind of the user-id, kind of the secret.
type Shown = (Vec<Fault>, Option<UserIdKind>, SecretKind);

fn shown(seen: &Credentials) -> Shown {
    (seen.faults.clone(), user_kind(seen), seen.secret.kind)
}

use Fault::*;
use SecretKind::{AccessToken, ApiToken, AppPassword, PasswordShaped};
use UserIdKind::{Email, Username, XTokenAuth};

#[test]
fn a_sound_pair_shows_no_fault() {
    let token = mint::api_token(1);
    let seen = basic(format!("jane@acme.com:{token}"));
    assert_eq!(shown(&seen), (vec![], Some(Email), ApiToken));
    assert_eq!(
        (seen.scheme, seen.secret.checksum),
        (Scheme::Basic, Checksum::Fits)
    );
    let seen = parse(format!("Bearer {}", mint::access_token(1)));
    assert_eq!(shown(&seen), (vec![], None, AccessToken));
    assert_eq!(
        shown(&basic("jane:hunter2!")),
        (vec![], Some(Username), PasswordShaped)
    );
}

#[test]
fn the_first_colon_parts_the_pair() {
    let seen = basic("jane:pass:word:9");
    assert_eq!(shown(&seen), (vec![], Some(Username), PasswordShaped));
    assert_eq!(seen.fingerprint, basic("bob:pass:word:9").fingerprint);
}

#[test]
fn schemes_are_known_without_regard_to_case() {
    for (value, scheme) in [
        ("basic Og==", Scheme::Basic),
        ("BEARER x", Scheme::Bearer),
        ("JWT x", Scheme::Jwt),
        ("OAuth oauth_consumer_key=\"k\"", Scheme::OAuth),
        ("Digest username=\"jane\"", Scheme::Digest),
        ("NTLM TlRM", Scheme::Negotiate),
        ("token x", Scheme::Token),
        ("Magic abracadabra", Scheme::Other),
        ("abracadabra", Scheme::Other),
        ("Basic", Scheme::Basic),
    ] {
        assert_eq!(parse(value).scheme, scheme, "{value}");
    }
    assert_eq!(parse(mint::access_token(2)).scheme, Scheme::Missing);
    assert_eq!(parse(mint::jwt(2)).scheme, Scheme::Missing);
    assert_eq!(parse(mint::alphanumerics(2, 88)).scheme, Scheme::Missing);
    assert_eq!(parse("{\"token\": \"x\"}").scheme, Scheme::Missing);
}

#[test]
fn empty_values_and_halves() {
    assert_eq!(basic(":").faults, [Empty(Place::Value)]);
    for value in [
        "Basic",
        "Basic ",
        "Bearer",
        "Bearer  ",
        "",
        "  ",
        "Basic \"\"",
    ] {
        assert!(
            parse(value).faults.contains(&Empty(Place::Value)),
            "{value:?}"
        );
        assert_eq!(parse(value).fingerprint, None);
    }
    assert_eq!(basic("jane:").faults, [Empty(Place::Secret)]);
    assert_eq!(basic(":hunter2!").faults, [Empty(Place::UserId)]);
    assert_eq!(basic("\n").faults, [Empty(Place::Value)]);
    let seen = basic(format!(":{}", mint::access_token(3)));
    assert_eq!(
        shown(&seen),
        (
            vec![Empty(Place::UserId)],
            Some(UserIdKind::Empty),
            AccessToken
        )
    );
}

#[test]
fn basic_that_is_not_base64() {
    assert_eq!(parse("Basic jane@acme.com").faults, [NotBase64]);
    assert_eq!(parse("Basic a").faults, [NotBase64]);
    assert_eq!(basic("no colon here").faults, [NoColon]);
    assert_eq!(
        basic([0xff, 0x00, 0x80, 0x3a, 0x41]).faults,
        [NoColon],
        "noise before a colon is no user-id"
    );
    assert_eq!(parse("Basic password").faults, [NoColon]);
}

#[test]
fn basic_that_only_lenient_decoders_take() {
    let pair = "jane?~:pass>>word";
    let unpadded = format!("Basic {}", STANDARD_NO_PAD.encode(pair));
    assert_eq!(parse(&unpadded).faults, [LenientBase64]);
    let url_safe = URL_SAFE.encode("jane:>>>???>>>");
    assert_eq!(
        shown(&parse(format!("Basic {url_safe}"))),
        (vec![LenientBase64], Some(Username), PasswordShaped)
    );
}

#[test]
fn basic_in_clear() {
    let token = mint::api_token(4);
    let seen = parse(format!("Basic jane@acme.com:{token}"));
    assert_eq!(shown(&seen), (vec![NotEncoded], Some(Email), ApiToken));
    assert_eq!(seen.secret.checksum, Checksum::Fits);
}

#[test]
fn basic_without_a_user() {
    for token in [
        mint::api_token(5),
        mint::access_token(5),
        mint::app_password(5),
        mint::jwt(5),
    ] {
        for seen in [parse(format!("Basic {token}")), basic(&token)] {
            assert_eq!(
                (seen.faults.as_slice(), user_kind(&seen)),
                ([NoUser].as_slice(), None)
            );
            assert!(seen.secret.kind.is_token());
        }
    }
    assert_eq!(
        basic(format!("{}\n", mint::api_token(5))).faults,
        [NoUser, TrailingNewline(Place::Secret)]
    );
}

#[test]
fn line_ends_are_taken_off() {
    let token = mint::api_token(6);
    for end in ["\n", "\r\n", "\r", "\n\n"] {
        let seen = basic(format!("jane:{token}{end}"));
        assert_eq!(
            shown(&seen),
            (
                vec![TrailingNewline(Place::Secret)],
                Some(Username),
                ApiToken
            )
        );
        assert_eq!(seen.secret.checksum, Checksum::Fits);
        let seen = basic(format!("jane@acme.com{end}:{token}"));
        assert_eq!(
            shown(&seen),
            (vec![TrailingNewline(Place::UserId)], Some(Email), ApiToken)
        );
    }
    assert_eq!(basic("jane:hunter2!\n").secret.kind, PasswordShaped);
    assert_eq!(
        basic(":\n").faults,
        [TrailingNewline(Place::Secret), Empty(Place::Value)]
    );
}

#[test]
fn placeholders_stand_for_what_is_missing() {
    let token = mint::api_token(7);
    let seen = basic("jane@acme.com:$TOKEN");
    assert_eq!(
        shown(&seen),
        (
            vec![Placeholder(Place::Secret)],
            Some(Email),
            SecretKind::Placeholder
        )
    );
    assert_eq!(seen.fingerprint, None);
    let seen = basic(format!("${{USER}}:{token}"));
    assert_eq!(
        shown(&seen),
        (
            vec![Placeholder(Place::UserId)],
            Some(UserIdKind::Placeholder),
            ApiToken
        )
    );
    assert_eq!(
        parse("Bearer ${TOKEN}").faults,
        [Placeholder(Place::Secret)]
    );
    assert_eq!(
        parse("Bearer undefined").faults,
        [PlaceholderWord(Place::Secret)]
    );
    assert_eq!(
        parse("Bearer $env:TOKEN").faults,
        [Placeholder(Place::Secret)]
    );
    assert_eq!(
        parse("Basic {{ auth }}").faults,
        [Placeholder(Place::Value)]
    );
    assert_eq!(basic("$CREDENTIALS").faults, [Placeholder(Place::Value)]);
    assert_eq!(
        parse("Basic jane:$TOKEN").faults,
        [NotEncoded, Placeholder(Place::Secret)]
    );
    assert_eq!(parse("$AUTH_HEADER").faults, [Placeholder(Place::Secret)]);
    assert_eq!(parse("$AUTH_HEADER").scheme, Scheme::Missing);
    assert_eq!(
        basic("None:None").faults,
        [
            PlaceholderWord(Place::UserId),
            PlaceholderWord(Place::Secret)
        ]
    );
    assert_eq!(basic("jane:********").faults, [Masked(Place::Secret)]);
}

#[test]
fn quotes_and_blanks_are_undone() {
    let token = mint::api_token(8);
    for pair in [
        format!("jane:\"{token}\""),
        format!("jane:'{token}'"),
        format!("jane: {token}"),
        format!("jane:{token}\""),
        format!("jane:<{token}>"),
        format!("jane:\"{token}\n\""),
    ] {
        let seen = basic(&pair);
        assert_eq!(
            (user_kind(&seen), seen.secret.kind),
            (Some(Username), ApiToken)
        );
        assert_eq!(seen.secret.checksum, Checksum::Fits);
        assert!(seen.faults.contains(&Quoted(Place::Secret)));
    }
    assert_eq!(
        basic("<jane@acme.com>:hunter2!").faults,
        [Quoted(Place::UserId)]
    );
    let whole = format!("\"Basic {}\"", STANDARD.encode(format!("jane:{token}")));
    assert_eq!(
        shown(&parse(whole)),
        (vec![Quoted(Place::Value)], Some(Username), ApiToken)
    );
    assert_eq!(
        parse(format!("Bearer \"{}\"", mint::access_token(8))).faults,
        [Quoted(Place::Secret)]
    );
    assert_eq!(
        basic("jane:'tis 2024").faults,
        [],
        "a password may begin with a quote"
    );
    assert_eq!(basic("jane:pass<word>").faults, []);
}

#[test]
fn characters_that_nobody_sees() {
    let token = mint::api_token(9);
    for pair in [
        format!("\u{feff}jane:{token}"),
        format!("jane:{token}\u{200b}"),
        format!("jane\u{0}:{token}"),
        format!("jane:{}\n{}", &token[..76], &token[76..]),
    ] {
        let seen = basic(&pair);
        assert_eq!(
            (user_kind(&seen), seen.secret.checksum),
            (Some(Username), Checksum::Fits),
            "{pair:?}"
        );
        assert!(matches!(seen.faults[..], [Invisible(_)]), "{pair:?}");
    }
    let utf16: Vec<u8> = format!("jane:{token}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(
        shown(&basic(utf16)),
        (vec![Invisible(Place::Value)], Some(Username), ApiToken)
    );
    assert_eq!(
        parse(format!("Bearer\u{a0}{}", mint::access_token(9))).scheme,
        Scheme::Bearer
    );
    assert_eq!(basic("jane:pässwörter").faults, [NonAscii(Place::Secret)]);
    assert_eq!(
        basic(b"jane:p\xe4ssw\xf6rter").faults,
        [NonAscii(Place::Secret)]
    );
}

#[test]
fn escapes_are_undone_where_that_proves_itself() {
    let token = mint::api_token(10);
    let seen = basic(format!("jane%40acme.com:{}", token.replace('=', "%3D")));
    assert_eq!(
        shown(&seen),
        (
            vec![Escaped(Place::UserId), Escaped(Place::Secret)],
            Some(Email),
            ApiToken
        )
    );
    assert_eq!(
        basic(format!("jane:{}", token.replace('=', "\\="))).faults,
        [Escaped(Place::Secret)]
    );
    assert_eq!(basic("jane:100%25 sure").faults, []);
    for escape in ["\\=", "%3d", "\\u003d", "&#61;", "&equals;"] {
        let seen = parse(format!(
            "Bearer {}",
            mint::access_token(10).replace('=', escape)
        ));
        assert_eq!(
            shown(&seen),
            (vec![Escaped(Place::Secret)], None, AccessToken)
        );
        assert_eq!(seen.secret.checksum, Checksum::Fits, "{escape}");
    }
    for user_id in [
        "jane\\@acme.com",
        "jane&#64;acme.com",
        "jane\\u0040acme.com",
    ] {
        let seen = basic(format!("{user_id}:{token}"));
        assert_eq!(
            shown(&seen),
            (vec![Escaped(Place::UserId)], Some(Email), ApiToken)
        );
    }
    let seen = parse(format!(
        "Bearer%20{}",
        mint::access_token(10).replace('=', "%3D")
    ));
    assert_eq!(
        shown(&seen),
        (vec![Escaped(Place::Value)], None, AccessToken)
    );
    assert_eq!(
        (seen.scheme, seen.secret.checksum),
        (Scheme::Bearer, Checksum::Fits)
    );
    let value = STANDARD.encode(format!("jane:{token}")).replace('=', "%3D");
    assert_eq!(
        parse(format!("Basic {value}")).faults,
        [Escaped(Place::Value)]
    );
}

#[test]
fn duplicate_schemes() {
    let encoded = STANDARD.encode("jane:hunter2!");
    assert_eq!(
        shown(&parse(format!("Basic Basic {encoded}"))),
        (vec![DuplicateScheme], Some(Username), PasswordShaped)
    );
    let seen = parse(format!("Basic Bearer {}", mint::access_token(11)));
    assert_eq!(
        (seen.scheme, seen.faults.as_slice()),
        (Scheme::Bearer, [DuplicateScheme].as_slice())
    );
    let copied = format!("Authorization: Bearer {}", mint::access_token(11));
    assert_eq!(
        shown(&parse(copied)),
        (vec![DuplicateScheme], None, AccessToken)
    );
    assert_eq!(parse("Authorization: x").faults, [DuplicateScheme]);
}

#[test]
fn values_that_were_joined_are_not_read() {
    let token = mint::access_token(11);
    for value in [
        format!("Basic {}, Bearer {token}", STANDARD.encode("jane:hunter2!")),
        format!("Bearer {token},Bearer {token}"),
    ] {
        let seen = parse(value);
        assert_eq!(shown(&seen), (vec![SeveralValues], None, SecretKind::None));
        assert_eq!(seen.fingerprint, None);
    }
    for value in [
        "Basic jane:a, basic",
        "Digest a=\"b\", realm=\"Basic x\"",
        "Bearer a,b c",
    ] {
        assert!(!parse(value).faults.contains(&SeveralValues), "{value}");
    }
    let many = format!("Bearer {}", ",".repeat(60_000));
    assert_eq!(parse(many).faults, []);
}

#[test]
fn the_case_of_the_scheme_is_noted() {
    for (value, canonical) in [
        ("Basic eDp5", true),
        ("basic eDp5", false),
        ("BEARER x", false),
        ("Bearer x", true),
        ("jwt x", false),
        ("token x", true),
        ("x", true),
    ] {
        assert_eq!(parse(value).canonical, canonical, "{value}");
    }
}

#[test]
fn wrapped_base64() {
    let pair = format!("jane.doe@acme.com:{}", mint::api_token(12));
    let encoded = STANDARD.encode(&pair);
    for length in [60, 64, 76] {
        let seen = parse(format!("Basic {}", &encoded[..length]));
        assert_eq!(
            (seen.faults.as_slice(), user_kind(&seen)),
            ([LineWrapped].as_slice(), Some(Email))
        );
        let lines: Vec<&str> = encoded
            .as_bytes()
            .chunks(length)
            .map(|l| str::from_utf8(l).unwrap())
            .collect();
        let seen = parse(format!("Basic {}", lines.join(" ")));
        assert_eq!(
            (seen.faults.as_slice(), seen.secret.checksum),
            ([LineWrapped].as_slice(), Checksum::Fits)
        );
    }
    // As long as a line, and the end of the value all the same.
    let whole = mint::app_password(12);
    for (user, password) in [
        ("danadoe", &whole[..35]),
        ("dana.doe", &format!("{}0", &whole[..35])),
    ] {
        let seen = basic(format!("{user}:{password}"));
        assert_eq!(
            (seen.faults.as_slice(), seen.secret.checksum),
            ([].as_slice(), Checksum::Fails)
        );
    }
    let encoded = STANDARD.encode(format!("x-token-auth:{}", mint::jwt(12)));
    assert_eq!(
        parse(format!("Basic {}", &encoded[..76])).faults,
        [LineWrapped]
    );
}

#[test]
fn base64_once_too_often() {
    let pair = format!("jane@acme.com:{}", mint::api_token(13));
    let seen = basic(STANDARD.encode(&pair));
    assert_eq!(shown(&seen), (vec![DoubleEncoded], Some(Email), ApiToken));
    let lines = STANDARD.encode(&pair);
    let lines = format!("{}\n{}\n", &lines[..76], &lines[76..]);
    assert_eq!(
        shown(&basic(lines)),
        (vec![DoubleEncoded], Some(Email), ApiToken)
    );
    let password = basic(mint::alphanumerics(5, 20));
    assert_eq!(
        password.faults,
        [NoUser],
        "noise with a colon in it is no pair"
    );
    let ended = TrailingNewline(Place::Secret);
    for (end, faults) in [
        ("", vec![DoubleEncoded]),
        ("\n", vec![DoubleEncoded, ended]),
    ] {
        let inner = format!("{}{end}", mint::access_token(13));
        let seen = parse(format!("Bearer {}", STANDARD.encode(inner)));
        assert_eq!(shown(&seen), (faults, None, AccessToken));
    }
}

#[test]
fn base64_twice_too_often_or_of_the_pair_in_one_half() {
    let token = mint::api_token(13);
    let pair = format!("jane@acme.com:{token}");
    let lines = |text: &str| {
        let encoded = STANDARD.encode(text).into_bytes();
        let lines: Vec<_> = encoded.chunks(76).map(String::from_utf8_lossy).collect();
        lines.join("\n")
    };
    for sent in [
        format!("jane@acme.com:{}", STANDARD.encode(&pair)),
        format!("jane@acme.com:{}", STANDARD.encode(STANDARD.encode(&token))),
        format!("jane@acme.com:{}", STANDARD.encode(lines(&token))),
        format!("{}:", STANDARD.encode(&pair)),
        format!("{}:", STANDARD.encode(STANDARD.encode(&pair))),
        format!("{}:", lines(&pair)),
    ] {
        let seen = basic(sent);
        assert_eq!(shown(&seen), (vec![DoubleEncoded], Some(Email), ApiToken));
        assert_eq!(seen.secret.checksum, Checksum::Fits);
    }
    // What no checksum proves.
    let password = STANDARD.encode("jane@acme.com:correct horse");
    assert_eq!(basic(format!("{password}:")).faults, [Empty(Place::Secret)]);
    assert_eq!(basic(format!("jane:{password}")).faults, []);
    let cut = STANDARD.encode(&pair[..100]);
    assert_eq!(basic(format!("jane:{cut}")).faults, []);
    assert_eq!(basic(format!("{}:x", STANDARD.encode(&pair))).faults, []);
}

#[test]
fn a_clone_address_holds_the_token_escaped() {
    let token = mint::access_token(14).replace('=', "%3D");
    let address = format!("https://x-token-auth:{token}@bitbucket.org/acme/site.git");
    for sent in [address.clone(), address.replace('%', "%25")] {
        let seen = basic(format!("x-token-auth:{sent}"));
        let faults = vec![Escaped(Place::Secret), TextAroundToken(Place::Secret)];
        assert_eq!(shown(&seen), (faults, Some(XTokenAuth), AccessToken));
        assert_eq!(seen.secret.checksum, Checksum::Fits);
    }
}

#[test]
fn text_around_a_token() {
    let token = mint::api_token(14);
    for secret in [
        format!("jane:{token}"),
        format!("{token},"),
        format!("TOKEN={token}"),
        format!("Bearer {token}"),
    ] {
        let seen = basic(format!("jane@acme.com:{secret}"));
        assert_eq!(
            shown(&seen),
            (vec![TextAroundToken(Place::Secret)], Some(Email), ApiToken)
        );
    }
}

#[test]
fn swapped_halves() {
    let token = mint::api_token(15);
    let seen = basic(format!("{token}:jane@acme.com"));
    assert_eq!(shown(&seen), (vec![SwappedHalves], Some(Email), ApiToken));
    let seen = basic(format!("{token}:"));
    assert_eq!(
        shown(&seen),
        (
            vec![Empty(Place::Secret), SwappedHalves],
            Some(UserIdKind::Empty),
            ApiToken
        )
    );
    assert_eq!(seen.fingerprint, basic(format!("jane:{token}")).fingerprint);
    for dummy in ["x", "hunter2!", "x-oauth-basic"] {
        let seen = basic(format!("{token}:{dummy}"));
        assert_eq!(
            shown(&seen),
            (vec![SwappedHalves], Some(UserIdKind::Token), ApiToken),
            "what may be a password does not become a user-id"
        );
        assert_eq!(seen.user_id.unwrap().expose(), "");
    }
    let seen = basic(format!("{}:jane@acme.com", &token[..128]));
    assert_eq!(
        (shown(&seen).0, seen.secret.checksum),
        (vec![SwappedHalves], Checksum::Fails)
    );
    let seen = basic(format!("{}:", token.replace('=', "%3D")));
    assert_eq!(
        seen.faults,
        [Empty(Place::Secret), SwappedHalves, Escaped(Place::Secret)]
    );
    let seen = basic(format!("{token}:{}", mint::access_token(15)));
    assert_eq!(user_kind(&seen), Some(UserIdKind::Token));
    assert_eq!(seen.faults, []);
    let seen = basic("correct horse:jane@acme.com");
    assert_eq!(
        shown(&seen),
        (vec![SwappedHalves], Some(Email), PasswordShaped)
    );
    let seen = basic("correct-horse:correct-horse");
    assert_eq!(seen.user_id.unwrap().expose(), "");
    for user_id in [format!("TOKEN={token}"), STANDARD.encode(&token)] {
        let seen = basic(format!("{user_id}:x"));
        assert_eq!(user_kind(&seen), Some(UserIdKind::Token));
        assert_eq!(seen.user_id.unwrap().expose(), "");
    }
}

#[test]
fn a_pair_under_another_scheme() {
    let token = mint::api_token(16);
    let pair = format!("jane@acme.com:{token}");
    for value in [
        format!("Bearer {pair}"),
        format!("Bearer {}", STANDARD.encode(&pair)),
        STANDARD.encode(&pair),
    ] {
        let seen = parse(&value);
        assert_eq!(
            shown(&seen),
            (vec![PairWithoutBasic], Some(Email), ApiToken)
        );
    }
    assert_eq!(
        parse("Bearer jane:hunter2!").user_id,
        None,
        "may be an opaque token"
    );
    assert_eq!(parse(STANDARD.encode(&pair)).scheme, Scheme::Missing);
}

#[test]
fn an_account_id_brings_its_own_colon() {
    let token = mint::api_token(17);
    let seen = basic(format!(
        "557058:1b671a64-40d5-491e-99b0-da01ff1f3341:{token}"
    ));
    assert_eq!(
        shown(&seen),
        (vec![], Some(UserIdKind::AccountId), ApiToken)
    );
}

#[test]
fn git_pairs() {
    let seen = basic(format!("x-token-auth:{}", mint::access_token(18)));
    assert_eq!(shown(&seen), (vec![], Some(XTokenAuth), AccessToken));
    assert_eq!(
        shown(&basic(format!("jane:{}", mint::app_password(18)))),
        (vec![], Some(Username), AppPassword)
    );
    let near = basic(format!("x-auth-token:{}", mint::access_token(18)));
    assert_eq!(
        near.user_id.and_then(|user_id| user_id.near_literal()),
        Some("x-auth-token")
    );
}

#[test]
fn a_digest_response_is_no_secret() {
    for value in [
        "Digest username=\"jane\", response=\"abc\"",
        "OAuth oauth_signature=\"abc\"",
        "Negotiate YII=",
    ] {
        let seen = parse(value);
        assert_eq!(
            (seen.faults.as_slice(), seen.fingerprint),
            ([].as_slice(), None),
            "{value}"
        );
    }
}

#[test]
fn more_than_64_kib_is_not_read() {
    let long = format!("Bearer {}", "a".repeat(200_000));
    assert_eq!(parse(&long), parse(&long[..MAX_BYTES]));
}

#[test]
fn what_somebody_shows_of_a_value_is_a_mask() {
    for value in [
        "Basic amFuZTpBVEFUVDN4...",
        "Basic amFuZTpBVEFUVDN4\u{2026}",
        "Bearer eyJhbGciOiJSUzI1NiIs...",
        "Bearer ATATT3xFf...",
    ] {
        let seen = parse(value);
        let is_mask = |fault: &Fault| matches!(fault, Masked(_));
        assert!(seen.faults.iter().any(is_mask), "{value}: {seen:?}");
        assert_eq!(seen.secret.kind, SecretKind::Placeholder, "{value}");
    }
    let password = basic("jane:and so on...");
    assert_eq!(shown(&password), (vec![], Some(Username), PasswordShaped));
}

#[test]
fn a_value_that_goes_on_in_further_lines() {
    let token = mint::api_token(1);
    let encoded = STANDARD.encode(format!("jane@acme.com:{token}"));
    let lines: Vec<_> = encoded.as_bytes().chunks(76).collect();
    for end in ["\n", "\r\n ", "\n\t"] {
        let lines: Vec<_> = lines
            .iter()
            .map(|line| String::from_utf8_lossy(line))
            .collect();
        let seen = parse(format!("Basic {}", lines.join(end)));
        assert_eq!(
            shown(&seen),
            (vec![LineWrapped], Some(Email), ApiToken),
            "{end:?}"
        );
    }
    let seen = parse(format!("Bearer {}\r\n", mint::access_token(1)));
    assert_eq!(seen.faults, [TrailingNewline(Place::Value)]);
}

#[test]
fn quotes_of_other_kinds() {
    let token = mint::api_token(1);
    let printed = format!(
        "Basic b'{}'",
        STANDARD.encode(format!("jane@acme.com:{token}"))
    );
    let seen = parse(printed);
    assert_eq!(
        shown(&seen),
        (vec![Quoted(Place::Value)], Some(Email), ApiToken)
    );
    let seen = basic(format!("jane@acme.com:\u{201c}{token}\u{201d}"));
    assert!(seen.faults.contains(&Quoted(Place::Secret)), "{seen:?}");
    assert_eq!(seen.secret.checksum, Checksum::Fits);
    // Nothing is left that nobody sees.
    let seen = basic(format!("jane@acme.com:\u{a0}{token}\u{a0}"));
    assert_eq!(seen.faults, [Invisible(Place::Secret)]);
}

#[test]
fn what_was_done_twice_is_undone_twice() {
    let token = mint::api_token(1);
    let seen = basic(format!("jane@acme.com:{}", token.replace('=', "%253D")));
    assert_eq!(seen.faults, [Escaped(Place::Secret)]);
    let both = format!(
        "{}:{}",
        STANDARD.encode("jane@acme.com"),
        STANDARD.encode(&token)
    );
    assert_eq!(
        shown(&basic(both)),
        (vec![DoubleEncoded], Some(Email), ApiToken)
    );
}

#[test]
fn a_uuid_is_nobodys_password() {
    let seen = basic("jane:0f8fad5b-d9cb-469f-a165-70867728950e");
    assert_eq!(seen.secret.kind, SecretKind::Unknown);
}

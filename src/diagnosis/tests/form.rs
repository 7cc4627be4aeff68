//! Faults of form, composed: each kind of credential, each fault, each place; the fault comes first, and what is left
//! once it is undone comes second.

use super::super::precedence::PRECEDENCE;
use super::super::*;
use crate::credentials::mint;
use crate::observation::{Exchange, RequestHead, RequestSeen, ResponseSeen};
use crate::secret::FingerprintKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use time::macros::utc_datetime;

const REST: (&str, &str) = ("api.bitbucket.org", "/2.0/repositories/acme/site");
const GIT: (&str, &str) = ("bitbucket.org", "/acme/site.git/info/refs");

/// A credential as it should be written, though it may be the wrong one for its place.
#[derive(Clone)]
struct Sound {
    place: (&'static str, &'static str),
    /// Without one the secret goes as Bearer.
    user: Option<&'static str>,
    secret: String,
}

fn sound(seed: u64) -> Vec<Sound> {
    let (api, access) = (mint::api_token(seed), mint::access_token(seed));
    let one = |place, user, secret: &str| Sound {
        place,
        user,
        secret: secret.to_owned(),
    };
    vec![
        one(REST, Some("jane.doe@acme.com"), &api),
        one(REST, Some("jane"), &api),
        one(REST, Some("x-token-auth"), &access),
        one(REST, None, &access),
        one(REST, None, &api),
        one(GIT, Some("jane.doe@acme.com"), &api),
        one(GIT, Some("x-bitbucket-api-token-auth"), &api),
        one(GIT, Some("x-token-auth"), &access),
        one(GIT, Some("jane"), &access),
    ]
}

impl Sound {
    fn pair(&self) -> String {
        match self.user {
            Some(user) => format!("{user}:{}", self.secret),
            None => self.secret.clone(),
        }
    }

    fn scheme(&self) -> &'static str {
        if self.user.is_some() {
            "Basic"
        } else {
            "Bearer"
        }
    }

    /// What follows the scheme, of this pair or secret.
    fn encoded(&self, pair: &str) -> String {
        match self.user {
            Some(_) => STANDARD.encode(pair),
            None => pair.to_owned(),
        }
    }

    fn value(&self, pair: &str) -> String {
        format!("{} {}", self.scheme(), self.encoded(pair))
    }

    fn with_secret(&self, secret: &str) -> String {
        let changed = Self {
            secret: secret.to_owned(),
            ..self.clone()
        };
        self.value(&changed.pair())
    }

    fn report(&self, value: &str) -> Vec<&'static str> {
        report(self.place, &[value])
    }
}

fn report((host, path): (&str, &str), values: &[&str]) -> Vec<&'static str> {
    let mut headers = HeaderMap::new();
    for value in values {
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        headers.append(http::header::AUTHORIZATION, value);
    }
    let head = RequestHead {
        method: &Method::GET,
        host,
        path,
        query: None,
        form: None,
        headers: &headers,
        secure: true,
    };
    let exchange = Exchange {
        request: RequestSeen::read(head, &FingerprintKey::new([7; 32])),
        response: ResponseSeen::read(StatusCode::UNAUTHORIZED, &HeaderMap::new(), None),
    };
    let clock = Clock {
        date: utc_datetime!(2026-11-24 10:30),
        agrees: true,
    };
    let seen = Observation::Exchange(Box::new(exchange));
    let report = diagnose(&seen, &Past::NONE, clock, &Silenced::default());
    report
        .findings
        .iter()
        .map(|finding| finding.mistake)
        .collect()
}

/// Ways to spoil a secret, each with the finding that it is.
type Spoil = (&'static str, fn(&str) -> String);

const SPOILS: &[Spoil] = &[
    ("trailing-newline", |secret| format!("{secret}\n")),
    ("trailing-newline", |secret| format!("{secret}\r\n")),
    ("quoted-credentials", |secret| format!("\"{secret}\"")),
    ("quoted-credentials", |secret| format!("'{secret}'")),
    ("quoted-credentials", |secret| format!("<{secret}>")),
    ("quoted-credentials", |secret| format!(" {secret}")),
    ("invisible-characters", |secret| format!("{secret}\u{200b}")),
    ("invisible-characters", |secret| format!("\u{feff}{secret}")),
    ("invisible-characters", |secret| {
        format!("{}\u{ad}{}", &secret[..40], &secret[40..])
    }),
    ("escaped-credentials", |secret| secret.replace('=', "%3D")),
    ("escaped-credentials", |secret| secret.replace('=', "\\=")),
    ("escaped-credentials", |secret| secret.replace('=', "&#61;")),
    ("escaped-credentials", |secret| {
        secret.replace('=', "\\u003d")
    }),
    ("double-encoded", |secret| STANDARD.encode(secret)),
    ("text-around-token", |secret| format!("TOKEN={secret}")),
    ("text-around-token", |secret| format!("{secret},")),
    ("text-around-token", |secret| format!("{secret}\\n")),
    ("text-around-token", |secret| {
        format!("https://x:{secret}@bitbucket.org/acme/site.git")
    }),
];

/// Line ends and invisible characters cannot stand in a field in clear.
fn can_travel(value: &str) -> bool {
    value.bytes().all(|byte| byte >= 0x20 && byte != 0x7f)
}

/// What may explain the refusal of a well-formed pair has nothing to explain beside a fault.
const OF_THE_WELL_FORMED: &[&str] = &[
    "wrong-product-token",
    "wrong-secret",
    "api-token-without-scopes",
    "token-expired",
    "email-of-another-account",
];

fn remainder(sound: &Sound) -> Vec<&'static str> {
    let mut rest = sound.report(&sound.value(&sound.pair()));
    rest.retain(|slug| !OF_THE_WELL_FORMED.contains(slug));
    rest
}

#[test]
fn a_spoilt_secret_is_told_first_and_what_is_left_second() {
    for seed in 0..4 {
        for sound in sound(seed) {
            for (slug, spoil) in SPOILS {
                let value = sound.with_secret(&spoil(&sound.secret));
                // More than one blank may stand behind a scheme.
                if !can_travel(&value) || value.starts_with("Bearer  ") {
                    continue;
                }
                let expected = [vec![*slug], remainder(&sound)].concat();
                let shown = (
                    sound.place,
                    sound.user,
                    spoil("SECRET~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~="),
                );
                assert_eq!(sound.report(&value), expected, "{shown:?}");
            }
        }
    }
}

#[test]
fn a_spoilt_user_name_is_told_first_and_what_is_left_second() {
    let spoils: &[Spoil] = &[
        ("trailing-newline", |user| format!("{user}\n")),
        ("quoted-credentials", |user| format!("\"{user}\"")),
        ("quoted-credentials", |user| format!(" {user}")),
        ("quoted-credentials", |user| format!("{user} ")),
        ("invisible-characters", |user| format!("\u{feff}{user}")),
        ("invisible-characters", |user| format!("{user}\u{200b}")),
    ];
    let escapes: &[Spoil] = &[
        ("escaped-credentials", |user| user.replace('@', "%40")),
        ("escaped-credentials", |user| user.replace('@', "\\@")),
        ("escaped-credentials", |user| user.replace('@', "&#64;")),
    ];
    for sound in sound(5) {
        let Some(user) = sound.user else { continue };
        let escapes = escapes.iter().filter(|_| user.contains('@'));
        for (slug, spoil) in spoils.iter().chain(escapes) {
            let value = sound.value(&format!("{}:{}", spoil(user), sound.secret));
            let expected = [vec![*slug], remainder(&sound)].concat();
            assert_eq!(
                sound.report(&value),
                expected,
                "{:?}",
                (sound.place, spoil(user))
            );
        }
    }
}

#[test]
fn a_spoilt_value_is_told_first_and_what_is_left_second() {
    for sound in sound(6) {
        let pair = sound.pair();
        let (value, encoded) = (sound.value(&pair), sound.encoded(&pair));
        let mut spoilt = vec![
            ("quoted-credentials", format!("\"{value}\"")),
            (
                "quoted-credentials",
                format!("{} \"{encoded}\"", sound.scheme()),
            ),
            ("duplicate-scheme", format!("{} {value}", sound.scheme())),
            ("duplicate-scheme", format!("Bearer {value}")),
            ("duplicate-scheme", format!("authorization: {value}")),
        ];
        if sound.user.is_some() {
            spoilt.push(("basic-not-encoded", format!("Basic {pair}")));
            spoilt.push(("double-encoded", sound.value(&encoded)));
            for length in [60, 64, 76] {
                let lines: Vec<_> = encoded
                    .as_bytes()
                    .chunks(length)
                    .map(String::from_utf8_lossy)
                    .collect();
                spoilt.push(("base64-line-wrapped", format!("Basic {}", lines.join(" "))));
                spoilt.push(("base64-line-wrapped", format!("Basic {}", lines[0])));
                let twice = sound.value(&lines.join("\n"));
                spoilt.push(("double-encoded", twice));
            }
            if encoded.contains('=') {
                spoilt.push((
                    "escaped-credentials",
                    format!("Basic {}", encoded.replace('=', "%3D")),
                ));
            }
        }
        for (slug, value) in spoilt {
            let found = sound.report(&value);
            let expected = [vec![slug], remainder(&sound)].concat();
            assert_eq!(
                found,
                expected,
                "{:?}",
                (sound.place, sound.user, value.len())
            );
        }
    }
}

#[test]
fn a_value_without_its_scheme_or_under_another_is_told_first() {
    for sound in sound(7) {
        let encoded = sound.encoded(&sound.pair());
        for (slug, value) in [
            ("missing-scheme", encoded.clone()),
            ("wrong-scheme", format!("token {encoded}")),
            ("wrong-scheme", format!("Custom {encoded}")),
            ("wrong-scheme", format!("Token: {encoded}")),
        ] {
            let found = sound.report(&value);
            assert_eq!(
                found.first(),
                Some(&slug),
                "{:?} {found:?}",
                (sound.place, sound.user)
            );
        }
    }
}

#[test]
fn the_same_field_twice_is_told_first_and_what_is_left_second() {
    for sound in sound(8) {
        let value = sound.value(&sound.pair());
        let found = report(sound.place, &[&value, &value]);
        let rest = sound.report(&value);
        assert_eq!(found, [vec!["repeated-authorization"], rest].concat());
        assert_eq!(
            report(sound.place, &[&value, "Basic eDp5"]),
            ["repeated-authorization"]
        );
    }
}

#[test]
fn exchanged_halves_are_told_first_and_what_is_left_second() {
    for sound in sound(9) {
        let Some(user) = sound.user else { continue };
        // A name may be a password too.
        if user == "jane" {
            continue;
        }
        let value = sound.value(&format!("{}:{user}", sound.secret));
        let expected = [vec!["swapped-halves"], remainder(&sound)].concat();
        assert_eq!(sound.report(&value), expected, "{user}");
    }
}

#[test]
fn an_odd_case_is_told_beside_what_else_there_is() {
    for sound in sound(10) {
        let value = sound.value(&sound.pair());
        let (scheme, rest) = value.split_once(' ').unwrap();
        for scheme in [scheme.to_lowercase(), scheme.to_uppercase()] {
            let mut found = sound.report(&format!("{scheme} {rest}"));
            assert!(found.contains(&"scheme-case"), "{found:?}");
            found.retain(|slug| *slug != "scheme-case");
            assert_eq!(found, sound.report(&value));
        }
    }
}

/// Faults that hide the others within them, or are hidden by them.
fn are_one(inner: &str, outer: &str) -> bool {
    match (inner, outer) {
        (_, "double-encoded" | "text-around-token" | "escaped-credentials") => true,
        // A line end that is not at the end is a character that nobody sees; brackets are text.
        ("trailing-newline", "invisible-characters") => true,
        ("text-around-token", "quoted-credentials") => true,
        _ => inner == outer,
    }
}

#[test]
fn two_faults_of_one_secret_are_both_told_in_the_agreed_order() {
    let sound = &sound(11)[1];
    for (first, inner) in SPOILS {
        for (second, outer) in SPOILS.iter().filter(|(second, _)| !are_one(first, second)) {
            let found = sound.report(&sound.with_secret(&outer(&inner(&sound.secret))));
            let context = format!("{first} within {second}: {found:?}");
            let place = |slug| found.iter().position(|found| *found == slug);
            let place = |slug| place(slug).unwrap_or_else(|| panic!("{context}"));
            for (one, other) in [(*first, *second), (*second, *first)] {
                let in_order = !PRECEDENCE.outranks(one, other) || place(one) < place(other);
                assert!(in_order, "{context}");
            }
            assert_eq!(place("api-token-with-username"), 2, "{context}");
        }
    }
}

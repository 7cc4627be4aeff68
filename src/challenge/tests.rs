//! Challenges as the origin sends them, and as nobody should.

use super::*;
use proptest::prelude::*;

fn parse(value: &str) -> Vec<(String, Option<String>)> {
    Challenge::parse(value.as_bytes())
        .into_iter()
        .map(|c| (c.scheme, c.realm))
        .collect()
}

fn one(scheme: &str, realm: Option<&str>) -> (String, Option<String>) {
    (scheme.to_owned(), realm.map(str::to_owned))
}

#[test]
fn what_the_origin_sends() {
    let realm = Some("Bitbucket.org HTTP");
    assert_eq!(
        parse(r#"Basic realm="Bitbucket.org HTTP""#),
        [one("Basic", realm)]
    );
    assert_eq!(
        parse(r#"OAuth realm="Bitbucket.org HTTP""#),
        [one("OAuth", realm)]
    );
    assert_eq!(
        parse("BitbucketCustom realm=Bitbucket.org HTTP"),
        [one("BitbucketCustom", realm)]
    );
}

#[test]
fn several_challenges_and_parameters() {
    assert_eq!(
        parse(r#"Basic realm="a, b", charset="UTF-8", Bearer error="x", realm=c, Negotiate"#),
        [
            one("Basic", Some("a, b")),
            one("Bearer", Some("c")),
            one("Negotiate", None)
        ],
    );
    assert_eq!(
        parse("Negotiate YIIabc==, Basic realm = \"a\""),
        [one("Negotiate", None), one("Basic", Some("a"))]
    );
    assert_eq!(
        parse(r#"Basic realm="a \"quoted\" word""#),
        [one("Basic", Some(r#"a "quoted" word"#))]
    );
    assert_eq!(parse(r#"Basic realm="""#), [one("Basic", Some(""))]);
    assert_eq!(parse(", ,Basic,"), [one("Basic", None)]);
}

#[test]
fn nonsense_gives_nothing() {
    for value in ["", ",,,", "=", "realm=\"lonely\"", "\"", "@@@"] {
        assert_eq!(parse(value), [], "{value}");
    }
}

#[test]
fn what_is_kept_is_short_and_plain() {
    let long = format!("{} realm=\"{}\"", "S".repeat(500), "r".repeat(500));
    let seen = &Challenge::parse(long.as_bytes())[0];
    assert_eq!(
        (seen.scheme.len(), seen.realm.as_ref().map(String::len)),
        (64, Some(128))
    );
    assert_eq!(
        parse("Basic realm=\"a\u{1b}[2J\u{202e}\""),
        [one("Basic", Some("a?[2J???"))]
    );
    assert_eq!(
        Challenge::parse("Basic, ".repeat(100).as_bytes()).len(),
        MAX_CHALLENGES
    );
    assert!(Challenge::parse(b"oauth realm=x")[0].is("OAuth"));
}

proptest! {
    #[test]
    fn any_bytes_parse(value in proptest::collection::vec(any::<u8>(), 0..300)) {
        for challenge in Challenge::parse(&value) {
            prop_assert!(challenge.scheme.is_ascii() && !challenge.scheme.is_empty());
        }
    }

    #[test]
    fn what_is_built_is_found_again(
        schemes in proptest::collection::vec(("[A-Za-z][A-Za-z0-9-]{0,20}", "[ -~]{0,40}"), 1..8),
    ) {
        let quote = |realm: &str| realm.replace('\\', "\\\\").replace('"', "\\\"");
        let value: Vec<String> = schemes.iter().map(|(s, r)| format!("{s} realm=\"{}\"", quote(r))).collect();
        let expected: Vec<_> = schemes.iter().map(|(s, r)| one(s, Some(r))).collect();
        prop_assert_eq!(parse(&value.join(", ")), expected);
    }
}

#[test]
fn what_an_origin_repeats_is_not_printed() {
    let challenges = Challenge::parse(br#"Basic realm="hunter2hunter2""#);
    let told = format!("{challenges:?}");
    assert!(
        told.contains("Basic") && !told.contains("hunter2"),
        "{told}"
    );
    let challenges = Challenge::parse(b"hunter2hunter2 realm=x, basic realm=x");
    let printed = format!("{challenges:?}");
    assert!(
        !printed.contains("hunter2") && printed.contains("Basic"),
        "{printed}"
    );
}

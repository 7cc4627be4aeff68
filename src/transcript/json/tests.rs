//! JSON as records have it, and as they should not.

use super::*;
use proptest::prelude::*;

/// A reader that hands out a few bytes at a time.
struct Drip<'a>(&'a [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.0.len().min(self.1).min(buffer.len());
        buffer[..length].copy_from_slice(&self.0[..length]);
        self.0 = &self.0[length..];
        Ok(length)
    }
}

fn text(json: &str) -> String {
    let whole = Json::new(json.as_bytes()).text(100).unwrap().unwrap();
    let dripped = Json::new(Drip(json.as_bytes(), 1)).text(100).unwrap();
    assert_eq!(Some(&whole), dripped.as_ref());
    String::from_utf8(whole).unwrap()
}

fn error(json: &str) -> String {
    let mut reader = Json::new(json.as_bytes());
    let error = reader.skip().and_then(|()| reader.finish()).unwrap_err();
    error.to_string()
}

#[test]
fn strings_are_unescaped() {
    assert_eq!(text(r#""a\"\\\/\b\f\n\r\t""#), "a\"\\/\u{8}\u{c}\n\r\t");
    assert_eq!(text(r#""\u00fc\ud83d\ude00""#), "ü😀");
    assert_eq!(
        text(r#""half \ud83d, half \ude00\ud83d\n""#),
        "half \u{fffd}, half \u{fffd}\n"
    );
    assert_eq!(text(" 401 "), "401");
}

#[test]
fn a_long_string_is_cut_and_passed_over() {
    let json = format!("[\"{}\", \"b\"]", "a".repeat(1 << 20));
    let mut reader = Json::new(json.as_bytes());
    let mut lengths = Vec::new();
    reader
        .elements(|json| {
            lengths.extend(json.text(MAX_TEXT)?.map(|text| text.len()));
            Ok(())
        })
        .unwrap();
    assert_eq!(lengths, [MAX_TEXT, 1]);
}

#[test]
fn members_that_nobody_asks_for_are_passed_over() {
    let json = r#"{"a":[1,{"b":null}],"wanted":"x","c":{"d":"}"}} "#;
    let mut reader = Json::new(json.as_bytes());
    let mut found = None;
    reader
        .members(|json, name| match name {
            "wanted" => {
                found = json.text(9)?;
                Ok(())
            }
            _ => json.skip(),
        })
        .unwrap();
    reader.finish().unwrap();
    assert_eq!(found.as_deref(), Some(&b"x"[..]));
}

#[test]
fn a_fault_has_its_place() {
    for (json, expected) in [
        (
            "{\n\"a\": 1,\n  }",
            "not a HAR: line 3, column 3: the name of a member is missing",
        ),
        (
            "[1 2]",
            "not a HAR: line 1, column 4: a comma or a closing bracket is missing",
        ),
        (
            "{\"a\" 1}",
            "not a HAR: line 1, column 6: a colon is missing",
        ),
        (
            "\"abc",
            "not a HAR: line 1, column 5: a string does not end",
        ),
        ("[", "not a HAR: line 1, column 2: it ends too early"),
        (
            "{} x",
            "not a HAR: line 1, column 4: more follows after its end",
        ),
        ("[nul]", "not a HAR: line 1, column 5: a value is missing"),
    ] {
        assert_eq!(error(json), expected, "{json}");
    }
    assert!(error(&"[".repeat(100_000)).ends_with("it is nested too deeply"));
}

proptest! {
    #[test]
    fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..200), step in 1_usize..9) {
        let _ = Json::new(Drip(&bytes, step)).skip();
    }

    /// What serde_json accepts is read alike.
    #[test]
    fn any_string_is_what_serde_json_says(string in any::<String>()) {
        let json = serde_json::to_string(&string).unwrap();
        let read = Json::new(Drip(json.as_bytes(), 3)).text(MAX_TEXT).unwrap().unwrap();
        prop_assert_eq!(read, string.into_bytes());
    }
}

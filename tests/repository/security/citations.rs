//! Which cases a test cites: in the comment above a Rust test, in the first words of a Python one.

use crate::tree::File;
use std::path::Path;

/// A test that cites cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    pub file: String,
    pub name: String,
    pub cases: Vec<String>,
}

impl Test {
    /// How a table names it.
    pub fn cell(&self) -> String {
        format!("[{}](../{})", self.name, self.file)
    }
}

/// The tests of a file that cite cases.
pub fn tests(file: &File) -> Vec<Test> {
    let is_ours = file.path.starts_with("tests/") || file.path.starts_with("src/");
    let ending = Path::new(&file.path).extension();
    let found = match ending.and_then(|ending| ending.to_str()) {
        Some("rs") if is_ours => of_rust(file.text()),
        Some("py") if is_ours => of_python(file.text()),
        _ => Vec::new(),
    };
    let named = found.into_iter().map(|(name, words)| Test {
        file: file.path.clone(),
        name,
        cases: cases(&words),
    });
    named.filter(|test| !test.cases.is_empty()).collect()
}

/// Name and comment of each `#[test]`.
fn of_rust(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let (mut comment, mut is_test) = (String::new(), false);
    for line in text.lines().map(str::trim_start) {
        if let Some(words) = line.strip_prefix("///") {
            comment.push_str(words);
        } else if line.starts_with("#[") {
            is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        } else {
            if let Some(name) = name_after(line, &["fn ", "async fn "]).filter(|_| is_test) {
                found.push((name, std::mem::take(&mut comment)));
            }
            comment.clear();
            is_test = false;
        }
    }
    found
}

/// Name and docstring of each `def test_…`.
fn of_python(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines().map(str::trim_start).peekable();
    while let Some(line) = lines.next() {
        let Some(name) = name_after(line, &["def "]).filter(|name| name.starts_with("test_"))
        else {
            continue;
        };
        let mut words = String::new();
        while let Some(line) = lines.next_if(|line| !line.is_empty()) {
            let begins = line.starts_with("\"\"\"");
            if words.is_empty() && !begins {
                break;
            }
            words.push_str(line);
            words.push(' ');
            if line.ends_with("\"\"\"") && (!begins || line.len() > 3) {
                break;
            }
        }
        found.push((name, words));
    }
    found
}

fn name_after(line: &str, keywords: &[&str]) -> Option<String> {
    let rest = keywords.iter().find_map(|word| line.strip_prefix(word))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    Some(rest[..end].to_owned())
}

/// `H-U5`, and all of `H-U5 to H-U9`.
fn cases(words: &str) -> Vec<String> {
    let mut found: Vec<(char, u8)> = Vec::new();
    let mut is_range = false;
    for word in words.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let Some(case) = case(word) else {
            is_range = word == "to";
            continue;
        };
        let from = found
            .last()
            .filter(|(letter, _)| is_range && *letter == case.0);
        let from = from.map_or(case.1, |(_, number)| number + 1);
        found.extend((from..=case.1).map(|number| (case.0, number)));
        is_range = false;
    }
    let written = |(letter, number)| format!("H-{letter}{number}");
    found.into_iter().map(written).collect()
}

/// The mechanics, H-M, are no cases.
fn case(word: &str) -> Option<(char, u8)> {
    let rest = word.strip_prefix("H-")?;
    let letter = rest
        .chars()
        .next()
        .filter(|letter| letter.is_ascii_uppercase() && *letter != 'M')?;
    let number = rest[1..].parse().ok()?;
    Some((letter, number))
}

#[test]
fn comments_are_read_as_they_are_meant() {
    let rust = "/// H-U5, H-U7 to H-U9: refused.\n#[test]\nfn one() {}\n/// H-U6\nfn no_test() {}\n\
                /// (H-M1)\n#[tokio::test]\nasync fn two() {}";
    let python = "def test_one():\n    \"\"\"H-F1: a flood.\n    H-F2.\"\"\"\n    H-F3\n\ndef helper():\n    \"\"\"H-F4\"\"\"\n";
    let read = |path: &str, text: &str| {
        let file = File {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        let found = tests(&file)
            .into_iter()
            .map(|test| (test.name, test.cases.join(" ")));
        found.collect::<Vec<_>>()
    };
    let one = |name: &str, cases: &str| vec![(name.to_owned(), cases.to_owned())];
    assert_eq!(read("tests/a.rs", rust), one("one", "H-U5 H-U7 H-U8 H-U9"));
    assert_eq!(read("tests/a.py", python), one("test_one", "H-F1 H-F2"));
    assert_eq!(read("docs/a.rs", rust), []);
}

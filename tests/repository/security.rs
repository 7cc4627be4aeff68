//! The table of docs/security.md: what is tried against this program, and which test tries it.

mod citations;

use crate::tree::{self, File};
use citations::{Test, tests};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

/// What may be tried, and what must hold; a decision stands where a test cannot.
const CASES: &str = include_str!("security/cases.tsv");
const PAGE: &str = "docs/security.md";
/// Between these the page is written by this test.
const MARKS: (&str, &str) = ("<!-- cases: begin -->\n", "<!-- cases: end -->");
const DECISIONS_AT_MOST: usize = 15;

/// The families of cases, by their letter.
const FAMILIES: &[(char, &str)] = &[
    ('U', "Certificates of origins"),
    ('S', "Framing of HTTP/1.1"),
    ('F', "Abuse of HTTP/2"),
    ('I', "The field that is added"),
    ('C', "CONNECT, and where it leads"),
    ('K', "Credentials"),
    ('A', "The local CA"),
    ('D', "Availability"),
    ('L', "The log"),
    ('N', "A bad network"),
    ('X', "TLS with clients"),
];

struct Case {
    number: &'static str,
    tried: &'static str,
    must: &'static str,
    decision: &'static str,
}

impl Case {
    fn all() -> Vec<Self> {
        let cell = |line: &'static str, at| line.split('\t').nth(at).unwrap();
        CASES
            .lines()
            .skip(1)
            .map(|line| Self {
                number: cell(line, 0),
                tried: cell(line, 1),
                must: cell(line, 2),
                decision: cell(line, 3),
            })
            .collect()
    }

    fn family(&self) -> char {
        self.number.chars().nth(2).unwrap()
    }

    fn row(&self, tests: &BTreeMap<String, Vec<Test>>) -> String {
        let held = match tests.get(self.number) {
            Some(tests) => tests
                .iter()
                .map(Test::cell)
                .collect::<Vec<_>>()
                .join("<br>"),
            None => String::new(),
        };
        let decision = match self.decision {
            "" => String::new(),
            decision if held.is_empty() => format!("Decided: {decision}"),
            decision => format!("<br>Decided: {decision}"),
        };
        let Self {
            number,
            tried,
            must,
            ..
        } = self;
        format!("| {number} | {tried} | {must} | {held}{decision} |\n")
    }
}

fn table(cases: &[Case], tests: &BTreeMap<String, Vec<Test>>) -> String {
    let mut text = String::new();
    for (letter, title) in FAMILIES {
        let _ = write!(text, "\n### {letter}: {title}\n\n");
        text.push_str("| Case | Tried | Must hold | Held by |\n| --- | --- | --- | --- |\n");
        let family = cases.iter().filter(|case| case.family() == *letter);
        family.for_each(|case| text.push_str(&case.row(tests)));
    }
    text.push('\n');
    text
}

/// Tests by the cases that they cite.
fn by_case(files: &[File]) -> BTreeMap<String, Vec<Test>> {
    let mut found: BTreeMap<String, Vec<Test>> = BTreeMap::new();
    for test in files.iter().flat_map(tests) {
        for case in &test.cases {
            found.entry(case.clone()).or_default().push(test.clone());
        }
    }
    found
}

/// `WHY401_BLESS=1` writes the table instead of comparing it.
#[test]
fn the_page_shows_each_case_with_its_tests() {
    let path = tree::root().join(PAGE);
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(MARKS.0).unwrap();
    let (_, after) = rest.split_once(MARKS.1).unwrap();
    let table = table(&Case::all(), &by_case(&tree::files()));
    let expected = [before, MARKS.0, &table, MARKS.1, after].concat();
    if std::env::var_os("WHY401_BLESS").is_some() {
        fs::write(path, expected).unwrap();
    } else {
        let hint = "run WHY401_BLESS=1 cargo test --test repository security";
        assert!(page == expected, "{PAGE} is not what the tests say; {hint}");
    }
}

#[test]
fn every_case_has_a_test_or_a_decision() {
    let tests = by_case(&tree::files());
    let cases = Case::all();
    let known: BTreeSet<_> = cases.iter().map(|case| case.number).collect();
    let unknown: Vec<_> = tests
        .keys()
        .filter(|case| !known.contains(case.as_str()))
        .collect();
    assert!(unknown.is_empty(), "cited, but no case: {unknown:?}");
    let waiting: Vec<_> = cases
        .iter()
        .filter(|case| case.decision.is_empty() && !tests.contains_key(case.number))
        .map(|case| case.number)
        .collect();
    assert!(waiting.is_empty(), "cases without a test: {waiting:?}");
    let decisions = cases
        .iter()
        .filter(|case| !case.decision.is_empty())
        .count();
    assert!(decisions <= DECISIONS_AT_MOST, "{decisions} decisions");
}

//! The documentation says what the program says: generated pages are current, and every cited fact is written down.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use why401::diagnosis::registry::RULES;
use why401::output::page;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// Every generated file with its text.
fn generated() -> Vec<(String, String)> {
    let pages = RULES
        .iter()
        .map(|rule| (format!("{}.md", rule.slug), page::page(rule)));
    pages
        .chain([("README.md".to_owned(), page::index())])
        .collect()
}

/// `WHY401_BLESS=1` writes the pages instead of comparing them.
#[test]
fn the_pages_are_generated_from_the_rules() {
    let folder = docs().join("mistakes");
    if std::env::var_os("WHY401_BLESS").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in generated() {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    for (name, text) in generated() {
        let written = fs::read_to_string(folder.join(&name)).unwrap_or_default();
        assert!(
            written == text,
            "docs/mistakes/{name} is not what the rules say; run WHY401_BLESS=1 cargo test --test docs"
        );
    }
    let expected: BTreeSet<String> = generated().into_iter().map(|(name, _)| name).collect();
    let found: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, expected, "docs/mistakes holds files of no rule");
}

#[test]
fn every_cited_fact_is_written_down() {
    let facts = fs::read_to_string(docs().join("facts.md")).unwrap();
    for rule in RULES {
        for number in rule.page.sources {
            let entry = format!("\n- **{number}** ");
            assert!(
                facts.contains(&entry),
                "{} cites {number}, which docs/facts.md does not hold",
                rule.slug
            );
        }
    }
}

/// A link to a fact leads to the section that holds it.
#[test]
fn every_cited_fact_stands_in_the_section_that_is_linked() {
    let facts = fs::read_to_string(docs().join("facts.md")).unwrap();
    for rule in RULES {
        let page = page::page(rule);
        for number in rule.page.sources {
            let (_, link) = page
                .split_once(&format!("[{number}](../facts.md#"))
                .unwrap();
            let (anchor, _) = link.split_once(')').unwrap();
            let at = facts.find(&format!("\n- **{number}** ")).unwrap();
            let heading = facts[..at].lines().rfind(|line| line.starts_with("## "));
            let words = heading.unwrap().replace(['#', '.'], "").to_lowercase();
            let expected = words.split_whitespace().collect::<Vec<_>>().join("-");
            assert_eq!(anchor, expected, "{}: {number}", rule.slug);
        }
    }
}

/// Numbers such as A3, B19c or H-D8 in the comments of the code; what is tried against us stands in docs/security.md.
#[test]
fn every_fact_that_a_comment_cites_is_written_down() {
    /// C0 and C1 are the control characters there.
    const OTHERS: &str = "src/output/clean.rs";
    let facts = fs::read_to_string(docs().join("facts.md")).unwrap();
    let cases = fs::read_to_string(docs().join("security.md")).unwrap();
    let is_written = |number: &str| {
        facts.contains(&format!("\n- **{number}** ")) || cases.contains(&format!("\n| {number} | "))
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut missing = BTreeSet::new();
    for file in sources(&root.join("src")) {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix(root).unwrap().display().to_string();
        let comments = text
            .lines()
            .filter_map(|line| line.split_once("//"))
            .map(|(_, comment)| comment);
        for word in comments.flat_map(|comment| comment.split(|c: char| !is_of_number(c))) {
            let number = word.trim_matches(['.', '-']);
            let is_fact = is_number(number) && name != OTHERS;
            if is_fact && !is_written(number) {
                missing.insert(format!("{name} cites {number}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "in neither docs/facts.md nor docs/security.md: {missing:#?}"
    );
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of sources");
    entries
        .map(|entry| entry.expect("an entry of it").path())
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .collect()
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '.' || c == '-'
}

/// A letter from A to I, or `H-` and a letter, then digits and at most one small letter.
fn is_number(word: &str) -> bool {
    let (letter, rest) = match word.strip_prefix("H-") {
        Some(rest) => (rest.chars().next(), rest.get(1..)),
        None => (word.chars().next(), word.get(1..)),
    };
    let known = letter.is_some_and(|letter| {
        ('A'..='I').contains(&letter) || word.starts_with("H-") && letter.is_ascii_uppercase()
    });
    let digits = rest.unwrap_or_default();
    let digits = digits.strip_suffix(['a', 'b', 'c', 'd']).unwrap_or(digits);
    known && (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[test]
fn every_written_fact_is_marked_with_its_confidence() {
    let facts = fs::read_to_string(docs().join("facts.md")).unwrap();
    for line in facts.lines().filter(|line| line.starts_with("- **")) {
        let marked = ["[D]", "[R]", "[V]", "[I]"]
            .iter()
            .any(|mark| line.contains(mark));
        assert!(marked, "no confidence: {line}");
    }
}

/// Slug and file name are one: a rule is found by the name that people see.
#[test]
fn a_rule_lives_in_the_file_of_its_name() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnosis/rules");
    let mut files = BTreeSet::new();
    for family in fs::read_dir(&rules)
        .unwrap()
        .map(|entry| entry.expect("an entry of it").path())
        .filter(|path| path.is_dir())
    {
        for file in fs::read_dir(&family)
            .unwrap()
            .map(|entry| entry.expect("an entry of it").path())
        {
            let text = fs::read_to_string(&file).unwrap();
            let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
            let folder = family.file_name().unwrap().to_str().unwrap().to_owned();
            let slug = format!("slug: \"{}\"", stem.replace('_', "-"));
            assert!(
                text.contains(&slug),
                "{} does not declare {slug}",
                file.display()
            );
            files.insert(format!("{folder}/{stem}"));
        }
    }
    let registered: BTreeSet<String> = RULES
        .iter()
        .map(|rule| {
            let family = format!("{:?}", rule.family).to_lowercase();
            format!("{family}/{}", rule.slug.replace('-', "_"))
        })
        .collect();
    assert_eq!(
        files, registered,
        "files and registry differ: add the line that is missing"
    );
}

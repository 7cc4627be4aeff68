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
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
    {
        for file in fs::read_dir(&family)
            .unwrap()
            .map(|entry| entry.unwrap().path())
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

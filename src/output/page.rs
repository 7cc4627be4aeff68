//! A finding's page in Markdown, and the list of all of them: the documentation is this text.

use crate::diagnosis::registry::RULES;
use crate::diagnosis::rule::{Page, Rule};
use crate::diagnosis::taxonomy::{Family, Verdict};
use std::fmt::Write;

pub mod json;
pub mod terminal;

/// What the list says about itself and how to make it anew.
const INTRODUCTION: &str = "# The mistakes this program names\n\n\
    Generated from the rules; `WHY401_BLESS=1 cargo test --test docs` writes it anew.\n";

/// The page of one finding.
pub fn page(rule: &Rule) -> String {
    let mut text = format!(
        "# {title}\n\n`{slug}` ({about})\n\n{summary}\n",
        title = rule.title,
        slug = rule.slug,
        about = about(rule),
        summary = rule.summary,
    );
    for (heading, body) in sections(rule) {
        let _ = write!(text, "\n## {heading}\n\n{body}\n");
    }
    let _ = write!(text, "\n## Sources\n\n{}\n", sources(rule));
    text
}

/// Headings and texts in the order of reading.
fn sections(rule: &Rule) -> [(&'static str, &'static str); 4] {
    let Page {
        what_happened,
        why_it_fails,
        fix,
        how_to_tell,
        ..
    } = rule.page;
    [
        ("What happened", what_happened),
        ("Why it fails", why_it_fails),
        ("Fix", fix),
        ("How to tell it apart", how_to_tell),
    ]
}

/// `access, a mistake, at most proven`
fn about(rule: &Rule) -> String {
    format!(
        "{}, {}, at most {}",
        family_name(rule.family),
        verdict_name(rule.verdict),
        rule.strongest.as_str()
    )
}

/// The list of all findings that are written, by family.
pub fn index() -> String {
    let mut text = INTRODUCTION.to_owned();
    let mut family = None;
    for rule in RULES {
        if family != Some(rule.family) {
            family = Some(rule.family);
            let _ = write!(text, "\n## {}\n\n", family_heading(rule.family));
        }
        let _ = writeln!(
            text,
            "- [`{slug}`]({slug}.md): {summary}",
            slug = rule.slug,
            summary = rule.summary
        );
    }
    text
}

fn sources(rule: &Rule) -> String {
    let facts = rule.page.sources.join(", ");
    let facts = format!("[Facts](../facts.md) {facts}.");
    match rule.doc {
        Some(doc) => format!("{facts}\n\nVendor: <{doc}>"),
        None => facts,
    }
}

fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Mistake => "a mistake",
        Verdict::NotCredentials => "not the credentials",
        Verdict::Note => "a note",
    }
}

fn family_name(family: Family) -> &'static str {
    match family {
        Family::Form => "form",
        Family::Kind => "kind",
        Family::User => "user",
        Family::Life => "life",
        Family::Access => "access",
        Family::Other => "other",
    }
}

fn family_heading(family: Family) -> &'static str {
    match family {
        Family::Form => "How the field is written",
        Family::Kind => "What kind of secret was sent",
        Family::User => "Whose name stands before it",
        Family::Life => "Whether the credential is alive",
        Family::Access => "What the credential may do",
        Family::Other => "Other causes",
    }
}

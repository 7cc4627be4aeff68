//! A finding's page, or the list of all findings, for programs.

use super::{family_name, verdict_name};
use crate::diagnosis::registry::RULES;
use crate::diagnosis::rule::Rule;
use serde::Serialize;

#[derive(Serialize)]
struct Line {
    mistake: &'static str,
    family: &'static str,
    verdict: &'static str,
    strongest: &'static str,
    title: &'static str,
    summary: &'static str,
}

#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    line: Line,
    what_happened: &'static str,
    why_it_fails: &'static str,
    fix: &'static str,
    how_to_tell_it_apart: &'static str,
    facts: &'static [&'static str],
    doc: Option<&'static str>,
}

/// One object.
pub fn page(rule: &Rule) -> String {
    render(&Whole {
        line: line(rule),
        what_happened: rule.page.what_happened,
        why_it_fails: rule.page.why_it_fails,
        fix: rule.page.fix,
        how_to_tell_it_apart: rule.page.how_to_tell,
        facts: rule.page.sources,
        doc: rule.doc,
    })
}

/// An array of objects without the pages.
pub fn index() -> String {
    let lines: Vec<_> = RULES.iter().map(|rule| line(rule)).collect();
    render(&lines)
}

fn line(rule: &Rule) -> Line {
    Line {
        mistake: rule.slug,
        family: family_name(rule.family),
        verdict: verdict_name(rule.verdict),
        strongest: rule.strongest.as_str(),
        title: rule.title,
        summary: rule.summary,
    }
}

fn render(value: &impl Serialize) -> String {
    // Strings and lists of them always serialize.
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    format!("{text}\n")
}

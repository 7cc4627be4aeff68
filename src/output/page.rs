//! A finding's page in Markdown, and the list of all of them: the documentation is this text.

use crate::diagnosis::Certainty;
use crate::diagnosis::registry::RULES;
use crate::diagnosis::rule::{Page, Rule};
use crate::diagnosis::taxonomy::{Family, Verdict};
use std::borrow::Cow;
use std::fmt::Write;

mod check;
pub mod json;
pub mod terminal;

/// What the list says about itself and how to make it anew.
const INTRODUCTION: &str = "# The mistakes this program names\n\n\
    Generated from the rules; `WHY401_BLESS=1 cargo test --test docs` writes it anew.\n";

/// The page of one finding.
pub fn page(rule: &Rule) -> String {
    let mut text = format!(
        "# {title}\n\n`{slug}`: {about}\n\n{summary}\n",
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
fn sections(rule: &Rule) -> Vec<(&'static str, Cow<'static, str>)> {
    let Page {
        what_happened,
        why_it_fails,
        fix,
        how_to_tell,
        ..
    } = rule.page;
    let mut sections = vec![
        ("What happened", what_happened.into()),
        ("Why it fails", why_it_fails.into()),
        ("Fix", fix.into()),
    ];
    sections.extend(check::text(rule).map(|text| ("Check the repair", text.into())));
    sections.push(("How to tell it apart", how_to_tell.into()));
    sections
}

/// What kind of finding this is, for somebody who has met none before.
fn about(rule: &Rule) -> String {
    let verdict = match rule.verdict {
        Verdict::Mistake => "A mistake",
        Verdict::NotCredentials => "Not the fault of the credentials",
        Verdict::Note => "A note, which refuses nothing",
    };
    let topic = match rule.family {
        Family::Form => "how the credentials are written",
        Family::Kind => "what kind of secret was sent",
        Family::User => "the user name before the secret",
        Family::Life => "whether the credential is alive",
        Family::Access => "what the credential may do",
        Family::Other => "the call, the way to the server or the server",
    };
    let certainty = match rule.strongest {
        Certainty::Proven => {
            "can be proven: it follows from what was sent, or from the server's own words"
        }
        Certainty::Likely => {
            "is likely at best: it follows from a rule that is documented or widely reported"
        }
        Certainty::Possible => "is never more than possible: worth a look",
    };
    format!("{verdict}. It is about {topic}, and {certainty}.")
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
    let facts = rule.page.sources.iter().map(|number| {
        let section = section_of_fact(number);
        format!("[{number}](../facts.md#{section})")
    });
    let facts = facts.collect::<Vec<_>>().join(", ");
    let facts = format!("[Facts](../facts.md) {facts}.");
    match rule.doc {
        Some(doc) => format!("{facts}\n\nVendor: <{doc}>"),
        None => facts,
    }
}

/// The anchor of the section of `docs/facts.md` that holds this fact.
fn section_of_fact(number: &str) -> &'static str {
    match number.as_bytes().first() {
        Some(b'A') => "a-kinds-of-credentials",
        Some(b'B') => "b-what-the-server-says",
        Some(b'C') => "c-dates",
        Some(b'D') => "d-scopes",
        Some(b'E') => "e-how-mistakes-look",
        Some(b'F') => "f-how-clients-behave",
        Some(b'G') => "g-what-to-conclude",
        Some(b'H') => "h-what-a-proxy-that-sees-credentials-has-to-survive",
        Some(b'I') => "i-later-additions",
        Some(b'R') => "r-what-the-standards-say",
        Some(b'T') => "t-how-clients-end-tls-with-a-proxy",
        _ => "0-basics",
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

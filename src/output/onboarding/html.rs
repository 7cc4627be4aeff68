//! The page for a browser: no script, no form, nothing from elsewhere.

use super::tool::{self, Group, Tool};
use super::{CHECKED, COMPARE, FOLDER, Facts, JOIN, Visit, Way, fetch, join, pac};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("style.css");

/// The page.
pub fn render(facts: &Facts, visit: Visit) -> String {
    let groups = tool::groups(facts, visit);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "why401: lead your tools through it" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "Lead your tools through why401" }
                    (verdict(facts, visit))
                }
                main {
                    (checks(visit))
                    (authority(facts, visit))
                    (contents(&groups))
                    @for group in &groups {
                        section aria-label=(group.title) {
                            h2 { (group.title) }
                            @for tool in &group.tools { (one(tool)) }
                        }
                    }
                }
                footer {
                    p {
                        "The file for browsers: " a href="proxy.pac" { (pac::address(visit)) } ". "
                        "In a terminal curl gets this page as text."
                    }
                }
            }
        }
    };
    page.into_string()
}

/// The policy that the page needs and no more: its own style, by hash.
pub fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

fn verdict(facts: &Facts, visit: Visit) -> Markup {
    let class = match visit.way {
        Way::Through => "verdict through",
        Way::Direct => "verdict direct",
    };
    html! {
        p class=(class) {
            strong { (visit.verdict()) }
            span { (visit.detail()) " " (facts.opened()) }
        }
    }
}

fn checks(visit: Visit) -> Markup {
    html! {
        section aria-labelledby="check" {
            h2 id="check" { "Does a tool go through me?" }
            (lines(&visit.checks()))
            p { (CHECKED) }
        }
    }
}

fn authority(facts: &Facts, visit: Visit) -> Markup {
    html! {
        section aria-labelledby="ca" {
            h2 id="ca" { "Get the CA" }
            p { "A tool must trust my CA. " (facts.constraint()) }
            dl {
                dt { a href="ca.pem" { "PEM" } }
                dd { "for most tools" }
                dt { a href="ca.der" { "DER" } }
                dd { "for the stores of Windows and macOS" }
                dt { a href="ca.p12" { "PKCS#12" } }
                dd { "for Java, password " code { (facts.store_password) } }
            }
            p { "In a terminal:" }
            (lines(&fetch(visit)))
            p { (COMPARE) }
            p { code { (facts.fingerprint) } }
            p { (JOIN) }
            (lines(&join()))
            p { (FOLDER) }
        }
    }
}

fn contents(groups: &[Group]) -> Markup {
    html! {
        nav aria-labelledby="tools" {
            h2 id="tools" { "Set your tool" }
            ul {
                @for tool in groups.iter().flat_map(|group| &group.tools) {
                    li { a href={ "#" (tool.id()) } { (tool.name) } }
                }
            }
        }
    }
}

fn one(tool: &Tool) -> Markup {
    html! {
        h3 id=(tool.id()) { (tool.name) }
        (lines(&tool.lines))
        @if let Some(note) = &tool.note {
            p class="note" { (note) }
        }
    }
}

/// Scrolls by itself, also by keyboard.
fn lines(text: &str) -> Markup {
    html! { pre tabindex="0" { code { (text) } } }
}

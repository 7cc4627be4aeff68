//! Text that stands where a value should: a variable that nobody expanded, a mask, a word of an example (E12, E14).

use super::fault::{Fault, Place};
use super::token;

/// Words that programs and examples put for "no value".
const WORDS: [&str; 11] = [
    "undefined",
    "null",
    "(null)",
    "none",
    "nil",
    "changeme",
    "change-me",
    "change_me",
    "placeholder",
    "replace_me",
    "[object object]",
];
/// What a lower-case shell variable must speak of, so that `$ecret` stays a password.
const VARIABLE_WORDS: [&str; 12] = [
    "token",
    "pass",
    "pwd",
    "pw",
    "user",
    "secret",
    "key",
    "auth",
    "mail",
    "cred",
    "bitbucket",
    "api",
];
/// What people write for the rest of a value.
const ELLIPSES: [&str; 2] = ["...", "\u{2026}"];
const MASK_WORDS: [&str; 5] = ["redacted", "masked", "filtered", "secure", "hidden"];

/// The fault of a whole value or half that is no value at all.
pub(super) fn recognise(text: &[u8], place: Place) -> Option<Fault> {
    let text = std::str::from_utf8(text).ok()?;
    if is_mask(text) {
        return Some(Fault::Masked(place));
    }
    if is_crossed_out(text) {
        return Some(Fault::MaskWord(place));
    }
    if is_placeholder(text) {
        return Some(Fault::Placeholder(place));
    }
    is_word(text).then_some(Fault::PlaceholderWord(place))
}

fn is_mask(text: &str) -> bool {
    let starred = text.contains("***") || text.contains("•••");
    let only_stars = starred && text.chars().all(|c| matches!(c, '*' | '•'));
    // `ATATT3xF***`, `eyJhbGci...`: what somebody showed of a token.
    let cut_short = starred || ELLIPSES.iter().any(|end| text.ends_with(end));
    let token_start = cut_short && (token::holds_mark(text.as_bytes()) || text.starts_with("eyJ"));
    let word = between(text, "[", "]")
        .or_else(|| between(text, "<", ">"))
        .or_else(|| between(text, "(", ")"));
    let is_mask_word = |word: &str| {
        MASK_WORDS
            .iter()
            .any(|mask| word.eq_ignore_ascii_case(mask))
    };
    only_stars
        || token_start
        || word.is_some_and(is_mask_word)
        || text.eq_ignore_ascii_case("redacted")
}

/// `xxxxx`.
fn is_crossed_out(text: &str) -> bool {
    const FEWEST: usize = 5;
    text.len() >= FEWEST && text.chars().all(|c| matches!(c, 'x' | 'X'))
}

fn is_placeholder(text: &str) -> bool {
    is_variable(text)
        || holds(text, "${", "}")
        || holds(text, "{{", "}}")
        || between(text, "$(", ")").is_some()
        || between(text, "%", "%").is_some_and(is_identifier)
        || between(text, "#{", "}").is_some_and(is_identifier)
        || between(text, "<", ">").is_some_and(is_bracketed_name)
        || between(text, "{", "}")
            .is_some_and(|inner| is_phrase(inner) && !token::is_uuid(inner.as_bytes()))
}

/// `$NAME`, `$env:NAME`, and lower-case names that say what they hold.
fn is_variable(text: &str) -> bool {
    let Some(name) = text.strip_prefix('$') else {
        return false;
    };
    let scoped = name
        .get(..4)
        .filter(|scope| scope.eq_ignore_ascii_case("env:"));
    let name = scoped.map_or(name, |scope| &name[scope.len()..]);
    if !is_identifier(name) {
        return false;
    }
    let lower = name.to_ascii_lowercase();
    scoped.is_some()
        || !name.contains(|c: char| c.is_ascii_lowercase())
        || VARIABLE_WORDS.iter().any(|word| lower.contains(word))
}

fn is_word(text: &str) -> bool {
    let begins_your = text
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("your"));
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
        || begins_your && text[4..].starts_with(['_', '-', ' ', '.'])
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.strip_prefix(start)?
        .strip_suffix(end)
        .filter(|inner| !inner.is_empty())
}

fn holds(text: &str, start: &str, end: &str) -> bool {
    let opened = text.split_once(start).map(|(_, rest)| rest.trim_start());
    opened.is_some_and(|rest| {
        rest.starts_with(|c: char| is_letter(c) || matches!(c, '.' | '$')) && rest.contains(end)
    })
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(is_letter) && text.chars().all(|c| is_letter(c) || c.is_ascii_digit())
}

/// What brackets hold in an example; a token in them is there.
fn is_bracketed_name(inner: &str) -> bool {
    !inner.contains(['<', '>']) && !token::holds_beginning(inner.as_bytes())
}

/// An identifier, or words parted by blanks, dots or hyphens.
fn is_phrase(text: &str) -> bool {
    text.starts_with(is_letter)
        && text
            .chars()
            .all(|c| is_letter(c) || c.is_ascii_digit() || " .-".contains(c))
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

#[cfg(test)]
mod tests;

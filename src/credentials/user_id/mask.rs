//! User-ids as they may be shown.

/// A longer domain is cut.
const MAX_SHOWN: usize = 64;

/// `j…@acme.com`; of one or two characters before the sign none is shown, and of what is no domain as people write
/// theirs, nothing: a password may have an `@` in it, too.
pub(super) fn email(local: &str, domain: &str) -> String {
    let first = local
        .chars()
        .next()
        .filter(|_| local.chars().nth(2).is_some());
    let first = first.map(printable).map_or(String::new(), String::from);
    format!("{first}…@{}", shown(domain))
}

/// First and last character; nothing of a name so short that this would be all of it.
pub(super) fn name(name: &str) -> String {
    let mut characters = name.chars().map(printable);
    let (Some(first), Some(last)) = (characters.next(), characters.next_back()) else {
        return if name.is_empty() {
            String::new()
        } else {
            "…".to_owned()
        };
    };
    if characters.next().is_none() {
        "…".to_owned()
    } else {
        format!("{first}…{last}")
    }
}

fn shown(domain: &str) -> String {
    let is_usual =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    if !domain.bytes().all(is_usual) {
        return "…".to_owned();
    }
    let mut shown: String = domain.chars().take(MAX_SHOWN).map(printable).collect();
    if domain.chars().nth(MAX_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// Nothing that could break a line, carry a terminal escape or turn the reading direction.
fn printable(character: char) -> char {
    if character == ' ' || character.is_ascii_graphic() {
        character
    } else {
        '?'
    }
}

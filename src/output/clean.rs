//! Makes a value from the wire safe to print: no log value can break a line or steer a terminal (H-L1, H-L2).

/// Stands for a character that was taken out.
const REPLACED: char = '\u{fffd}';
/// Ends a value that was cut.
const CUT: char = '\u{2026}';

/// At most `limit` characters of `value`, with everything unprintable or invisible replaced.
pub fn clean(value: &str, limit: usize) -> String {
    let mut kept: String = value.chars().take(limit).map(safe).collect();
    if value.chars().nth(limit).is_some() {
        kept.pop();
        kept.push(CUT);
    }
    kept
}

fn safe(character: char) -> char {
    if is_unsafe(character) {
        REPLACED
    } else {
        character
    }
}

/// Control characters (C0, DEL, C1), line and paragraph separators, marks that turn the direction of writing,
/// and characters that cannot be seen.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H-L1: control characters, line ends and marks of direction.
    #[test]
    fn nothing_steers_a_terminal_or_breaks_a_line() {
        for bad in [
            "\x1b[2J",
            "\u{9b}31m",
            "a\r\nb",
            "a\u{2028}b",
            "a\u{202e}b",
            "\x7f",
            "\0",
            "\u{2066}x",
            "a\u{200b}b",
        ] {
            let cleaned = clean(bad, 100);
            assert!(
                !cleaned.chars().any(is_unsafe),
                "{bad:?} became {cleaned:?}"
            );
            assert!(cleaned.contains(REPLACED), "{bad:?} became {cleaned:?}");
        }
    }

    #[test]
    fn printable_text_stays_as_it_is() {
        for good in [
            "/2.0/repositories/acme/site",
            "j…@acme.com",
            "Grüße 漢字",
            "curl/8.14.1",
            "${jndi:x}",
        ] {
            assert_eq!(clean(good, 100), good);
        }
    }

    /// H-L2: and a megabyte, too.
    #[test]
    fn a_long_value_is_cut_and_says_so() {
        assert_eq!(clean("abcdef", 6), "abcdef");
        assert_eq!(clean("abcdefg", 6), "abcde…");
        assert_eq!(clean(&"x".repeat(1 << 20), 256).chars().count(), 256);
    }
}

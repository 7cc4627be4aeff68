//! Breaks a text into lines at blanks, and a word that is too long for a line anywhere.

/// At least one line; none longer than `width` characters.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            lines.push(String::new());
            used = 0;
        } else if used > 0 {
            append(&mut lines, " ");
            used += 1;
        }
        for character in word.chars() {
            if used == width {
                lines.push(String::new());
                used = 0;
            }
            append(&mut lines, character.encode_utf8(&mut [0; 4]));
            used += 1;
        }
    }
    lines
}

fn append(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn breaks_at_blanks() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("one two", 7), ["one two"]);
        assert_eq!(wrap("", 7), [""]);
    }

    #[test]
    fn breaks_a_word_that_no_line_can_hold() {
        assert_eq!(wrap("/2.0/repositories", 6), ["/2.0/r", "eposit", "ories"]);
        assert_eq!(wrap("a bcdefgh", 4), ["a", "bcde", "fgh"]);
    }
}

//! A line of `curl --trace`: sixteen bytes in hexadecimal, and what of them can be shown.

/// Bytes of one line.
const COLUMNS: usize = 16;

/// The bytes; `None` when the text is none of this form. What is shown beside them proves that it is.
pub fn bytes(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(COLUMNS);
    for cell in text.chunks(3).take(COLUMNS) {
        let [high, low, b' '] = *cell else {
            return None;
        };
        if (high, low) == (b' ', b' ') {
            break;
        }
        bytes.push(digit(high)? << 4 | digit(low)?);
    }
    let shown = text.get(3 * COLUMNS..)?.trim_ascii_end();
    let expected: Vec<u8> = bytes.iter().map(|byte| visible(*byte)).collect();
    (!bytes.is_empty() && shown == expected.trim_ascii_end()).then_some(bytes)
}

fn visible(byte: u8) -> u8 {
    if matches!(byte, b' '..=b'~') {
        byte
    } else {
        b'.'
    }
}

fn digit(letter: u8) -> Option<u8> {
    let digit = char::from(letter).to_digit(16)?;
    u8::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_those_that_are_shown() {
        let full = b"47 45 54 20 2f 32 2e 30 2f 75 73 65 72 20 48 54 GET /2.0/user HT";
        assert_eq!(bytes(full).as_deref(), Some(&b"GET /2.0/user HT"[..]));
        let last = b"0d 0a                                           ..";
        assert_eq!(bytes(last).as_deref(), Some(&b"\r\n"[..]));
        let blanks = b"20 20 20                                           ";
        assert_eq!(bytes(blanks).as_deref(), Some(&b"   "[..]));
    }

    #[test]
    fn text_is_none() {
        for text in [
            "",
            "GET /2.0/user HTTP/1.1",
            "ab cd ef",
            "47 45 54 20 2f 32 2e 30 2f 75 73 65 72 20 48 54 PUT /2.0/user HT",
            "0d 0a",
            "0d 0a                                           ..x",
        ] {
            assert_eq!(bytes(text.as_bytes()), None, "{text}");
        }
    }
}

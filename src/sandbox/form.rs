//! Names and values as forms and queries carry them (`application/x-www-form-urlencoded`).

/// The pairs of a form or a query, decoded.
pub fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    })
}

/// The first value of that name; `None` too where it is empty.
pub fn value(text: &str, name: &str) -> Option<String> {
    let mut values = pairs(text).filter(|(found, _)| found == name);
    values
        .next()
        .map(|(_, value)| value)
        .filter(|value| !value.is_empty())
}

/// What is no escape stands for itself.
fn decode(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut ahead = bytes.clone();
                match (hex(ahead.next()), hex(ahead.next())) {
                    (Some(high), Some(low)) => {
                        bytes = ahead;
                        high << 4 | low
                    }
                    _ => b'%',
                }
            }
            byte => byte,
        });
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn hex(byte: Option<u8>) -> Option<u8> {
    let digit = char::from(byte?).to_digit(16)?;
    u8::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_spaces_are_undone_and_the_rest_stays() {
        let form = "grant_type=refresh_token&a=1+2%2B%26&bad=%zz%2&&empty=";
        assert_eq!(value(form, "grant_type").as_deref(), Some("refresh_token"));
        assert_eq!(value(form, "a").as_deref(), Some("1 2+&"));
        assert_eq!(value(form, "bad").as_deref(), Some("%zz%2"));
        assert_eq!(value(form, "empty"), None);
        assert_eq!(value(form, "none"), None);
    }
}

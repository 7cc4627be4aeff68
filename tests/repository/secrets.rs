//! No private key and no token of real shape is committed; scanners of others would report them for ever.

use crate::tree::files;

/// Beginning, and length before the checksum where it is fixed (facts A2, A3).
const TOKENS: [(&str, Option<usize>); 3] = [
    (concat!("ATA", "TT3"), None),
    (concat!("ATC", "TT3"), None),
    (concat!("AT", "BB"), Some(28)),
];

/// H-A8: an image is built from what is committed.
#[test]
fn no_private_key_is_committed() {
    for file in files() {
        let text = file.text();
        let label = |(at, begin): (usize, &str)| text[at + begin.len()..].split("-----").next();
        let marked = text
            .match_indices("-----BEGIN ")
            .filter_map(label)
            .any(is_private);
        assert!(
            !marked,
            "{} holds the beginning of a private key; make keys at run time",
            file.path
        );
    }
}

/// `EC PRIVATE KEY` and the like (RFC 7468).
fn is_private(label: &str) -> bool {
    label.len() < 40 && label.ends_with("PRIVATE KEY")
}

#[test]
fn no_token_of_real_shape_is_committed() {
    for file in files() {
        let found = real_token(file.text());
        assert!(
            found.is_none(),
            "{} holds {found:?}\u{2026}, a token with a fitting checksum; mint it at run time",
            file.path
        );
    }
}

/// The first characters of a token whose checksum fits.
fn real_token(text: &str) -> Option<&str> {
    TOKENS.iter().find_map(|&(beginning, length)| {
        text.match_indices(beginning).find_map(|(at, _)| {
            let run = text[at..]
                .split(|c: char| !(c.is_ascii_alphanumeric() || "_-=".contains(c)))
                .next()?;
            let body = length.unwrap_or(run.len().checked_sub(8)?);
            checksum_fits(run, body).then_some(beginning)
        })
    })
}

/// Tokens of other products, which carry no checksum: beginning, and the letters and digits behind it (A19, A24).
const FOREIGN: [(&str, usize); 3] = [
    (concat!("gh", "p_"), 36),
    (concat!("gl", "pat-"), 20),
    (concat!("BB", "DC-"), 40),
];

#[test]
fn no_token_of_another_product_is_committed() {
    for file in files() {
        for (beginning, length) in FOREIGN {
            let letters = |text: &str| text.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let long =
                |(at, _): (usize, &str)| letters(&file.text()[at + beginning.len()..]) >= length;
            assert!(
                !file.text().match_indices(beginning).any(long),
                "{} holds a token that begins with {beginning}; mint it at run time",
                file.path
            );
        }
    }
}

/// CRC-32 of everything before it, as 8 upper-case hexadecimal digits (A3).
fn checksum_fits(run: &str, body: usize) -> bool {
    let Some((body, rest)) = run.split_at_checked(body) else {
        return false;
    };
    rest.starts_with(&format!("{:08X}", crc32fast::hash(body.as_bytes())))
}

#[test]
fn a_minted_token_would_be_found() {
    for (beginning, length) in TOKENS {
        let body = format!(
            "{beginning}{:x<1$}",
            "",
            length.unwrap_or(184) - beginning.len()
        );
        let token = format!("{body}{:08X}", crc32fast::hash(body.as_bytes()));
        assert_eq!(real_token(&format!("a \"{token}\" b")), Some(beginning));
        assert_eq!(real_token(&token.replace('x', "y")), None);
    }
}

//! The credentials among the parameters of a query or a form: which there are, never what they say.

use crate::credentials::{self, Fault, SecretShape};

/// What one query, or one form body, carries: both use the same names (RFC 6750 2.2 and 2.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// What `access_token` looks like (B13).
    pub access_token: Option<SecretShape>,
    /// `oauth_consumer_key` with `oauth_signature`: the request is signed by OAuth 1 (A15, I1).
    pub oauth1: bool,
    /// `client_id` with `client_secret`, which nothing but the token endpoint reads (I2).
    pub consumer: bool,
    /// Another credential: the `jwt` of Connect (A16), an `oauth_token` or `oauth_signature` alone.
    pub other: bool,
    /// What makes the token none at all: a placeholder (E12), a mask (E14).
    pub fault: Option<Fault>,
}

impl Parameters {
    /// Reads `name=value` pairs, as a query or the beginning of an `application/x-www-form-urlencoded` body holds them.
    pub fn read(text: &[u8]) -> Self {
        let mut read = Self::default();
        let mut names = Names::default();
        for pair in text.split(|byte| matches!(byte, b'&' | b';')) {
            let equals = pair.iter().position(|byte| *byte == b'=');
            let (name, value) = pair.split_at(equals.unwrap_or(pair.len()));
            read.note(name, value.get(1..).unwrap_or_default(), &mut names);
        }
        read.oauth1 = names.consumer_key && names.signature;
        read.consumer = names.client_id && names.client_secret;
        read.other = names.jwt || !read.oauth1 && (names.signature || names.oauth_token);
        read
    }

    /// Whether there is a credential here that the origin takes or once took instead of a field.
    pub fn authenticate(&self) -> bool {
        self.access_token.is_some() || self.oauth1 || self.other
    }

    fn note(&mut self, name: &[u8], value: &[u8], names: &mut Names) {
        let present = match name {
            b"access_token" => {
                let (shape, fault) = credentials::of_parameter(value);
                self.access_token = self.access_token.or(Some(shape));
                self.fault = self.fault.or(fault);
                return;
            }
            b"jwt" => &mut names.jwt,
            b"oauth_token" => &mut names.oauth_token,
            b"oauth_consumer_key" => &mut names.consumer_key,
            b"oauth_signature" => &mut names.signature,
            b"client_id" => &mut names.client_id,
            b"client_secret" => &mut names.client_secret,
            _ => return,
        };
        *present = true;
    }
}

/// The names that mean something only together, or beside others.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each tells whether one name was there"
)]
struct Names {
    jwt: bool,
    oauth_token: bool,
    consumer_key: bool,
    signature: bool,
    client_id: bool,
    client_secret: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::{Place::Value, SecretKind, mint};

    #[test]
    fn credentials_by_their_names() {
        let flags = |text: &str| {
            let read = Parameters::read(text.as_bytes());
            (
                read.access_token.is_some(),
                read.oauth1,
                read.consumer,
                read.other,
            )
        };
        for (text, expected) in [
            ("access_token=x", (true, false, false, false)),
            ("q=1&access_token=", (true, false, false, false)),
            ("q=1;access_token=x", (true, false, false, false)),
            ("access_token", (true, false, false, false)),
            (
                "oauth_consumer_key=k&oauth_token=t&oauth_signature=s",
                (false, true, false, false),
            ),
            ("oauth_signature=s", (false, false, false, true)),
            ("oauth_token=t", (false, false, false, true)),
            ("jwt=x", (false, false, false, true)),
            ("client_id=a&client_secret=b", (false, false, true, false)),
            ("client_id=a", (false, false, false, false)),
            ("q=access_token", (false, false, false, false)),
            ("my_access_token=x", (false, false, false, false)),
            ("", (false, false, false, false)),
        ] {
            assert_eq!(flags(text), expected, "{text}");
        }
        assert!(Parameters::read(b"jwt=x").authenticate());
        assert!(!Parameters::read(b"client_id=a&client_secret=b").authenticate());
    }

    #[test]
    fn the_token_is_classified_whether_escaped_or_not() {
        let token = mint::api_token(1);
        for sent in [token.clone(), token.replace('=', "%3D")] {
            let read = Parameters::read(format!("access_token={sent}").as_bytes());
            let shape = read.access_token.unwrap();
            assert_eq!((shape.kind, read.fault), (SecretKind::ApiToken, None));
            assert_eq!(shape.length, Some(192));
        }
    }

    #[test]
    fn placeholders_are_faults() {
        for (text, expected) in [
            (
                "access_token=undefined",
                Some(Fault::PlaceholderWord(Value)),
            ),
            (
                "q=1&access_token=$%7BTOKEN%7D",
                Some(Fault::Placeholder(Value)),
            ),
            ("access_token=***", Some(Fault::Masked(Value))),
            ("access_token=abcdef", None),
            ("q=undefined", None),
        ] {
            assert_eq!(Parameters::read(text.as_bytes()).fault, expected, "{text}");
        }
    }
}

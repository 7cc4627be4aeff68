//! What a request to the OAuth token endpoint asks for, and in which form; none of its values.

use super::RequestHead;
use crate::credentials;
use crate::secret::{Fingerprint, FingerprintKey};
use http::header::CONTENT_TYPE;
use zeroize::Zeroizing;

/// A request to the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenRequest {
    pub encoding: Encoding,
    /// `None` where no `grant_type` was seen.
    pub grant: Option<Grant>,
    /// Keyed id of the refresh token, the same as the token has in an `Authorization` field.
    pub refresh_token: Option<Fingerprint>,
}

/// How the parameters travel. Only a form is read by the endpoint (RFC 6749 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    Form,
    Json,
    /// Another type: multipart, text.
    Other,
    /// Behind the question mark.
    Query,
    /// Without a type, and not in the query.
    Unknown,
}

/// What is asked for a token (RFC 6749 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grant {
    AuthorizationCode,
    ClientCredentials,
    RefreshToken,
    /// Gone with account passwords (A12).
    Password,
    /// Of a Connect app (A16).
    Jwt,
    Other,
}

impl TokenRequest {
    pub(super) fn read(head: RequestHead<'_>, key: &FingerprintKey) -> Self {
        let form = head.form.unwrap_or_default();
        let query = head.query.unwrap_or_default().as_bytes();
        let grant = |text| value_of(text, b"grant_type").map(|value| Grant::of(&value));
        let in_form = grant(form);
        let token = [form, query]
            .into_iter()
            .find_map(|text| value_of(text, b"refresh_token"));
        Self {
            encoding: encoding(head, in_form.is_none() && grant(query).is_some()),
            grant: in_form.or_else(|| grant(query)),
            refresh_token: token
                .filter(|token| !token.is_empty())
                .map(|token| key.secret(&token)),
        }
    }
}

impl Grant {
    fn of(name: &[u8]) -> Self {
        match name {
            b"authorization_code" => Self::AuthorizationCode,
            b"client_credentials" => Self::ClientCredentials,
            b"refresh_token" => Self::RefreshToken,
            b"password" => Self::Password,
            b"urn:bitbucket:oauth2:jwt" => Self::Jwt,
            _ => Self::Other,
        }
    }
}

fn encoding(head: RequestHead<'_>, in_query: bool) -> Encoding {
    let declared = head.headers.get(CONTENT_TYPE);
    let declared = declared.map(|value| value.as_bytes().to_ascii_lowercase());
    let is_object = head
        .form
        .is_some_and(|form| form.trim_ascii_start().starts_with(b"{"));
    match declared {
        _ if in_query => Encoding::Query,
        // Declared as a form by habit of the client, and none.
        _ if is_object => Encoding::Json,
        Some(media) if media.starts_with(b"application/x-www-form-urlencoded") => Encoding::Form,
        Some(media) if media.starts_with(b"application/json") => Encoding::Json,
        Some(_) => Encoding::Other,
        None => Encoding::Unknown,
    }
}

/// The first value of this name, without its escapes.
fn value_of(text: &[u8], name: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    text.split(|byte| matches!(byte, b'&' | b';'))
        .find_map(|pair| {
            let value = pair.strip_prefix(name)?.strip_prefix(b"=")?;
            Some(credentials::parameter_value(value))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, HeaderValue, Method};

    fn read(media: Option<&'static str>, query: Option<&str>, form: Option<&str>) -> TokenRequest {
        let mut headers = HeaderMap::new();
        if let Some(media) = media {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
        }
        let head = RequestHead {
            method: &Method::POST,
            host: "bitbucket.org",
            path: "/site/oauth2/access_token",
            query,
            form: form.map(str::as_bytes),
            headers: &headers,
            secure: true,
        };
        TokenRequest::read(head, &FingerprintKey::new([7; 32]))
    }

    const FORM: Option<&str> = Some("application/x-www-form-urlencoded; charset=utf-8");

    #[test]
    fn the_form_and_what_it_asks_for() {
        for (media, query, form, encoding, grant) in [
            (
                FORM,
                None,
                Some("a=b&grant_type=client_credentials"),
                Encoding::Form,
                Some(Grant::ClientCredentials),
            ),
            (
                FORM,
                None,
                Some("grant_type=urn%3Abitbucket%3Aoauth2%3Ajwt"),
                Encoding::Form,
                Some(Grant::Jwt),
            ),
            (FORM, None, Some("{\"grant_type\":"), Encoding::Json, None),
            (FORM, None, None, Encoding::Form, None),
            (Some("application/json"), None, None, Encoding::Json, None),
            (
                Some("multipart/form-data; boundary=x"),
                None,
                None,
                Encoding::Other,
                None,
            ),
            (
                None,
                Some("grant_type=refresh_token&refresh_token=x"),
                None,
                Encoding::Query,
                Some(Grant::RefreshToken),
            ),
            (None, None, None, Encoding::Unknown, None),
        ] {
            let seen = read(media, query, form);
            assert_eq!(
                (seen.encoding, seen.grant),
                (encoding, grant),
                "{media:?} {query:?} {form:?}"
            );
        }
    }

    #[test]
    fn a_refresh_token_has_the_id_that_it_has_elsewhere() {
        let key = FingerprintKey::new([7; 32]);
        for sent in ["ab=cd", "ab%3Dcd"] {
            let form = format!("grant_type=refresh_token&refresh_token={sent}");
            let seen = read(FORM, None, Some(&form));
            assert_eq!(seen.refresh_token, Some(key.secret(b"ab=cd")), "{sent}");
        }
        assert_eq!(read(FORM, None, Some("refresh_token=")).refresh_token, None);
    }
}

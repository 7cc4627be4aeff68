//! Turns an example into what the diagnosis is given.

use super::{Example, Sent, Way};
use crate::credentials::mint;
use crate::history::Past;
use crate::observation::{
    Client, Clock, Connect, Exchange, Handshake, Observation, RequestHead, RequestSeen,
    ResponseSeen,
};
use crate::secret::FingerprintKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use std::borrow::Cow;

impl Example {
    /// What a diagnosis is given for this example.
    ///
    /// # Panics
    /// When the example is not well formed, as a constant of this crate always is (meta-tested).
    pub fn observe(&self) -> (Observation, Past, Clock) {
        let clock = Clock {
            date: self.date,
            agrees: self.clocks_agree,
        };
        (self.seen(), self.past, clock)
    }

    fn seen(&self) -> Observation {
        let request = mint_tokens(self.request);
        let (method, uri) = request.split_once(' ').expect("a method and an address");
        let method: Method = method.parse().expect("a method");
        let uri: Uri = uri.parse().expect("an address");
        let host = uri.host().expect("an absolute address");
        let status = StatusCode::from_u16(self.status).expect("a status");
        match self.way {
            Way::Exchange | Way::InClear => Observation::Exchange(Box::new(Exchange {
                request: self.request(&method, host, &uri),
                response: self.response(status),
            })),
            Way::Connect => {
                Observation::Connect(Connect::read(host, &self.request_fields(), status))
            }
            Way::Handshake(ending) | Way::AnotherHandshake(ending) => {
                Observation::Handshake(Handshake {
                    host: Some(host.to_owned()),
                    ending,
                    client: Client::of(self.user_agent),
                    served_otherwise: matches!(self.way, Way::AnotherHandshake(_)),
                })
            }
        }
    }

    fn request(&self, method: &Method, host: &str, uri: &Uri) -> RequestSeen {
        let form = self.form.map(mint_tokens);
        let head = RequestHead {
            method,
            host,
            path: uri.path(),
            query: uri.query(),
            form: form.as_deref().map(str::as_bytes),
            headers: &self.request_fields(),
            secure: uri.scheme_str() == Some("https"),
        };
        RequestSeen {
            in_clear: self.way == Way::InClear,
            recorded: self.recorded,
            ..RequestSeen::read(head, &FingerprintKey::new([7; 32]))
        }
    }

    fn response(&self, status: StatusCode) -> ResponseSeen {
        let body = Some(self.body.as_bytes()).filter(|body| !body.is_empty());
        ResponseSeen::read(status, &fields(self.answer), body)
    }

    fn request_fields(&self) -> HeaderMap {
        let mut headers = fields(&[("user-agent", self.user_agent)]);
        if self.form.is_some() {
            headers.extend(fields(&[(
                "content-type",
                "application/x-www-form-urlencoded",
            )]));
        }
        let sent = self.authorization.map(Sent::value);
        let more = self.fields.iter();
        let more = more.map(|(name, value)| (*name, mint_tokens(value)));
        for (name, value) in sent
            .map(|value| ("authorization", value))
            .into_iter()
            .chain(more)
        {
            let name = HeaderName::from_static(name);
            let value = HeaderValue::from_bytes(value.as_bytes()).expect("a field value");
            headers.append(name, value);
        }
        headers
    }
}

impl Sent {
    fn value(self) -> String {
        let encoded = |text| STANDARD.encode(mint_tokens(text));
        let lines = |length, text| {
            let encoded = encoded(text).into_bytes();
            let lines = encoded.chunks(length).map(String::from_utf8_lossy);
            lines.map(Cow::into_owned).collect::<Vec<_>>()
        };
        match self {
            Self::Field(value) => mint_tokens(value),
            Self::Basic(text) => format!("Basic {}", encoded(text)),
            Self::Lines(length, text) => format!("Basic {}", lines(length, text).join(" ")),
            Self::FirstLine(length, text) => format!("Basic {}", lines(length, text)[0]),
            Self::Printed(text) => format!("Basic b'{}'", encoded(text)),
            Self::Escaped(text) => format!("Basic {}", encoded(text).replace('=', "%3D")),
            Self::BearerPair(text) => format!("Bearer {}", encoded(text)),
            Self::Twice(text) => format!("Basic {}", STANDARD.encode(encoded(text))),
        }
    }
}

fn fields(list: &[(&str, &str)]) -> HeaderMap {
    let name = |name: &str| HeaderName::from_bytes(name.as_bytes()).expect("a field name");
    let value = |value: &str| HeaderValue::from_str(value).expect("a field value");
    list.iter()
        .map(|(first, second)| (name(first), value(second)))
        .collect()
}

/// Puts minted tokens into the places of the text.
fn mint_tokens(text: &str) -> String {
    // Name, token, and how many characters of it a cut one keeps.
    let tokens = [
        ("api_token", mint::api_token(1), 128),
        ("access_token", mint::access_token(1), 128),
        ("app_password", mint::app_password(1), 30),
        ("jwt", mint::jwt(1), 60),
        ("past jwt", mint::jwt_until(0, 1), 60),
        ("future jwt", mint::jwt_until(4_102_444_800, 1), 60),
        ("connect_jwt", mint::connect_jwt(1), 60),
        ("pipelines_jwt", mint::pipelines_jwt(1), 60),
        ("oauth_token", mint::alphanumerics(1, 88), 60),
        ("old_app_password", mint::alphanumerics(1, 20), 12),
        ("private_key", mint::private_key(1), 35),
        ("legacy_api_token", mint::alphanumerics(1, 24), 12),
        ("data_center_token", mint::data_center_token(1), 20),
        ("github_token", mint::github_token(1), 20),
        ("gitlab_token", mint::gitlab_token(1), 12),
    ];
    let minted = tokens
        .into_iter()
        .fold(text.to_owned(), |text, (name, token, kept)| {
            text.replace(&format!("{{{name}}}"), &token)
                .replace(&format!("{{cut {name}}}"), &token[..kept])
                .replace(&format!("{{spoilt {name}}}"), &spoilt(&token))
                .replace(&format!("{{base64 {name}}}"), &STANDARD.encode(&token))
                .replace(&format!("{{escaped {name}}}"), &token.replace('=', "%3D"))
                .replace(
                    &format!("{{backslashed {name}}}"),
                    &token.replace('=', "\\="),
                )
        });
    encode_inner(minted)
}

/// `{base64 TEXT}`, and such a place within another.
fn encode_inner(mut text: String) -> String {
    const OPENED: &str = "{base64 ";
    while let Some(start) = text.rfind(OPENED) {
        let inner = start + OPENED.len();
        let end = inner + text[inner..].find('}').expect("a closing brace");
        let encoded = STANDARD.encode(&text[inner..end]);
        text.replace_range(start..=end, &encoded);
    }
    text
}

/// As long as it was, with another character in the middle.
fn spoilt(token: &str) -> String {
    let (start, rest) = token.split_at(token.len() / 2);
    let other = if rest.starts_with('x') { 'y' } else { 'x' };
    format!("{start}{other}{}", &rest[1..])
}

//! Examples of exchanges as data: rules carry them, tests replay them, pages show them.

use crate::credentials::mint;
use crate::history::{Past, SecondLeg};
use crate::observation::{Clock, Exchange, Observation, RequestHead, RequestSeen, ResponseSeen};
use crate::secret::FingerprintKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use time::UtcDateTime;
use time::macros::utc_datetime;

/// One exchange, written compactly.
///
/// Credentials may hold `{api_token}`, `{access_token}`, `{app_password}`, `{jwt}` and the like, for which tokens of
/// real shape are minted, `{cut ...}` for one that lost its end, `{base64 ...}`: such tokens are never written down.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// What is special about it.
    pub shows: &'static str,
    /// `METHOD https://host/path`.
    pub request: &'static str,
    pub authorization: Option<Sent>,
    pub user_agent: &'static str,
    pub status: u16,
    /// Further fields of the answer.
    pub answer: &'static [(&'static str, &'static str)],
    pub body: &'static str,
    pub date: UtcDateTime,
    pub past: Past,
    /// The findings that come before the one whose example this is.
    pub after: &'static [&'static str],
}

/// An `Authorization` value.
#[derive(Clone, Copy, Debug)]
pub enum Sent {
    /// As it stands.
    Field(&'static str),
    /// `Basic` with this text in base64.
    Basic(&'static str),
}

impl Example {
    const PLAIN: Self = Self {
        shows: "",
        request: "",
        authorization: None,
        user_agent: "curl/8.14.1",
        status: 401,
        answer: &[],
        body: "",
        date: utc_datetime!(2026-11-24 10:30),
        past: Past {
            accepted: false,
            accepted_here: false,
            second_leg: SecondLeg::Open,
        },
        after: &[],
    };

    /// A REST call of a repository, answered 401, without credentials so far.
    pub const fn rest(shows: &'static str) -> Self {
        let request = "GET https://api.bitbucket.org/2.0/repositories/acme/site";
        Self {
            shows,
            request,
            ..Self::PLAIN
        }
    }

    /// git asking for a repository, answered 401, without credentials so far.
    pub const fn git(shows: &'static str) -> Self {
        let request = "GET https://bitbucket.org/acme/site.git/info/refs";
        Self {
            shows,
            request,
            user_agent: "git/2.51.0",
            ..Self::PLAIN
        }
    }

    /// Another `METHOD https://host/path`.
    pub const fn call(self, request: &'static str) -> Self {
        Self { request, ..self }
    }

    /// `Authorization: Basic` with this pair in base64.
    pub const fn pair(self, text: &'static str) -> Self {
        Self {
            authorization: Some(Sent::Basic(text)),
            ..self
        }
    }

    /// `Authorization` exactly so.
    pub const fn field(self, value: &'static str) -> Self {
        Self {
            authorization: Some(Sent::Field(value)),
            ..self
        }
    }

    pub const fn user_agent(self, user_agent: &'static str) -> Self {
        Self { user_agent, ..self }
    }

    pub const fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    pub const fn answer(self, answer: &'static [(&'static str, &'static str)]) -> Self {
        Self { answer, ..self }
    }

    pub const fn body(self, body: &'static str) -> Self {
        Self { body, ..self }
    }

    pub const fn on(self, date: UtcDateTime) -> Self {
        Self { date, ..self }
    }

    pub const fn past(self, past: Past) -> Self {
        Self { past, ..self }
    }

    /// These findings come first here.
    pub const fn after(self, after: &'static [&'static str]) -> Self {
        Self { after, ..self }
    }

    /// What a diagnosis is given for this example.
    ///
    /// # Panics
    /// When the example is not well formed, as a constant of this crate always is (meta-tested).
    pub fn observe(&self) -> (Observation, Past, Clock) {
        let (method, uri) = self
            .request
            .split_once(' ')
            .expect("a method and an address");
        let uri: Uri = uri.parse().expect("an address");
        let headers = self.request_fields();
        let head = RequestHead {
            method: &method.parse::<Method>().expect("a method"),
            host: uri.host().expect("an absolute address"),
            path: uri.path(),
            query: uri.query(),
            headers: &headers,
            secure: uri.scheme_str() == Some("https"),
        };
        let status = StatusCode::from_u16(self.status).expect("a status");
        let body = Some(self.body.as_bytes()).filter(|body| !body.is_empty());
        let exchange = Exchange {
            request: RequestSeen::read(head, &FingerprintKey::new([7; 32])),
            response: ResponseSeen::read(status, &fields(self.answer), body),
        };
        let clock = Clock {
            date: self.date,
            agrees: true,
        };
        (Observation::Exchange(Box::new(exchange)), self.past, clock)
    }

    fn request_fields(&self) -> HeaderMap {
        let mut headers = fields(&[("user-agent", self.user_agent)]);
        let value = match self.authorization {
            None => return headers,
            Some(Sent::Field(value)) => mint_tokens(value),
            Some(Sent::Basic(text)) => format!("Basic {}", STANDARD.encode(mint_tokens(text))),
        };
        let value = HeaderValue::from_str(&value).expect("a field value");
        headers.insert(http::header::AUTHORIZATION, value);
        headers
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
        ("oauth_token", mint::alphanumerics(1, 88), 60),
        ("old_app_password", mint::alphanumerics(1, 20), 12),
    ];
    tokens
        .into_iter()
        .fold(text.to_owned(), |text, (name, token, kept)| {
            text.replace(&format!("{{{name}}}"), &token)
                .replace(&format!("{{cut {name}}}"), &token[..kept])
                .replace(&format!("{{base64 {name}}}"), &STANDARD.encode(&token))
        })
}

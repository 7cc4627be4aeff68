//! Examples of exchanges as data: rules carry them, tests replay them, pages show them.

use crate::history::Past;
use crate::observation::{Ending, Recorded};
use time::UtcDateTime;
use time::macros::utc_datetime;

mod replay;

/// One exchange, written compactly.
///
/// Credentials may hold `{api_token}`, `{access_token}`, `{app_password}`, `{jwt}` and the like, for which tokens of
/// real shape are minted, `{cut ...}` for one that lost its end, `{spoilt ...}` for one with a changed character,
/// `{base64 ...}`, `{escaped ...}`, `{backslashed ...}`: such tokens are never written down. `{base64 ...}` takes any
/// text, such as a pair. `{past jwt}` is one whose end has passed, `{future jwt}` one that lasts.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// What is special about it.
    pub shows: &'static str,
    pub way: Way,
    /// `METHOD https://host/path`.
    pub request: &'static str,
    pub authorization: Option<Sent>,
    /// Further fields of the request.
    pub fields: &'static [(&'static str, &'static str)],
    /// The parameters of a form body.
    pub form: Option<&'static str>,
    pub user_agent: &'static str,
    pub status: u16,
    /// Further fields of the answer.
    pub answer: &'static [(&'static str, &'static str)],
    pub body: &'static str,
    pub date: UtcDateTime,
    /// See [`crate::observation::Clock`].
    pub clocks_agree: bool,
    pub recorded: Recorded,
    pub past: Past,
    /// The findings that come before the one whose example this is.
    pub after: &'static [&'static str],
}

/// What was seen of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A request and its answer.
    Exchange,
    /// The same, and the client sent the whole address to the proxy without TLS.
    InClear,
    /// A proxy on the way refused the tunnel.
    Connect,
    /// TLS died.
    Handshake(Ending),
    /// Of a client that came through on another connection.
    AnotherHandshake(Ending),
}

/// An `Authorization` value.
#[derive(Clone, Copy, Debug)]
pub enum Sent {
    /// As it stands.
    Field(&'static str),
    /// `Basic` with this text in base64.
    Basic(&'static str),
    /// The same in lines of so many characters, joined by blanks.
    Lines(usize, &'static str),
    /// The first of those lines alone.
    FirstLine(usize, &'static str),
    /// With its base64 as Python prints bytes.
    Printed(&'static str),
    /// With its base64 escaped for a URL.
    Escaped(&'static str),
    /// In base64 twice.
    Twice(&'static str),
    /// `Bearer` with this text in base64.
    BearerPair(&'static str),
}

impl Sent {
    /// As it is written in the example, not encoded.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Field(text)
            | Self::Basic(text)
            | Self::Lines(_, text)
            | Self::FirstLine(_, text)
            | Self::Printed(text)
            | Self::Escaped(text)
            | Self::Twice(text)
            | Self::BearerPair(text) => text,
        }
    }
}

impl Example {
    const PLAIN: Self = Self {
        shows: "",
        way: Way::Exchange,
        request: "",
        authorization: None,
        fields: &[],
        form: None,
        user_agent: "curl/8.14.1",
        status: 401,
        answer: &[],
        body: "",
        date: utc_datetime!(2026-11-24 10:30),
        clocks_agree: true,
        recorded: Recorded::No,
        past: Past::NONE,
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

    /// The OAuth token endpoint, answered 400.
    pub const fn token_endpoint(shows: &'static str) -> Self {
        let request = "POST https://bitbucket.org/site/oauth2/access_token";
        Self {
            shows,
            request,
            status: 400,
            ..Self::PLAIN
        }
    }

    /// A CONNECT for the REST API, answered 407 by a proxy on the way.
    pub const fn connect(shows: &'static str) -> Self {
        Self {
            shows,
            way: Way::Connect,
            request: "CONNECT https://api.bitbucket.org/",
            status: 407,
            ..Self::PLAIN
        }
    }

    /// A client whose TLS ended in this way.
    pub const fn handshake(shows: &'static str, ending: Ending) -> Self {
        Self {
            way: Way::Handshake(ending),
            ..Self::connect(shows)
        }
    }

    /// The client came through on another connection.
    pub const fn served_otherwise(self) -> Self {
        let way = match self.way {
            Way::Handshake(ending) => Way::AnotherHandshake(ending),
            way => way,
        };
        Self { way, ..self }
    }

    /// The client sent the whole `https://` address to the proxy without TLS.
    pub const fn in_clear(self) -> Self {
        Self {
            way: Way::InClear,
            ..self
        }
    }

    /// Another `METHOD https://host/path`.
    pub const fn call(self, request: &'static str) -> Self {
        Self { request, ..self }
    }

    /// `Authorization: Basic` with this pair in base64.
    pub const fn pair(self, text: &'static str) -> Self {
        self.sent(Sent::Basic(text))
    }

    /// `Authorization` exactly so.
    pub const fn field(self, value: &'static str) -> Self {
        self.sent(Sent::Field(value))
    }

    pub const fn sent(self, sent: Sent) -> Self {
        Self {
            authorization: Some(sent),
            ..self
        }
    }

    /// More fields of the request, also another `Authorization`.
    pub const fn fields(self, fields: &'static [(&'static str, &'static str)]) -> Self {
        Self { fields, ..self }
    }

    pub const fn form(self, form: &'static str) -> Self {
        Self {
            form: Some(form),
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

    /// The origin's clock and ours are more than five minutes apart.
    pub const fn clocks_apart(self) -> Self {
        Self {
            clocks_agree: false,
            ..self
        }
    }

    /// From a record, of this worth.
    pub const fn recorded(self, recorded: Recorded) -> Self {
        Self { recorded, ..self }
    }

    pub const fn past(self, past: Past) -> Self {
        Self { past, ..self }
    }

    /// These findings come first here.
    pub const fn after(self, after: &'static [&'static str]) -> Self {
        Self { after, ..self }
    }
}

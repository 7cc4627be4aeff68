//! What an entry of the tables is made of.

use time::UtcDateTime;
use time::macros::utc_datetime;
use why401::diagnosis::example::Example;
use why401::sandbox::reading::Disputed;

/// How one finding is produced.
#[derive(Clone, Copy)]
pub struct Entry {
    pub mistake: &'static str,
    /// Where several mistakes fit: the one that is named before it.
    pub after: Option<&'static str>,
    pub by: By,
}

#[derive(Clone, Copy)]
pub enum By {
    /// A client, the proxy, the sandbox.
    Exchange(Scene),
    /// What another program wrote down, given to `why401 diagnose`.
    Record {
        why: &'static str,
        text: &'static str,
    },
    /// What the proxy would have seen, where it does not look yet.
    Observation { why: &'static str, seen: Example },
}

/// The world and what happens in it, up to the call that gets the finding.
#[derive(Clone, Copy)]
pub struct Scene {
    pub on: UtcDateTime,
    /// Facts that the sandbox reads the other way.
    pub disputed: &'static [Disputed],
    pub before: &'static [Step],
    pub call: Call,
    pub said_in: SaidIn,
}

/// What happens before the call.
#[derive(Clone, Copy)]
pub enum Step {
    /// Another one, which is as it should be.
    Call(Call),
    /// So many of them.
    Calls(u32, Call),
    /// The credential of this place is refused from now on.
    End(&'static str),
    /// So many minutes pass.
    Minutes(i64),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum SaidIn {
    Field,
    /// Where the field is not sent, or may not say it.
    Event,
}

/// One request. Texts hold places such as `{api_token}`, which [`super::places`] fills.
#[derive(Clone, Copy)]
pub struct Call {
    /// `METHOD address`.
    pub request: &'static str,
    pub authorization: Option<Sent>,
    pub fields: &'static [(&'static str, &'static str)],
    pub user_agent: &'static str,
    pub body: &'static str,
    /// The whole address goes to the proxy, and no tunnel is asked for.
    pub in_clear: bool,
}

/// An `Authorization` value.
#[derive(Clone, Copy)]
pub enum Sent {
    /// As it stands.
    Field(&'static str),
    /// `Basic` with this text in base64.
    Pair(&'static str),
    /// The first so many characters of that base64.
    Wrapped(usize, &'static str),
}

/// When everything that the facts tell of has happened.
pub const LATE: UtcDateTime = utc_datetime!(2026-11-24 9:30);

pub const fn exchange(mistake: &'static str, call: Call) -> Entry {
    let scene = Scene {
        on: LATE,
        disputed: &[],
        before: &[],
        call,
        said_in: SaidIn::Field,
    };
    Entry {
        mistake,
        after: None,
        by: By::Exchange(scene),
    }
}

pub const fn record(mistake: &'static str, why: &'static str, text: &'static str) -> Entry {
    Entry {
        mistake,
        after: None,
        by: By::Record { why, text },
    }
}

pub const fn observation(mistake: &'static str, why: &'static str, seen: Example) -> Entry {
    Entry {
        mistake,
        after: None,
        by: By::Observation { why, seen },
    }
}

impl Entry {
    pub const fn after(self, first: &'static str) -> Self {
        Self {
            after: Some(first),
            ..self
        }
    }

    pub const fn on(self, on: UtcDateTime) -> Self {
        let scene = self.scene();
        self.with(Scene { on, ..scene })
    }

    pub const fn disputing(self, disputed: &'static [Disputed]) -> Self {
        let scene = self.scene();
        self.with(Scene { disputed, ..scene })
    }

    pub const fn once(self, before: &'static [Step]) -> Self {
        let scene = self.scene();
        self.with(Scene { before, ..scene })
    }

    /// The event says it, not the field.
    pub const fn in_event(self) -> Self {
        let scene = self.scene();
        let said_in = SaidIn::Event;
        self.with(Scene { said_in, ..scene })
    }

    const fn scene(&self) -> Scene {
        match self.by {
            By::Exchange(scene) => scene,
            By::Record { .. } | By::Observation { .. } => panic!("only an exchange has a scene"),
        }
    }

    const fn with(self, scene: Scene) -> Self {
        Self {
            by: By::Exchange(scene),
            ..self
        }
    }
}

/// Anything, by curl and without credentials.
pub const fn call(request: &'static str) -> Call {
    Call {
        request,
        authorization: None,
        fields: &[],
        user_agent: "curl/8.14.1",
        body: "",
        in_clear: false,
    }
}

/// A REST call that any credential with the right scopes may make.
pub const fn rest() -> Call {
    call("GET https://api.bitbucket.org/2.0/repositories/acme/website")
}

/// git's first request of a fetch.
pub const fn fetch() -> Call {
    call("GET https://bitbucket.org/acme/website.git/info/refs?service=git-upload-pack")
        .by("git/2.47.3")
}

/// A request for a token with this form.
pub const fn token_request(form: &'static str) -> Call {
    Call {
        body: form,
        ..call("POST https://bitbucket.org/site/oauth2/access_token")
            .fields(&[("Content-Type", "application/x-www-form-urlencoded")])
    }
}

impl Call {
    pub const fn field(self, value: &'static str) -> Self {
        self.sent(Sent::Field(value))
    }

    pub const fn pair(self, text: &'static str) -> Self {
        self.sent(Sent::Pair(text))
    }

    pub const fn sent(self, sent: Sent) -> Self {
        Self {
            authorization: Some(sent),
            ..self
        }
    }

    pub const fn fields(self, fields: &'static [(&'static str, &'static str)]) -> Self {
        Self { fields, ..self }
    }

    pub const fn by(self, user_agent: &'static str) -> Self {
        Self { user_agent, ..self }
    }

    pub const fn body(self, body: &'static str) -> Self {
        Self { body, ..self }
    }

    pub const fn in_clear(self) -> Self {
        Self {
            in_clear: true,
            ..self
        }
    }
}

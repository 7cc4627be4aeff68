//! One request as somebody's tool makes it, credentials and all.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

/// git's first request of a clone or fetch.
pub const FETCH: &str = "/acme/website.git/info/refs?service=git-upload-pack";
/// And of a push.
pub const PUSH: &str = "/acme/website.git/info/refs?service=git-receive-pack";

/// The two ways in that people use, each with its own rules for credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    Rest,
    Git,
}

impl Surface {
    /// As `--format json` names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rest => "rest",
            Self::Git => "git",
        }
    }

    pub const fn host(self) -> &'static str {
        match self {
            Self::Rest => "api.bitbucket.org",
            Self::Git => "bitbucket.org",
        }
    }
}

/// What makes the request: it decides the User-Agent, and what a person gets to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    Curl,
    Requests,
    Git,
    CredentialManager,
}

impl Tool {
    pub const fn user_agent(self) -> &'static str {
        match self {
            Self::Curl => "curl/8.14.1",
            Self::Requests => "python-requests/2.34.2",
            Self::Git => "git/2.47.3",
            Self::CredentialManager => "Git-Credential-Manager/2.6.1 (Linux; x64) CLR/8.0.11",
        }
    }
}

/// What stands in `Authorization`.
#[derive(Clone, PartialEq, Eq)]
pub enum Sent {
    Nothing,
    /// In base64, as it should be.
    Basic {
        user: String,
        secret: String,
    },
    Bearer(String),
    /// A value that somebody wrote by hand.
    AsWritten(String),
}

impl Sent {
    pub fn basic(user: &str, secret: &str) -> Self {
        Self::Basic {
            user: user.to_owned(),
            secret: secret.to_owned(),
        }
    }

    /// The field's value; `None` without credentials.
    pub fn value(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Basic { user, secret } => Some(format!(
                "Basic {}",
                STANDARD.encode(format!("{user}:{secret}"))
            )),
            Self::Bearer(secret) => Some(format!("Bearer {secret}")),
            Self::AsWritten(value) => Some(value.clone()),
        }
    }

    /// The secret, where it stands alone.
    pub fn secret(&self) -> Option<&str> {
        match self {
            Self::Basic { secret, .. } | Self::Bearer(secret) => Some(secret),
            Self::Nothing | Self::AsWritten(_) => None,
        }
    }
}

/// Without the secret: the sandbox's are worth nothing, but nobody shall have to think about that.
impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing"),
            Self::Basic { user, .. } => write!(f, "Basic {user:?}:***"),
            Self::Bearer(_) => f.write_str("Bearer ***"),
            Self::AsWritten(_) => f.write_str("***"),
        }
    }
}

/// A GET.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub surface: Surface,
    pub tool: Tool,
    /// Path and query.
    pub target: String,
    pub sent: Sent,
}

impl Request {
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub fn is_push(&self) -> bool {
        self.target == PUSH
    }

    /// What git is given as the address of the repository.
    pub fn remote(&self) -> String {
        let repository = self.target.split("/info/refs").next().unwrap_or_default();
        format!("https://{}{repository}/", self.surface.host())
    }
}

//! Where a composed request goes, with what the facts say of it: who may call, which scopes, until when.

use super::credential::{Kind, State};
use time::Date;
use time::macros::date;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    Rest,
    Git,
    /// `bitbucket.org/api/2.0`, where REST answered until 2026-05-04 (C2).
    WebsiteApi,
    /// Downloads of the website (B30).
    Archive,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The person behind the credential (B19).
    Person,
    Workspace,
    /// In project WEB of acme, private.
    Website,
    /// The same, for everybody to read.
    Handbook,
    /// Of acme, in another project.
    Deployment,
    /// Of a workspace that nobody here is a member of.
    Vault,
    /// Of acme-labs, which is over its user limit (B25).
    Prototype,
    /// No repository of that name.
    Missing,
    /// No call of the API.
    NoCall,
    /// A path of the API with another method (I7).
    OtherMethod,
    /// For Connect apps (B15).
    AppsOnly,
}

/// One call.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub surface: Surface,
    pub method: &'static str,
    pub path: &'static str,
    pub query: Option<&'static str>,
    pub subject: Subject,
    pub writes: bool,
    /// What it asks of an OAuth or access token (D1), and of an API token (D4).
    pub classic: &'static [&'static str],
    pub granular: &'static [&'static str],
    pub gone: Option<Date>,
}

const fn rest(request: (&'static str, &'static str), subject: Subject) -> Place {
    Place {
        surface: Surface::Rest,
        method: request.0,
        path: request.1,
        query: None,
        subject,
        writes: false,
        classic: &["repository"],
        granular: &["read:repository:bitbucket"],
        gone: None,
    }
}

const fn git(path: &'static str, query: &'static str, subject: Subject) -> Place {
    Place {
        surface: Surface::Git,
        query: Some(query),
        ..rest(("GET", path), subject)
    }
}

const FETCH: &str = "service=git-upload-pack";
const PUSH: &str = "service=git-receive-pack";

const fn push(path: &'static str, subject: Subject) -> Place {
    Place {
        writes: true,
        classic: &["repository", "repository:write"],
        granular: &["read:repository:bitbucket", "write:repository:bitbucket"],
        ..git(path, PUSH, subject)
    }
}

const USER: Place = Place {
    classic: &["account"],
    granular: &["read:user:bitbucket"],
    ..rest(("GET", "/2.0/user"), Subject::Person)
};

pub const PLACES: &[Place] = &[
    USER,
    rest(("GET", "/2.0/repositories/acme"), Subject::Workspace),
    rest(("GET", "/2.0/repositories/acme/website"), Subject::Website),
    rest(
        ("GET", "/2.0/repositories/acme/handbook"),
        Subject::Handbook,
    ),
    rest(
        ("GET", "/2.0/repositories/acme/deployment"),
        Subject::Deployment,
    ),
    rest(("GET", "/2.0/repositories/globex/vault"), Subject::Vault),
    rest(("GET", "/2.0/repositories/acme/nowhere"), Subject::Missing),
    Place {
        writes: true,
        classic: &["pullrequest:write"],
        granular: &["read:pullrequest:bitbucket", "write:pullrequest:bitbucket"],
        ..rest(
            (
                "POST",
                "/2.0/repositories/acme/website/pullrequests/9/approve",
            ),
            Subject::Website,
        )
    },
    Place {
        classic: &["issue"],
        granular: &["read:issue:bitbucket"],
        gone: Some(date!(2026 - 08 - 20)),
        ..rest(
            ("GET", "/2.0/repositories/acme/website/issues"),
            Subject::Website,
        )
    },
    Place {
        classic: &["account"],
        granular: &["read:user:bitbucket", "read:workspace:bitbucket"],
        gone: Some(date!(2026 - 04 - 14)),
        ..rest(("GET", "/2.0/workspaces"), Subject::Person)
    },
    rest(("GET", "/2.0/no/such/call"), Subject::NoCall),
    rest(("PATCH", "/2.0/user"), Subject::OtherMethod),
    rest(("DELETE", "/2.0/addon"), Subject::AppsOnly),
    git("/acme/website.git/info/refs", FETCH, Subject::Website),
    git("/acme/handbook.git/info/refs", FETCH, Subject::Handbook),
    git("/globex/vault.git/info/refs", FETCH, Subject::Vault),
    push("/acme/website.git/info/refs", Subject::Website),
    push("/acme/handbook.git/info/refs", Subject::Handbook),
    push("/acme-labs/prototype.git/info/refs", Subject::Prototype),
    Place {
        surface: Surface::WebsiteApi,
        path: "/api/2.0/user",
        ..USER
    },
    Place {
        surface: Surface::Archive,
        ..rest(("GET", "/acme/website/get/main.tar.gz"), Subject::Website)
    },
];

impl Place {
    pub fn host(&self) -> &'static str {
        match self.surface {
            Surface::Rest => "api.bitbucket.org",
            _ => "bitbucket.org",
        }
    }

    pub fn is_gone(&self, day: Date) -> bool {
        self.gone.is_some_and(|gone| day >= gone)
    }

    /// Whether a credential of this kind, alive, gets there by its owner's membership or its own bounds (A11, D9).
    pub fn is_reached_by(&self, kind: Kind) -> bool {
        match self.subject {
            Subject::Vault | Subject::Missing => false,
            Subject::Deployment => !matches!(kind, Kind::RepoToken | Kind::ProjectToken),
            Subject::Handbook => kind != Kind::RepoToken || !self.writes,
            Subject::Prototype => !kind.is_access_token(),
            _ => true,
        }
    }

    /// What the credential lacks here (D2, D4).
    pub fn lacks_scope(&self, kind: Kind, state: State) -> bool {
        let needed = match kind {
            Kind::ApiToken => self.granular,
            _ => self.classic,
        };
        let held: &[&str] = match (state, kind) {
            (State::FewScopes, Kind::ApiToken) => &["read:repository:bitbucket"],
            (State::WritesOnly, _) => &["write:repository:bitbucket"],
            (State::FewScopes, _) => &["repository"],
            _ => return self.is_never_granted(kind),
        };
        needed.iter().any(|scope| !held.contains(scope))
    }

    /// Scopes that access tokens cannot have (D3).
    fn is_never_granted(&self, kind: Kind) -> bool {
        let never = |scope: &&&str| match **scope {
            "issue" => true,
            "account" => kind != Kind::WorkspaceToken,
            _ => false,
        };
        kind.is_access_token() && self.classic.iter().any(|scope| never(&scope))
    }
}

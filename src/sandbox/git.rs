//! git over smart HTTP: who may do what is decided here, what git does then is git's own `http-backend`.

mod access;
mod archive;
mod backend;
mod process;
mod repositories;
mod seed;

pub use access::{may, permit};
pub use archive::archive;
pub use repositories::{MakeError, Repositories};

use super::Bitbucket;
use super::answer::Answer;
use super::call::Call;
use super::server::Body;
use super::world::Repository;
use http::{Method, Response, StatusCode};
use hyper::body::Incoming;
use serde_json::json;

/// What a git client asks of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub workspace: String,
    /// As it came, with or without `.git`.
    pub slug: String,
    pub asks: Asks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// `info/refs`, the first request of every fetch and push.
    Refs(Service),
    Pack(Service),
    /// git-lfs, which has an API of its own.
    Lfs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    Fetch,
    Push,
}

impl Request {
    /// `None` for a page of the website.
    pub fn of(call: &Call) -> Option<Self> {
        let mut parts = call.path.strip_prefix('/')?.splitn(3, '/');
        let (workspace, slug, rest) = (parts.next()?, parts.next()?, parts.next()?);
        let pushes = call.query.as_deref() == Some("service=git-receive-pack");
        let asks = match rest {
            "info/refs" if pushes => Asks::Refs(Service::Push),
            "info/refs" => Asks::Refs(Service::Fetch),
            "git-upload-pack" => Asks::Pack(Service::Fetch),
            "git-receive-pack" => Asks::Pack(Service::Push),
            rest if rest.starts_with("info/lfs/") => Asks::Lfs,
            _ => return None,
        };
        Some(Self {
            workspace: workspace.to_owned(),
            slug: slug.to_owned(),
            asks,
        })
    }

    fn pushes(&self) -> bool {
        matches!(
            self.asks,
            Asks::Refs(Service::Push) | Asks::Pack(Service::Push)
        )
    }
}

/// Answers a git client, or refuses it in plain text, which git shows behind `remote:`.
///
/// # Errors
/// The refusal.
pub async fn answer(
    call: &Call,
    request: &Request,
    body: Incoming,
    bitbucket: &Bitbucket,
    repositories: &Repositories,
) -> Result<Response<Body>, Answer> {
    let repository = permit(call, request, bitbucket)?;
    if request.asks == Asks::Lfs {
        return Err(without_lfs());
    }
    if !fits(request.asks, &call.method) {
        return Err(Answer::empty(StatusCode::METHOD_NOT_ALLOWED));
    }
    let Some(command) = repositories.backend(repository, call, request.asks) else {
        return Err(without_git(request.asks, repository));
    };
    let ran = backend::run(command, body).await;
    ran.map_err(|_| Answer::empty(StatusCode::INTERNAL_SERVER_ERROR))
}

fn fits(asks: Asks, method: &Method) -> bool {
    match asks {
        Asks::Refs(_) => method == Method::GET,
        Asks::Pack(_) | Asks::Lfs => method == Method::POST,
    }
}

/// git-lfs takes 501 for "this server has none" and goes on.
fn without_lfs() -> Answer {
    let message = json!({"message": "The sandbox stores no large files."});
    let mut answer = Answer::json(StatusCode::NOT_IMPLEMENTED, &message);
    answer.headers.clear();
    answer.with(
        http::header::CONTENT_TYPE,
        "application/vnd.git-lfs+json; charset=utf-8",
    )
}

/// Without git on this machine a call still shows whether it is allowed, in the form of the dumb protocol; a clone
/// gets no further.
fn without_git(asks: Asks, repository: &Repository) -> Answer {
    match asks {
        Asks::Refs(_) => Answer::text(StatusCode::OK, seed::refs(repository)),
        Asks::Pack(_) | Asks::Lfs => Answer::text(
            StatusCode::NOT_IMPLEMENTED,
            "The sandbox found no git on its machine, so it has no packs to send or take.\n",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::call::Site;

    fn asked(path: &str, query: Option<&str>) -> Option<Request> {
        Request::of(&Call {
            site: Site::Web,
            method: Method::GET,
            path: path.to_owned(),
            query: query.map(str::to_owned),
            headers: http::HeaderMap::new(),
            client: [127, 0, 0, 1].into(),
        })
    }

    #[test]
    fn fetch_push_and_lfs_are_told_apart() {
        let refs = asked(
            "/acme/website.git/info/refs",
            Some("service=git-upload-pack"),
        )
        .unwrap();
        assert_eq!(
            (refs.workspace.as_str(), refs.slug.as_str()),
            ("acme", "website.git")
        );
        assert_eq!(refs.asks, Asks::Refs(Service::Fetch));
        let push = asked("/acme/website/info/refs", Some("service=git-receive-pack")).unwrap();
        assert!(push.pushes());
        let lfs = asked("/acme/website.git/info/lfs/objects/batch", None).unwrap();
        assert_eq!(lfs.asks, Asks::Lfs);
    }

    #[test]
    fn pages_are_no_business_of_git() {
        for page in ["/", "/acme", "/acme/website", "/acme/website/src/main/"] {
            assert_eq!(asked(page, None), None, "{page}");
        }
    }
}

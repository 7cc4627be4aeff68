//! The sandbox as its clients see it: real TLS, real git, tokens that really work.

mod git;
mod server;
mod tokens;
mod website;

use crate::support::body;
use crate::support::client::Dialer;
use crate::support::{Http, ca};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, Request};
use serde_json::Value;
use std::sync::Arc;
use time::UtcDateTime;
use time::macros::utc_datetime;
use why401::sandbox::clock::Clock;
use why401::sandbox::credential::{Credential, Kind, State};
use why401::sandbox::reading::Reading;
use why401::sandbox::{self, Bitbucket, Running, Settings};

const WEB: &str = "bitbucket.org";
/// When everything that the facts tell of has happened.
const LATE: UtcDateTime = utc_datetime!(2026-11-24 9:30);

struct Sandbox(Running);

/// What came back.
struct Said {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Sandbox {
    async fn at(date: UtcDateTime) -> Self {
        let settings = Settings {
            listen: "127.0.0.1:0".parse().unwrap(),
            bitbucket: Bitbucket::new(Clock::starting_at(date), Reading::default()),
        };
        Self(sandbox::start(settings).await.unwrap())
    }

    fn dialer(&self) -> Dialer {
        Dialer {
            address: self.0.address,
            through_proxy: false,
            roots: ca::roots(&self.0.root_pem),
        }
    }

    fn credential(&self, kind: Kind, state: State) -> Arc<Credential> {
        self.0.bitbucket.store.first(kind, state).unwrap()
    }

    fn secret(&self, kind: Kind, state: State) -> String {
        self.credential(kind, state).secret.clone()
    }

    async fn get(&self, host: &str, path: &str, authorization: Option<String>) -> Said {
        let mut request = Request::get(path);
        if let Some(value) = authorization {
            request = request.header(AUTHORIZATION, value);
        }
        self.send(host, request.body(body::empty()).unwrap()).await
    }

    async fn send(&self, host: &str, request: Request<body::Body>) -> Said {
        let mut client = self.dialer().http_to(host, Http::Two).await;
        let (head, content) = client.send(request).await.into_parts();
        Said {
            status: head.status.as_u16(),
            headers: head.headers,
            text: body::text(content).await,
        }
    }
}

impl Said {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }
}

#[expect(clippy::unnecessary_wraps, reason = "what every request takes")]
fn basic(user: &str, secret: &str) -> Option<String> {
    let pair = STANDARD.encode(format!("{user}:{secret}"));
    Some(format!("Basic {pair}"))
}

#[expect(clippy::unnecessary_wraps, reason = "what every request takes")]
fn bearer(secret: &str) -> Option<String> {
    Some(format!("Bearer {secret}"))
}

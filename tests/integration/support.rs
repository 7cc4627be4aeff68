//! The kit: an origin, a proxy and clients, all in this process, over real TCP and real TLS.

pub mod body;
pub mod ca;
pub mod chain;
pub mod client;
pub mod hello;
pub mod mint;
pub mod origin;
pub mod parent;
pub mod program;
pub mod proxy;
pub mod schema;
pub mod wire;

use std::future::Future;
use std::time::Duration;

/// How long anything in a test may take before it counts as hanging; never waited for when all is well.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// Awaits `future`, and fails by name instead of hanging.
pub async fn within<F: Future>(what: &str, future: F) -> F::Output {
    let done = tokio::time::timeout(PATIENCE, future).await;
    done.unwrap_or_else(|_| panic!("{what}: still waiting after {PATIENCE:?}"))
}

/// One side's HTTP version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Http {
    One,
    Two,
}

/// The versions of an exchange: the client's and the origin's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub client: Http,
    pub origin: Http,
}

/// One test body for {h1,h2} × {h1,h2}; each pair is a test of its own, so a failure names it.
#[macro_export]
macro_rules! each_pair {
    ($(#[$meta:meta])* async fn $name:ident($pair:ident) $body:block) => {
        $(#[$meta])*
        mod $name {
            use super::*;
            use $crate::support::{Http, Pair};

            async fn run($pair: Pair) $body

            #[tokio::test]
            async fn h1_to_h1() {
                run(Pair { client: Http::One, origin: Http::One }).await;
            }

            #[tokio::test]
            async fn h1_to_h2() {
                run(Pair { client: Http::One, origin: Http::Two }).await;
            }

            #[tokio::test]
            async fn h2_to_h1() {
                run(Pair { client: Http::Two, origin: Http::One }).await;
            }

            #[tokio::test]
            async fn h2_to_h2() {
                run(Pair { client: Http::Two, origin: Http::Two }).await;
            }
        }
    };
}

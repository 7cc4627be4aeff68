//! A stand-in for Bitbucket Cloud to practise and test on: real TLS, the documented rules, credentials of its own.
//!
//! It is written from the facts about Bitbucket, not from this program's rules: it knows credentials by looking them up
//! in its own store, and scopes by its own table. Of the rest of this crate it uses [`crate::credentials::mint`] and
//! nothing else, which `tests/repository` holds it to: the two readings of the facts meet only in tests.

#![allow(
    clippy::result_large_err,
    reason = "a refusal is a whole answer, moved once"
)]

pub mod answer;
pub mod api;
pub mod call;
mod certificates;
pub mod clock;
pub mod config;
pub mod credential;
pub mod date;
mod files;
mod form;
pub mod git;
pub mod hosts;
pub mod judge;
pub mod listing;
pub mod operations;
pub mod rate_limit;
pub mod reading;
pub mod scopes;
pub mod server;
pub mod store;
pub mod token_endpoint;
pub mod website;
pub mod world;

pub use server::{Running, Settings, StartError, start};

use clock::Clock;
use config::Config;
use rate_limit::RateLimits;
use reading::Reading;
use store::Store;

/// Everything the stand-in knows. One for all its hosts and connections.
pub struct Bitbucket {
    pub clock: Clock,
    /// Which side it takes where facts conflict.
    pub reading: Reading,
    pub store: Store,
    pub limits: RateLimits,
}

impl Bitbucket {
    /// With the standard credentials, minted as of the clock's date.
    pub fn new(clock: Clock, reading: Reading) -> Self {
        let usual = Config::default();
        let config = Config {
            disputed: reading,
            ..usual
        };
        Self::configured(clock, config)
    }

    /// With what a configuration adds.
    pub fn configured(clock: Clock, config: Config) -> Self {
        let store = Store::minted(clock.now(), &config.disputed);
        for credential in config.credentials {
            store.add(credential);
        }
        Self {
            clock,
            reading: config.disputed,
            store,
            limits: match config.rate_limits {
                true => RateLimits::on(),
                false => RateLimits::off(),
            },
        }
    }
}

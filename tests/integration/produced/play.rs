//! Plays scenes: a sandbox for all, for each a proxy that has seen nothing yet, and a client that writes bytes.

use super::entry::{Call, LATE, SaidIn, Scene, Sent, Step};
use super::places::fill;
use super::record;
use crate::support::Http;
use crate::support::proxy::Proxy;
use crate::support::wire::{Message, Wire};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::Duration;
use time::UtcDateTime;
use why401::sandbox::clock::Clock;
use why401::sandbox::reading::Disputed;
use why401::sandbox::{self, Bitbucket, Settings};

/// A sandbox for many scenes.
pub struct Stage(sandbox::Running);

/// One scene.
struct World<'a> {
    sandbox: &'a sandbox::Running,
    proxy: Proxy,
}

impl Stage {
    /// Its credentials are minted when everything that the facts tell of has happened.
    pub async fn reading(disputed: &[Disputed]) -> Self {
        let settings = Settings {
            listen: "127.0.0.1:0".parse().expect("an address"),
            bitbucket: Bitbucket::new(Clock::starting_at(LATE), disputed.iter().copied().collect()),
        };
        Self(sandbox::start(settings).await.expect("a sandbox"))
    }

    /// What field or event list for the call of the scene.
    pub async fn produced(&self, scene: &Scene) -> Vec<String> {
        let world = self.world(scene.on).await;
        for step in scene.before {
            world.take(step).await;
        }
        let answer = world.send(&scene.call).await;
        match scene.said_in {
            SaidIn::Field => answer.field("x-auth-diagnosis").map_or_else(
                || vec![format!("no field, but {}", answer.head.trim())],
                in_field,
            ),
            SaidIn::Event => world.events().await.last().map_or_else(Vec::new, in_event),
        }
    }

    /// All that the proxy says when the requests of a record are made to the sandbox.
    pub async fn said_to_requests_of(&self, text: &str) -> BTreeSet<String> {
        let world = self.world(record::date(text)).await;
        let mut said = BTreeSet::new();
        for (host, head) in record::requests(&world.filled(text)) {
            let mut wire = Wire::new(world.proxy.dialer.tls(&host, Http::One).await);
            wire.send(head).await;
            let answer = wire.answer().await;
            let field = answer.field("x-auth-diagnosis");
            said.extend(field.into_iter().flat_map(in_field));
        }
        said.extend(world.events().await.iter().flat_map(in_event));
        said
    }

    async fn world(&self, date: UtcDateTime) -> World<'_> {
        self.0.bitbucket.clock.set(date);
        World {
            sandbox: &self.0,
            proxy: Proxy::before_sandbox(&self.0).await,
        }
    }
}

impl World<'_> {
    /// All that the proxy has logged, at its end.
    async fn events(self) -> Vec<Value> {
        let (_, events) = self.proxy.shutdown(Duration::from_secs(1)).await;
        events
    }

    async fn take(&self, step: &Step) {
        match step {
            Step::Call(call) => {
                self.send(call).await;
            }
            Step::Calls(count, call) => {
                for _ in 0..*count {
                    self.send(call).await;
                }
            }
            Step::End(place) => {
                let Bitbucket { store, clock, .. } = &*self.sandbox.bitbucket;
                store.end(&self.filled(place), clock.now());
            }
            Step::Minutes(minutes) => {
                let clock = &self.sandbox.bitbucket.clock;
                clock.set(clock.now() + time::Duration::minutes(*minutes));
            }
        }
    }

    async fn send(&self, call: &Call) -> Message {
        let request = self.filled(call.request);
        let (method, address) = request.split_once(' ').expect("a method and an address");
        let host = host(address);
        let mut wire = match call.in_clear {
            true => self.proxy.dialer.port().await,
            false => Wire::new(self.proxy.dialer.tls(host, Http::One).await),
        };
        let target = match call.in_clear {
            true => address,
            false => {
                let path = address.split_once(host).expect("a host").1;
                if path.is_empty() { "/" } else { path }
            }
        };
        wire.send(format!(
            "{method} {target} HTTP/1.1\r\nHost: {host}\r\n{}",
            self.rest_of(call)
        ))
        .await;
        wire.answer().await
    }

    /// Fields and body.
    fn rest_of(&self, call: &Call) -> String {
        let mut text = format!("User-Agent: {}\r\nAccept: */*\r\n", call.user_agent);
        if let Some(sent) = &call.authorization {
            let _ = write!(text, "Authorization: {}\r\n", self.value(sent));
        }
        for (name, value) in call.fields {
            let _ = write!(text, "{name}: {}\r\n", self.filled(value));
        }
        let body = self.filled(call.body);
        if !body.is_empty() {
            let _ = write!(text, "Content-Length: {}\r\n", body.len());
        }
        text + "\r\n" + &body
    }

    fn value(&self, sent: &Sent) -> String {
        let encoded = |text| BASE64_STANDARD.encode(self.filled(text));
        match sent {
            Sent::Field(value) => self.filled(value),
            Sent::Pair(text) => format!("Basic {}", encoded(text)),
            Sent::Wrapped(length, text) => format!("Basic {}", &encoded(text)[..*length]),
        }
    }

    fn filled(&self, text: &str) -> String {
        fill(text, Some(&self.sandbox.bitbucket))
    }
}

fn host(address: &str) -> &str {
    let (_, rest) = address.split_once("://").expect("an absolute address");
    rest.split('/').next().unwrap_or_default()
}

/// The members of `x-auth-diagnosis`, best first.
fn in_field(field: &str) -> Vec<String> {
    let members = field
        .split(", ")
        .filter(|part| part.contains(";certainty="));
    let slugs = members.filter_map(|member| member.split(';').next());
    slugs.map(str::to_owned).collect()
}

fn in_event(event: &Value) -> Vec<String> {
    let others = event["auth.alternatives"].as_array();
    let others = others.into_iter().flatten().map(|other| &other["mistake"]);
    let slugs = [&event["auth.mistake"]].into_iter().chain(others);
    slugs.filter_map(Value::as_str).map(str::to_owned).collect()
}

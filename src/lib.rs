//! why401: a TLS-intercepting forward proxy that names the credential mistake behind a refused request.
//!
//! # The life of an exchange
//!
//! ```text
//! client ── CONNECT api.bitbucket.org:443 ──▶ why401 ── TLS, verified ──▶ api.bitbucket.org
//!    │ TLS with a leaf of the local CA          │
//!    │ GET /2.0/user, Authorization: Basic …    │ forwards it unchanged
//!    │                                          │◀─ 401
//!    │◀─ 401, the same, and x-auth-diagnosis    │ diagnoses, logs, counts
//! ```
//!
//! 1. [`proxy`] reads the CONNECT. A host that is not listed becomes a blind tunnel. A listed one is dialled and its
//!    certificate verified *before* the client hears 200, so that a dead or false origin is a plain 502.
//! 2. [`tls`] answers the client's handshake with a leaf for exactly that host, signed by the local CA.
//! 3. Of the request [`observation`] keeps a small value without the secret: [`credentials`] parses the
//!    `Authorization` field, in whatever shape it is, into kinds, faults and keyed ids.
//! 4. The request goes to the origin as the client sent it, and the body is streamed, never collected.
//! 5. A 2xx goes back at once. Only a refusal is looked at: its challenges, its words, at most 64 KiB of its body,
//!    for at most 250 ms.
//! 6. [`evidence`] turns what was seen, what was seen before ([`history`]) and the date into signals; the rules of
//!    [`diagnosis`] turn signals into a report, best finding first.
//! 7. [`output`] renders the report as a response field (with `--annotate` as reason phrase and in bodies, too) and as
//!    an event; [`telemetry`] writes the event from a queue that never blocks an exchange.
//!
//! # Where to start reading
//!
//! One rule: any file below `src/diagnosis/rules/`. One parse: [`credentials::Credentials::parse`]. One exchange:
//! [`proxy`]. What may be set: `config/setting.rs`, a table. How to add a finding: `CONTRIBUTING.md`.
//!
//! # The layers
//!
//! ```text
//! main · cli · config · app · demo · exit_code     composition: flags, environment, files, start and stop
//! proxy · tls · admin · onboarding · telemetry · metrics ·
//!   sandbox · child · doctor                              the I/O shell: tokio, hyper, rustls, disk, clock
//! output · history · diagnosis · evidence · transcript · observation   pure: values in, values out
//! bitbucket · challenge · credentials · secret · host       pure: the words of the domain
//! ```
//!
//! A module imports from its own row and from those below, never from above; the pure rows know no runtime, socket,
//! file, variable, clock or log. `tests/repository` reads every import against this table.
//!
//! # What holds always
//!
//! - *The request is never modified*, but for what RFC 9110 7.6.1 takes from one connection to the next. There is no
//!   code that adds, mends or repeats credentials, and none that repeats an exchange to find out more.
//! - *A fault in the diagnosis never costs an exchange* (fail open); *a fault in TLS always does* (fail closed).
//!   There is no switch that turns the verification of origins off.
//! - *No secret is printed, stored or hashed without a key.* [`secret::Secret`] has no `Display`, its `Debug` prints
//!   `***`. There is no option that shows one.
//! - *Only listed hosts are opened*, and the CA cannot sign for others: its constraint is part of its certificate.
//! - *The clock is an argument.* A record of 2025 is diagnosed by the rules of 2025.
//! - *Nothing phones home.* There is no update check, and no host is contacted that no client asked for.
//!
//! # Words
//!
//! Those of RFC 9110: *client*, *origin*, *credentials*, *challenge*, *auth-scheme*, *field*, *tunnel*; of RFC 7617:
//! *user-id*. A *surface* is a family of endpoints with its own rules for credentials (REST, git, token endpoint). A
//! *mistake* is a named cause of a refusal, a *finding* a mistake with a certainty, a *report* the findings of one
//! exchange.

pub mod admin;
pub mod app;
pub mod cli;
pub mod config;
pub mod confinement;
pub mod demo;
pub mod exit_code;

pub mod child;
pub mod doctor;
pub mod metrics;
pub mod onboarding;
pub mod proxy;
pub mod sandbox;
pub mod telemetry;
pub mod tls;

// The pure rows. What clippy.toml disallows (clock, environment, disk) is denied here and allowed above.
#[deny(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod diagnosis;
#[deny(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod evidence;
#[deny(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod history;
#[deny(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod observation;
#[deny(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod output;
#[deny(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod transcript;

#[deny(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod bitbucket;
#[deny(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod challenge;
#[deny(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod credentials;
#[deny(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod host;
#[deny(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod secret;

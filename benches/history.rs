//! What an exchange pays for its history: figures of one run, to be compared with each other.
#![allow(clippy::print_stdout, reason = "its output is what a benchmark is for")]

use http::{Request, StatusCode};
use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Instant;
use time::UtcDateTime;
use why401::credentials::mint;
use why401::history::{History, Place, Trace};
use why401::proxy::observe::{Identity, LastSent, Noted, Success, moment, now};
use why401::secret::FingerprintKey;

const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const HOST: &str = "api.bitbucket.org";
const CREDENTIALS: u64 = 100_000;
const TURNS: usize = 50;
/// Calls of one connection: more than history keeps of a credential, and few enough to be as near as a request that
/// was just read.
const CALLS: usize = 64;

fn main() {
    let key = FingerprintKey::new([7; 32]);
    let mut history = full(&key);
    let last = LastSent::default();
    let path = |number| format!("/2.0/repositories/acme/site/pullrequests/{number}");
    let tokens: Vec<_> = (0..2000).map(mint::access_token).collect();

    let same = request(&tokens[0], &path(1));
    let repeated = nanoseconds(|_| succeed(&mut history, &last, &same, &key));
    let calls: Vec<_> = (0..CALLS)
        .map(|at| request(&tokens[0], &path(at)))
        .collect();
    let elsewhere = nanoseconds(|turn| {
        succeed(&mut history, &last, &calls[turn % CALLS], &key);
    });
    let others: Vec<_> = tokens
        .iter()
        .map(|token| request(token, &path(1)))
        .collect();
    let new = nanoseconds(|turn| {
        succeed(&mut history, &last, &others[turn % 2000], &key);
    });
    let refused = nanoseconds(|turn| {
        refuse(&mut history, &last, &calls[turn % CALLS], &key);
    });
    println!("2xx, the connection's last credentials, same call   {repeated:>6} ns");
    println!("2xx, the connection's last credentials, other call  {elsewhere:>6} ns");
    println!("2xx, credentials that are new to the connection     {new:>6} ns");
    println!("401, looked up and recorded                         {refused:>6} ns");
}

/// A history that has to push out the oldest for each new credential.
fn full(key: &FingerprintKey) -> History {
    let (mut history, last) = (History::new(), LastSent::default());
    for number in 0..CREDENTIALS {
        let noted = request(&number.to_string(), "/2.0/user");
        succeed(&mut history, &last, &noted, key);
    }
    history
}

fn request(token: &str, path: &str) -> Noted {
    let request = Request::get(format!("https://{HOST}{path}"))
        .header("authorization", format!("Bearer {token}"))
        .header("user-agent", "bench/1");
    Noted::of(&request.body(()).expect("a request"))
}

/// What the proxy does after a 2xx.
fn succeed(history: &mut History, last: &LastSent, noted: &Noted, key: &FingerprintKey) {
    let now = moment(now());
    let place = noted.place(HOST);
    let success = Success {
        operation: place.operation(),
        status: StatusCode::OK,
        at: now,
    };
    let Some(identity) = last.succeeded(noted, success, CLIENT, key) else {
        return;
    };
    let trace = trace(identity, place);
    let answer = trace.answered(StatusCode::OK, Some("workspace_access_token"));
    black_box(history.record(&trace, &answer, now));
}

/// What it does, beside the diagnosis, after a 401.
fn refuse(history: &mut History, last: &LastSent, noted: &Noted, key: &FingerprintKey) {
    let now = UtcDateTime::from(now());
    let trace = trace(last.identity(noted, CLIENT, key), noted.place(HOST));
    let answer = trace.answered(StatusCode::UNAUTHORIZED, None);
    black_box(history.past(&trace, &answer, now));
    black_box(history.record(&trace, &answer, now));
}

fn trace(identity: Identity, place: Place<'_>) -> Trace<'_> {
    Trace {
        sent: identity.sent,
        client: identity.client,
        place,
        refresh_token: None,
    }
}

/// The best of many short rounds, per turn: what else runs on the machine only adds.
fn nanoseconds(mut turn: impl FnMut(usize)) -> u128 {
    let mut turns = 0..;
    let mut round = || {
        let begun = Instant::now();
        turns.by_ref().take(TURNS).for_each(&mut turn);
        begun.elapsed().as_nanos() / TURNS as u128
    };
    (0..500).map(|_| round()).min().unwrap_or_default()
}

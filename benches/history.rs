//! What an exchange pays for its history: figures of one run, to be compared with each other.
#![allow(clippy::print_stdout, reason = "its output is what a benchmark is for")]

use http::{Request, StatusCode};
use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Instant;
use time::UtcDateTime;
use why401::credentials::mint;
use why401::history::{History, Trace};
use why401::proxy::observe::{LastSent, Noted};
use why401::secret::FingerprintKey;

const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const HOST: &str = "api.bitbucket.org";
const CREDENTIALS: u64 = 100_000;

fn main() {
    let key = FingerprintKey::new([7; 32]);
    let mut history = full(&key);
    let last = LastSent::default();
    let path = |number| format!("/2.0/repositories/acme/site/pullrequests/{number}");
    let tokens: Vec<_> = (0..2000).map(mint::access_token).collect();

    let same = request(&tokens[0], &path(1));
    let repeated = nanoseconds(200_000, |_| succeed(&mut history, &last, &same, &key));
    let calls: Vec<_> = (0..2000).map(|at| request(&tokens[0], &path(at))).collect();
    let elsewhere = nanoseconds(20_000, |turn| {
        succeed(&mut history, &last, &calls[turn % 2000], &key);
    });
    let others: Vec<_> = tokens
        .iter()
        .map(|token| request(token, &path(1)))
        .collect();
    let new = nanoseconds(20_000, |turn| {
        succeed(&mut history, &last, &others[turn % 2000], &key);
    });
    let refused = nanoseconds(20_000, |turn| {
        refuse(&mut history, &last, &calls[turn % 2000], &key);
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
    let now = UtcDateTime::now();
    if last.is_done(noted, StatusCode::OK, now.unix_timestamp()) {
        return;
    }
    let trace = trace(last, noted, key);
    let answer = trace.answered(StatusCode::OK, Some("workspace_access_token"));
    black_box(history.record(&trace, &answer, now));
}

/// What it does, beside the diagnosis, after a 401.
fn refuse(history: &mut History, last: &LastSent, noted: &Noted, key: &FingerprintKey) {
    let now = UtcDateTime::now();
    let trace = trace(last, noted, key);
    let answer = trace.answered(StatusCode::UNAUTHORIZED, None);
    black_box(history.past(&trace, &answer, now));
    black_box(history.record(&trace, &answer, now));
}

fn trace<'a>(last: &LastSent, noted: &'a Noted, key: &FingerprintKey) -> Trace<'a> {
    let identity = last.identity(noted, CLIENT, key);
    Trace {
        sent: identity.sent,
        client: identity.client,
        place: noted.place(HOST),
        refresh_token: None,
    }
}

/// The best of five rounds, per turn: what else runs on the machine only adds.
fn nanoseconds(turns: usize, mut turn: impl FnMut(usize)) -> u128 {
    let round = |turn: &mut dyn FnMut(usize)| {
        let begun = Instant::now();
        (0..turns).for_each(turn);
        begun.elapsed().as_nanos() / turns as u128
    };
    (0..5).map(|_| round(&mut turn)).min().unwrap_or_default()
}

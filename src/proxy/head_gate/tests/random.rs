//! Random exchanges over one connection, through real hyper.

use super::super::*;
use super::rig::*;
use http::Request;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use proptest::prelude::*;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

#[derive(Clone, Debug)]
struct Sent {
    head: String,
    target: String,
    body: Option<(String, bool)>,
}

impl Sent {
    fn bytes(&self, raw: bool) -> Vec<u8> {
        let target = if raw {
            self.target.clone()
        } else {
            self.encoded()
        };
        let framed = match &self.body {
            None => "\r\n".to_owned(),
            Some((body, false)) => format!("Content-Length: {}\r\n\r\n{body}", body.len()),
            Some((body, true)) => format!(
                "Transfer-Encoding: chunked\r\n\r\n{:x};e\r\n{body}\r\n0\r\n\r\n",
                body.len()
            ),
        };
        format!("PUT {target} HTTP/1.1\r\n{}{framed}", self.head).into_bytes()
    }

    fn encoded(&self) -> String {
        self.target
            .replace('<', "%3C")
            .replace('>', "%3E")
            .replace('"', "%22")
    }
}

fn pieces(of: &[&'static str], most: usize) -> impl Strategy<Value = String> + use<> {
    prop::collection::vec(prop::sample::select(of.to_vec()), 1..most)
        .prop_map(|pieces| pieces.concat())
}

fn requests() -> impl Strategy<Value = Sent> {
    let fields = pieces(
        &[
            "X: <kept?>\r\n",
            "Y-y:  GET /?\"\r\n",
            "Z:\r\n",
            "Z: \u{fc}\r\n",
        ],
        5,
    );
    let target = pieces(&["a", "%3C", "<", ">", "\"", "'", "{", "?", "/"], 9);
    let body = pieces(
        &[
            "PUT /smuggled?< HTTP/1.1\r\n\r\n",
            "\r\n\r\n",
            "0\r\n\r\n",
            "x",
        ],
        6,
    );
    let large = prop_oneof![9 => Just(1_usize), 1 => Just(2_000)];
    let body = prop::option::of((body, large, any::<bool>()));
    (fields, target, body).prop_map(|(fields, target, body)| Sent {
        head: format!("Host: h\r\n{fields}"),
        target: format!("/s?{target}"),
        body: body.map(|(body, times, chunked)| (body.repeat(times), chunked)),
    })
}

fn sizes() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(prop_oneof![1..20_usize, 1..5_000_usize], 1..6)
}

/// Writes `bytes` in segments, the sizes over and over; lets the other side run in between.
async fn send(client: &mut DuplexStream, mut bytes: &[u8], sizes: &[usize]) {
    for size in sizes.iter().cycle() {
        let (segment, rest) = bytes.split_at(bytes.len().min(*size));
        client.write_all(segment).await.unwrap();
        tokio::task::yield_now().await;
        bytes = rest;
        if bytes.is_empty() {
            return;
        }
    }
}

fn in_runtime<T>(work: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().start_paused(true).build().unwrap();
    runtime.block_on(work)
}

const LAST: &str = "GET /last HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

/// What hyper alone shows a service, and writes to the client.
async fn without_gate(bytes: &[u8], sizes: &[usize]) -> (Log, String) {
    let log = Log::default();
    let (mut client, server) = tokio::io::duplex(4 * 1024 * 1024);
    let service = {
        let log = Arc::clone(&log);
        service_fn(move |request: Request<Incoming>| {
            let answer = record(Arc::clone(&log), request);
            async { Ok::<_, Infallible>(answer.await) }
        })
    };
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder.preserve_header_case(true).auto_date_header(false);
    tokio::spawn(builder.serve_connection(TokioIo::new(server), service));
    send(&mut client, bytes, sizes).await;
    let mut got = String::new();
    client.read_to_string(&mut got).await.unwrap();
    (log, got)
}

async fn with_gate(bytes: &[u8], sizes: &[usize]) -> (Log, String) {
    let (client, server) = tokio::io::duplex(4 * 1024 * 1024);
    let (log, service) = recorder();
    let mut rig = rig_on(client, server, Settings::default(), service);
    send(&mut rig.client, bytes, sizes).await;
    let got = rig.rest().await;
    assert!(rig.refusals().is_empty());
    (log, got)
}

fn note_and_act(log: &Log, request: Request<RequestBody>, act: u8) -> Recording {
    match act {
        0 => return record(Arc::clone(log), request),
        1 => drop(request.into_body()),
        2 => {
            let body = request.into_body();
            tokio::spawn(async move { body.collect().await.map(drop) });
        }
        _ => {
            let mut body = request.into_body();
            return Box::pin(async move {
                let _first = body.frame().await;
                text("some")
            });
        }
    }
    Box::pin(async { text("early") })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Well-formed requests, pipelined as they come: the gate is not there.
    #[test]
    fn well_formed_exchanges_are_the_same_with_and_without(
        sent in prop::collection::vec(requests(), 1..6),
        sizes in sizes(),
    ) {
        let mut bytes: Vec<u8> = sent.iter().flat_map(|sent| sent.bytes(false)).collect();
        bytes.extend(LAST.as_bytes());
        let (alone, wrote) = in_runtime(without_gate(&bytes, &sizes));
        let (gated, wrote_gated) = in_runtime(with_gate(&bytes, &sizes));
        prop_assert_eq!(&*alone.lock().unwrap(), &*gated.lock().unwrap());
        prop_assert_eq!(wrote, wrote_gated);
    }

    /// Raw targets from a client that waits for each answer: all arrive, encoded, with their bodies.
    #[test]
    fn raw_targets_arrive_encoded(
        sent in prop::collection::vec(requests(), 1..6),
        sizes in sizes(),
    ) {
        let (seen, end) = in_runtime(async {
            let (log, service) = recorder();
            let mut rig = rig(Settings::default(), service);
            for sent in &sent {
                send(&mut rig.client, &sent.bytes(true), &sizes).await;
                rig.response().await;
            }
            let end = rig.ended().await;
            (log.lock().unwrap().clone(), end)
        });
        prop_assert_eq!(end.out_of_step, None);
        prop_assert_eq!(seen.len(), sent.len());
        for (seen, sent) in seen.iter().zip(&sent) {
            prop_assert_eq!(&seen.target, &sent.encoded());
            let body = sent.body.as_ref().map_or("", |(body, _)| body);
            prop_assert_eq!(&*seen.body, body.as_bytes());
        }
    }

    /// Whatever a service does with the bodies, and whatever is pipelined: no request that was not sent.
    #[test]
    fn nothing_is_smuggled(
        sent in prop::collection::vec(requests(), 1..6),
        acts in prop::collection::vec(0..4_u8, 6),
        sizes in sizes(),
    ) {
        let mut bytes: Vec<u8> = sent.iter().flat_map(|sent| sent.bytes(true)).collect();
        bytes.extend(LAST.as_bytes());
        let targets = in_runtime(async {
            let log = Log::default();
            let service = {
                let log = Arc::clone(&log);
                move |request: Request<RequestBody>| {
                    let act = acts[log.lock().unwrap().len()];
                    if act > 0 {
                        note(&log, &request);
                    }
                    note_and_act(&log, request, act)
                }
            };
            let (client, server) = tokio::io::duplex(4 * 1024 * 1024);
            let mut rig = rig_on(client, server, Settings::default(), service);
            send(&mut rig.client, &bytes, &sizes).await;
            rig.end().await;
            targets(&log)
        });
        for (seen, sent) in targets.iter().zip(&sent) {
            prop_assert!(*seen == sent.encoded(), "{} for {}", seen, sent.target);
        }
        prop_assert!(targets.len() <= sent.len() || targets[sent.len()] == "/last");
    }
}

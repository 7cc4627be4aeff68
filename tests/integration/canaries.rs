//! Secrets of many kinds, in every place where one can stand, leave no trace in anything that the proxy says.

pub mod needles;
mod place;

use crate::support::body::{self, Body};
use crate::support::client::{API, Client, Dialer};
use crate::support::origin::Origin;
use crate::support::program::Program;
use crate::support::proxy::Proxy;
use crate::support::wire::Wire;
use crate::support::{Http, schema};
use http::Request;
use needles::Needles;
use place::{PLACES, Place};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// More of them where this variable says so.
const REQUESTS: &str = "WHY401_CANARY_REQUESTS";
/// Says which answer a request gets: of [`OUTCOMES`], or, beyond them, of [`Place::Answer`].
const WANTED: &str = "x-wanted";
/// What the origin does; nothing at all for the empty one.
const OUTCOMES: &[&str] = &[
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno",
    "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
    "HTTP/9.9 what is this\r\n\r\n",
    "",
];

/// A secret of this kind: of no letters that our own words, ids or fingerprints have in this order.
fn secret(kind: usize) -> String {
    let noise = crate::support::mint::noise(u8::try_from(kind + 1).unwrap(), 28);
    let letter = |(at, byte): (usize, u8)| match at % 2 {
        0 => (b'A' + byte % 26) as char,
        _ => (b'a' + byte % 26) as char,
    };
    noise.enumerate().map(letter).collect()
}

fn secrets() -> Vec<String> {
    secrets_of(|_| true)
}

fn secrets_of(fits: impl Fn(&Place) -> bool) -> Vec<String> {
    let kinds = (0..PLACES.len()).filter(|kind| fits(&PLACES[*kind]));
    kinds.map(secret).collect()
}

async fn origin() -> Origin {
    let script = async |mut wire: Wire, _| {
        while let Some(request) = wire.request().await {
            let wanted = request.field(WANTED).and_then(|number| number.parse().ok());
            let wanted: usize = wanted.unwrap_or(1);
            let text = match OUTCOMES.get(wanted) {
                Some(text) => (*text).to_owned(),
                None => match &PLACES[wanted - OUTCOMES.len()] {
                    Place::Answer(write) => write(&secret(wanted - OUTCOMES.len())),
                    _ => panic!("this place is not the origin's"),
                },
            };
            if text.is_empty() || wire.try_send(&text).await.is_err() || text.starts_with("HTTP/9")
            {
                return;
            }
        }
    };
    Origin::new().only(Http::One).script(script).await
}

/// One client after the other: a connection is kept while it holds.
struct Sender {
    dialer: Dialer,
    version: Http,
    open: Option<Client>,
}

impl Sender {
    fn new(dialer: &Dialer, version: Http) -> Self {
        Self {
            dialer: dialer.clone(),
            version,
            open: None,
        }
    }

    /// Sends the canary of this kind; what the client was told, unless the secret came from the origin.
    async fn send(&mut self, kind: usize, outcome: usize) -> Vec<u8> {
        let text = secret(kind);
        let wanted = outcome.to_string();
        let get = |target: &str| Request::get(target).header(WANTED, &wanted);
        let request = match &PLACES[kind] {
            Place::Field(name, write) => get("/2.0/user")
                .header(*name, write(&text))
                .body(body::empty()),
            Place::UserId(write) => get("/2.0/user")
                .header("authorization", write(&text))
                .body(body::empty()),
            Place::Target(write) => get(&write(&text)).body(body::empty()),
            Place::Body(form, write) => Request::post("/site/oauth2/access_token")
                .header(WANTED, &wanted)
                .header("content-type", *form)
                .body(body::full(write(&text))),
            Place::Inside(write) => return by_hand(self.dialer.raw().await, write(&text)).await,
            Place::Port(write) => return by_hand(self.dialer.port().await, write(&text)).await,
            Place::ServerName(write) => {
                let name = write(&text);
                let refused = self
                    .dialer
                    .handshake(&format!("{API}:443"), &name, &[])
                    .await;
                return format!("{:?}", refused.err()).into_bytes();
            }
            Place::Answer(_) => {
                let wanted = (OUTCOMES.len() + kind).to_string();
                let request = Request::get("/2.0/user")
                    .header(WANTED, wanted)
                    .body(body::empty());
                self.exchange(request.unwrap()).await;
                return Vec::new();
            }
        };
        self.exchange(request.unwrap()).await
    }

    async fn exchange(&mut self, request: Request<Body>) -> Vec<u8> {
        let client = match &mut self.open {
            Some(client) => client,
            none => none.insert(self.dialer.http(self.version).await),
        };
        // A connection that the proxy ended, or a target that the client does not send, tells nothing.
        let Ok(answer) = client.try_send(request).await else {
            self.open = None;
            return Vec::new();
        };
        let reason = answer.extensions().get::<hyper::ext::ReasonPhrase>();
        let head = format!("{:?}{:?}{:?}", answer.status(), reason, answer.headers());
        [
            head.into_bytes(),
            body::collect(answer.into_body()).await.0.to_vec(),
        ]
        .concat()
    }
}

/// What comes back at once.
async fn by_hand(mut wire: Wire, head: String) -> Vec<u8> {
    wire.send(head).await;
    wire.some().await
}

fn requests() -> usize {
    let asked = std::env::var(REQUESTS).ok();
    asked.map_or(1_200, |count| count.parse().expect("a number of requests"))
}

/// Sends `count` of them, from the `first` on, so that kinds and outcomes meet in turn; fails when an answer shows one.
async fn sweep(dialer: &Dialer, needles: &Needles, first: usize, count: usize) {
    let mut senders = [Http::One, Http::Two].map(|version| Sender::new(dialer, version));
    for at in first..first + count {
        let (kind, turn) = (at % PLACES.len(), at / PLACES.len());
        let outcome = (kind + turn) % OUTCOMES.len();
        let told = senders[(turn + turn / OUTCOMES.len()) % 2]
            .send(kind, outcome)
            .await;
        needles.assert_absent(&told, &format!("an answer to kind {kind}"));
    }
}

#[test]
fn there_are_forty_kinds_and_more() {
    assert!(PLACES.len() >= 40);
    let mut all = secrets();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), PLACES.len(), "each kind has a secret of its own");
}

/// H-K1, H-K2, H-K3, H-K9: what the program writes and shows at every level, in both forms.
#[tokio::test(flavor = "multi_thread")]
async fn no_canary_is_in_any_sink_of_the_program() {
    let needles = Needles::of(&secrets());
    let is_user = |place: &Place| matches!(place, Place::UserId(_));
    let users = Needles::of(&secrets_of(is_user));
    let others = Needles::of(&secrets_of(|place| !is_user(place)));
    let rounds: &[&[&str]] = &[
        &["--log-level=trace", "--log-format=json", "--log-every"],
        &["--log-level=trace", "--log-format=pretty", "--log-every"],
        &["--log-level=debug", "--annotate=reason,body"],
        &[
            "--log-level=info",
            "--show-user-ids",
            "--silence=no-credentials",
        ],
        &["--log-level=warn"],
        &["--log-level=error"],
    ];
    for (round, arguments) in rounds.iter().enumerate() {
        let origin = origin().await;
        let program = Program::before(&origin, arguments).await;
        let count = requests() / rounds.len();
        sweep(&program.dialer(), &needles, round * count, count).await;
        for path in ["/", "/metrics", "/readyz", "/nothing", "/proxy.pac"] {
            needles.assert_absent(&page(&program, path).await, path);
        }
        let written = program.end().await;
        assert!(written.contains("listens on"), "{written}");
        if arguments.contains(&"--show-user-ids") {
            let is_shown = users.found_in(written.as_bytes()).is_some();
            assert!(is_shown, "what is shown is found: {written}");
            others.assert_absent(written.as_bytes(), "the log with user names");
        } else {
            needles.assert_absent(written.as_bytes(), &format!("the log with {arguments:?}"));
        }
        for line in written.lines().filter(|line| line.starts_with('{')) {
            schema::assert_valid(&serde_json::from_str(line).expect("an event is JSON"));
        }
    }
}

async fn page(program: &Program, path: &str) -> Vec<u8> {
    let dialer = Dialer {
        address: program.admin(),
        ..program.dialer()
    };
    let mut wire = dialer.port().await;
    let host = program.admin();
    wire.send(format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    ))
    .await;
    wire.until_end().await.bytes
}

/// H-K1: a diagnosis that panics with the secret in its message.
#[tokio::test(flavor = "multi_thread")]
async fn no_canary_is_in_what_a_panic_leaves() {
    let needles = Needles::of(&secrets());
    let origin = origin().await;
    let panics = Arc::new(AtomicUsize::new(0));
    let counter = panics.clone();
    let proxy = Proxy::diagnosing(
        &origin,
        Arc::new(move |_, _, _| {
            let at = counter.fetch_add(1, Ordering::Relaxed);
            panic!("{}", secret(at % PLACES.len()))
        }),
    )
    .await;
    sweep(&proxy.dialer, &needles, 0, requests() / 4).await;
    assert!(panics.load(Ordering::Relaxed) > 20);
    for event in proxy.events() {
        needles.assert_absent(event.to_string().as_bytes(), "an event");
    }
}

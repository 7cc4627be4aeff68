//! What the targets of single exchanges share: secrets in their places, a whole judgement, and what must hold of it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, Method, StatusCode};
use rustix::time::{ClockId, clock_gettime};
use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::LazyLock;
use time::macros::utc_datetime;
use why401::credentials::mint;
use why401::diagnosis::{Silenced, diagnose};
use why401::history::{History, Past};
use why401::observation::{Clock, Exchange, Observation, RequestHead, RequestSeen, ResponseSeen};
use why401::output::event::{Context, Event};
use why401::output::field;
use why401::output::text::{self, Screen};
use why401::secret::FingerprintKey;

/// Where requests go: REST, git, the token endpoint, another host.
const CALLS: [(&str, &str); 4] = [
    ("api.bitbucket.org", "/2.0/repositories/acme/site"),
    ("bitbucket.org", "/acme/site.git/info/refs"),
    ("bitbucket.org", "/site/oauth2/access_token"),
    ("git.acme.com", "/acme/site.git/info/refs"),
];

/// Fewer letters in a row than this give nothing of a secret away.
const WINDOW: usize = 6;

/// Longer inputs are read in part: what takes long with so many bytes takes long.
const LONG: usize = 64 * 1024;

/// Secrets of each kind.
pub struct Secrets {
    places: [(&'static str, String); 5],
    windows: HashSet<[u8; WINDOW]>,
}

static NONE: LazyLock<Secrets> = LazyLock::new(|| Secrets {
    windows: HashSet::new(),
    ..Secrets::mint(0)
});
static SETS: LazyLock<Vec<Secrets>> = LazyLock::new(|| (0..16).map(Secrets::mint).collect());

impl Secrets {
    /// One of several sets, chosen by the input. In time the fuzzer learns parts of them: where it wrote one itself,
    /// nothing is said of what comes out.
    pub fn of(data: &[u8]) -> &'static Self {
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(data);
        let set = &SETS[hash as usize % SETS.len()];
        match set.is_in(data) {
            true => &NONE,
            false => set,
        }
    }

    fn is_in(&self, text: &[u8]) -> bool {
        text.windows(WINDOW).any(|part| self.windows.contains(part))
    }

    fn mint(seed: u64) -> Self {
        let (token, access) = (mint::api_token(seed), mint::access_token(seed));
        let (app, password) = (mint::app_password(seed), mint::alphanumerics(seed + 100, 24));
        // Without what all of a kind begin with.
        let tails = [&token[12..], &access[12..], &app[4..], &password];
        let windows = tails.iter().flat_map(|tail| tail.as_bytes().windows(WINDOW));
        Self {
            windows: windows.filter_map(|window| window.try_into().ok()).collect(),
            places: [
                ("{basic}", format!("Basic {}", STANDARD.encode(format!("jane:{token}")))),
                ("{access}", access),
                ("{app}", app),
                ("{password}", password),
                ("{token}", token),
            ],
        }
    }

    /// The text with secrets in their places.
    pub fn put(&self, data: &[u8]) -> Vec<u8> {
        let mut text = Vec::with_capacity(data.len());
        let mut rest = data;
        while let Some((first, tail)) = rest.split_first() {
            match self.places.iter().find(|(place, _)| rest.starts_with(place.as_bytes())) {
                Some((place, value)) => {
                    text.extend_from_slice(value.as_bytes());
                    rest = &rest[place.len()..];
                }
                None => {
                    text.push(*first);
                    rest = tail;
                }
            }
        }
        text
    }

    fn assert_absent(&self, written: &str) {
        assert!(!self.is_in(written.as_bytes()), "a part of a secret came out");
    }
}

/// What is sent, and what is answered.
pub struct Case<'a> {
    pub authorization: Option<&'a [u8]>,
    pub status: StatusCode,
    pub answer: &'a HeaderMap,
    pub body: Option<&'a [u8]>,
}

/// Judges the exchange wherever it may have happened, and holds everything that is written against the secrets.
pub fn judge(case: &Case<'_>, secrets: &Secrets) {
    for (host, path) in CALLS {
        let (request, response) = seen(case, host, path);
        let clock = Clock { date: utc_datetime!(2026-11-24 10:00), agrees: true };
        let mut history = History::new();
        let exchange = Exchange { request, response };
        history.witness(&exchange, None, clock.date);
        let past = history.witness(&exchange, None, clock.date);
        let seen = Observation::Exchange(Box::new(exchange));
        for past in [Past::NONE, past] {
            write(&seen, &past, clock, secrets);
        }
    }
}

fn seen(case: &Case<'_>, host: &str, path: &str) -> (RequestSeen, ResponseSeen) {
    use why401::credentials::Credentials;
    let key = FingerprintKey::new([7; 32]);
    let mut headers = HeaderMap::new();
    headers.insert("user-agent", "curl/8.14.1".parse().expect("a value"));
    let value = case.authorization.and_then(|bytes| bytes.try_into().ok());
    let fits = value.is_some();
    headers.extend(value.map(|value| (http::header::AUTHORIZATION, value)));
    let head = RequestHead {
        method: &Method::GET,
        host,
        path,
        query: None,
        form: None,
        headers: &headers,
        secure: true,
    };
    let mut request = RequestSeen::read(head, &key);
    if let Some(bytes) = case.authorization.filter(|_| !fits) {
        // What no field can hold comes from records and broken heads.
        request.credentials.push(Credentials::parse(bytes, &key));
    }
    (request, ResponseSeen::read(case.status, case.answer, case.body))
}

/// Diagnoses and renders it in every form, and looks for parts of the secrets.
pub fn write(seen: &Observation, past: &Past, clock: Clock, secrets: &Secrets) {
    let report = diagnose(seen, past, clock, &Silenced::default());
    if let Some(field) = field::render(&report, "9f3a1c07-2a") {
        let bytes = field.as_bytes();
        assert!(bytes.len() <= 1024 && bytes.iter().all(|byte| matches!(byte, b' '..=b'~')));
        let list = sfv::Parser::new(bytes).parse::<sfv::List>().expect("an RFC 9651 list");
        assert!((1..=3).contains(&list.len()));
        secrets.assert_absent(field.to_str().expect("ASCII"));
    }
    let context = Context {
        timestamp: clock.date,
        id: "9f3a1c07-2a".to_owned(),
        client: None,
        show_user_ids: false,
        environment: None,
    };
    let Some(event) = Event::new(&report, seen, &context) else { return };
    let lines = [
        serde_json::to_string(&event).expect("strings and numbers"),
        text::render(&event, Screen { width: 80, colour: false }),
    ];
    for written in lines {
        secrets.assert_absent(&written);
        assert!(!written.contains(|c: char| c.is_control() && c != '\n'), "a control character came out");
    }
    secrets.assert_absent(&format!("{seen:?}"));
}

/// Some inputs are tried once more, over and over in 64 KiB: time grows with the length, and no faster.
pub fn is_linear(data: &[u8], work: impl FnOnce(&[u8])) {
    if data.is_empty() || data.iter().fold(data.len(), |sum, byte| sum + usize::from(*byte)) % 64 != 0 {
        return;
    }
    let long = data.repeat(LONG.div_ceil(data.len()));
    let begun = seconds();
    work(&long);
    // Instrumented, the slowest takes a tenth of this.
    let allowed = 0.2 + 20e-6 * long.len() as f64;
    assert!(seconds() - begun < allowed, "too slow for its length");
}

/// Of this thread's own work: whatever else runs on the machine does not count.
fn seconds() -> f64 {
    let spent = clock_gettime(ClockId::ThreadCPUTime);
    spent.tv_sec as f64 + spent.tv_nsec as f64 * 1e-9
}

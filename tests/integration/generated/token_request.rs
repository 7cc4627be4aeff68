//! Requests for tokens, composed of client, grant, encoding and date, against the sandbox's token endpoint.

use super::composition::DATES;
use super::credential::consumer_key;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use std::fmt;
use time::UtcDateTime;
use why401::diagnosis::Certainty::{self, Likely, Possible, Proven};
use why401::diagnosis::taxonomy::Verdict;
use why401::diagnosis::{Finding, Silenced, diagnose};
use why401::history::Past;
use why401::observation::{Clock, Exchange, Observation, RequestHead, RequestSeen, ResponseSeen};
use why401::sandbox::call::{Call, Site};
use why401::sandbox::config::Config;
use why401::sandbox::credential::{Credential, Kind, State};
use why401::sandbox::{Bitbucket, clock, token_endpoint};
use why401::secret::FingerprintKey;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Client {
    Right,
    /// By two parameters of the form.
    InForm,
    WrongSecret,
    Public,
    Revoked,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grant {
    ClientCredentials,
    RefreshToken,
    UnknownRefreshToken,
    Code,
    /// Gone since 2022-03-01 (A12).
    Password,
    /// Nobody ever offered it.
    Unknown,
    Missing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Form,
    Json,
}

const CLIENTS: &[Client] = &[
    Client::Right,
    Client::InForm,
    Client::WrongSecret,
    Client::Public,
    Client::Revoked,
    Client::None,
];
const GRANTS: &[Grant] = &[
    Grant::ClientCredentials,
    Grant::RefreshToken,
    Grant::UnknownRefreshToken,
    Grant::Code,
    Grant::Password,
    Grant::Unknown,
    Grant::Missing,
];

struct Asked {
    client: Client,
    grant: Grant,
    encoding: Encoding,
    date: UtcDateTime,
}

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} from {:?} in {:?} on {}",
            self.grant, self.client, self.encoding, self.date
        )
    }
}

impl Asked {
    fn key_and_secret(&self) -> (String, &'static str) {
        let secret = match self.client {
            Client::WrongSecret => "wrong",
            Client::Public => "public",
            Client::Revoked => "revoked",
            _ => "right",
        };
        (consumer_key(), secret)
    }

    fn body(&self) -> String {
        let mut body = match self.grant {
            Grant::ClientCredentials => "grant_type=client_credentials".to_owned(),
            Grant::RefreshToken => "grant_type=refresh_token&refresh_token=refresh".to_owned(),
            Grant::UnknownRefreshToken => "grant_type=refresh_token&refresh_token=no".to_owned(),
            Grant::Code => "grant_type=authorization_code&code=code".to_owned(),
            Grant::Password => "grant_type=password&username=jdoe&password=account".to_owned(),
            Grant::Unknown => "grant_type=implicit".to_owned(),
            Grant::Missing => "scope=account".to_owned(),
        };
        if self.client == Client::InForm {
            let (key, secret) = self.key_and_secret();
            body = format!("{body}&client_id={key}&client_secret={secret}");
        }
        body
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if !matches!(self.client, Client::None | Client::InForm) {
            let (key, secret) = self.key_and_secret();
            let field = crate::support::mint::basic(&key, secret);
            headers.insert(AUTHORIZATION, HeaderValue::from_str(&field).expect("ASCII"));
        }
        let encoding = match self.encoding {
            Encoding::Form => "application/x-www-form-urlencoded",
            Encoding::Json => "application/json",
        };
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(encoding));
        headers
    }

    /// What the facts make of it (A12, A14, B27, I5, I8); `None` where it is right.
    fn first(&self) -> Option<(&'static str, Certainty)> {
        let misconfigured = "oauth-consumer-misconfigured";
        let ended = self.date.year() >= 2022 && self.date >= DATES[1];
        match (self.encoding, self.grant, self.client) {
            (Encoding::Json, ..) => Some(("token-request-not-form-encoded", Proven)),
            (_, Grant::Missing, _) => Some(("token-request-not-form-encoded", Likely)),
            (_, Grant::Unknown, _) => Some((misconfigured, Proven)),
            (_, Grant::Password, _) if ended => Some((misconfigured, Proven)),
            (_, _, Client::None) => Some((misconfigured, Proven)),
            (_, _, Client::WrongSecret | Client::Revoked) => Some((misconfigured, Likely)),
            (_, Grant::ClientCredentials, Client::Public) => Some((misconfigured, Proven)),
            (_, Grant::UnknownRefreshToken, _) => Some(("spent-refresh-token", Possible)),
            _ => None,
        }
    }

    fn findings(&self) -> (bool, Vec<Finding>) {
        let (bitbucket, body, headers) = (bitbucket(self.date), self.body(), self.headers());
        let call = Call {
            site: Site::Web,
            method: Method::POST,
            path: "/site/oauth2/access_token".to_owned(),
            query: None,
            headers,
            client: [127, 0, 0, 1].into(),
        };
        let answer = token_endpoint::answer(&call, body.as_bytes(), &bitbucket);
        let head = RequestHead {
            method: &call.method,
            host: "bitbucket.org",
            path: &call.path,
            query: None,
            form: (self.encoding == Encoding::Form).then_some(body.as_bytes()),
            headers: &call.headers,
            secure: true,
        };
        let words = (!answer.status.is_success()).then_some(&*answer.body);
        let seen = Observation::Exchange(Box::new(Exchange {
            request: RequestSeen::read(head, &FingerprintKey::new([7; 32])),
            response: ResponseSeen::read(answer.status, &answer.headers, words),
        }));
        let clock = Clock {
            date: self.date,
            agrees: true,
        };
        let report = diagnose(&seen, &Past::NONE, clock, &Silenced::default());
        (answer.status.is_success(), report.findings)
    }
}

fn bitbucket(date: UtcDateTime) -> Bitbucket {
    let consumer = |state, secret: &str| Credential {
        username: consumer_key(),
        ..Credential::new(Kind::OauthConsumer, state, secret.to_owned())
    };
    let config = Config {
        rate_limits: false,
        credentials: vec![
            consumer(State::Good, "right"),
            consumer(State::Public, "public"),
            consumer(State::Revoked, "revoked"),
            Credential::new(Kind::OauthRefreshToken, State::Good, "refresh".to_owned()),
            Credential::new(Kind::OauthCode, State::Good, "code".to_owned()),
            Credential::new(Kind::AccountPassword, State::Good, "account".to_owned()),
        ],
        ..Config::default()
    };
    Bitbucket::configured(clock::Clock::starting_at(date), config)
}

fn complaint(asked: &Asked) -> Option<String> {
    let (accepted, found) = asked.findings();
    let first = found.first().map(|one| (one.mistake, one.certainty));
    let told: Vec<_> = found.iter().map(|one| one.mistake).collect();
    let expected = asked.first();
    let blames = found.iter().any(|one| one.verdict != Verdict::Note);
    match expected {
        None if accepted && !blames => None,
        None => Some(format!("{asked:?}: accepted {accepted}, {told:?}")),
        Some(_) if !accepted && first == expected => None,
        Some(_) => Some(format!("{asked:?}: {first:?} {told:?}, not {expected:?}")),
    }
}

#[test]
fn requests_for_tokens_are_diagnosed_truly() {
    let mut complaints = Vec::new();
    for date in DATES.iter().step_by(3) {
        for (client, grant) in CLIENTS
            .iter()
            .flat_map(|client| GRANTS.iter().map(move |grant| (client, grant)))
        {
            for encoding in [Encoding::Form, Encoding::Json] {
                let asked = Asked {
                    client: *client,
                    grant: *grant,
                    encoding,
                    date: *date,
                };
                complaints.extend(complaint(&asked));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

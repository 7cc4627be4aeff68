//! Stories of a credential, told exchange by exchange, and what each leaves for the next.

use super::*;
use crate::credentials::mint;
use crate::diagnosis::{Silenced, diagnose};
use crate::observation::{Clock, Observation, RequestHead, RequestSeen, ResponseSeen};
use crate::secret::FingerprintKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, Method, StatusCode};
use time::macros::utc_datetime;
use time::{Duration, UtcDateTime};

const NOON: UtcDateTime = utc_datetime!(2026-11-24 12:00);
const REST: &str = "https://api.bitbucket.org/2.0/repositories/acme/site";
const GIT: &str = "https://bitbucket.org/acme/site.git/info/refs";

/// One exchange of a story.
#[derive(Clone)]
struct Call {
    url: &'static str,
    field: String,
    user_agent: &'static str,
    status: u16,
    credential_type: Option<&'static str>,
}

fn call(status: u16, field: &str) -> Call {
    Call {
        url: REST,
        field: field.to_owned(),
        user_agent: "curl/8.14.1",
        status,
        credential_type: (status < 300).then_some("api_token"),
    }
}

impl Call {
    fn to(self, url: &'static str) -> Self {
        Self { url, ..self }
    }

    fn typed(self, name: &'static str) -> Self {
        Self {
            credential_type: Some(name),
            ..self
        }
    }

    fn untyped(self) -> Self {
        Self {
            credential_type: None,
            ..self
        }
    }

    fn by(self, user_agent: &'static str) -> Self {
        Self { user_agent, ..self }
    }

    fn exchange(&self) -> Exchange {
        let mut headers = HeaderMap::new();
        headers.insert("user-agent", self.user_agent.parse().unwrap());
        if !self.field.is_empty() {
            headers.insert("authorization", self.field.parse().unwrap());
        }
        let address = self.url.strip_prefix("https://").unwrap();
        let (host, target) = address.split_at(address.find('/').unwrap());
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let head = RequestHead {
            method: &Method::GET,
            host,
            path,
            query: Some(query),
            form: None,
            headers: &headers,
            secure: true,
        };
        let mut answer = HeaderMap::new();
        if let Some(name) = self.credential_type {
            answer.insert("x-credential-type", name.parse().unwrap());
        }
        Exchange {
            request: RequestSeen::read(head, &FingerprintKey::new([7; 32])),
            response: ResponseSeen::read(StatusCode::from_u16(self.status).unwrap(), &answer, None),
        }
    }
}

fn basic(user: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{secret}")))
}

fn seconds(number: usize) -> Duration {
    Duration::seconds(i64::try_from(number).unwrap())
}

/// The past of each call, a minute apart.
fn pasts(calls: &[Call]) -> Vec<Past> {
    let mut history = History::new();
    let times = (0..).map(|minute| NOON + seconds(minute * 60));
    let told = calls
        .iter()
        .zip(times)
        .map(|(call, now)| history.witness(&call.exchange(), None, now));
    told.collect()
}

/// The past of the last call.
fn past(calls: &[Call]) -> Past {
    *pasts(calls).last().unwrap()
}

/// The findings about the last call.
fn slugs(calls: &[Call]) -> Vec<&'static str> {
    let exchange = calls.last().unwrap().exchange();
    let seen = Observation::Exchange(Box::new(exchange));
    let clock = Clock {
        date: NOON,
        agrees: true,
    };
    let report = diagnose(&seen, &past(calls), clock, &Silenced::default());
    report
        .findings
        .iter()
        .map(|finding| finding.mistake)
        .collect()
}

#[test]
fn what_never_worked_has_no_past() {
    let field = basic("jane@acme.com", &mint::api_token(1));
    let refused = call(401, &field);
    let calls = [refused.clone(), refused.clone(), refused];
    assert_eq!(pasts(&calls), [Past::NONE; 3]);
    assert_eq!(slugs(&calls)[0], "api-token-without-scopes");
}

#[test]
fn what_worked_before_is_no_mistake_of_kind_or_user() {
    let field = basic("jane", &mint::api_token(1));
    assert_eq!(slugs(&[call(401, &field)])[0], "api-token-with-username");
    let calls = [call(200, &field), call(401, &field), call(401, &field)];
    let past = past(&calls);
    assert!(past.accepted && past.accepted_here && !past.accepted_otherwise);
    let slugs = slugs(&calls);
    for eliminated in [
        "api-token-with-username",
        "api-token-without-scopes",
        "damaged-token",
        "wrong-product-token",
        "wrong-secret",
    ] {
        assert!(!slugs.contains(&eliminated), "{slugs:?}");
    }
}

#[test]
fn the_same_secret_under_another_user_id_or_on_another_surface() {
    let token = mint::api_token(1);
    let good = call(200, &basic("jane@acme.com", &token));
    for other in [
        call(401, &basic("jane", &token)),
        call(401, &basic("jane@acme.com", &token)).to(GIT),
        call(401, &format!("Bearer {token}")),
    ] {
        let past = past(&[good.clone(), other.clone()]);
        assert!(
            past.accepted && past.accepted_otherwise && !past.accepted_here,
            "{} {}",
            other.url,
            other.field
        );
    }
    let slugs = slugs(&[good, call(401, &basic("jane", &token))]);
    assert_eq!(slugs[0], "api-token-with-username");
}

#[test]
fn a_credential_that_was_recognised_was_accepted() {
    let field = basic("jane@acme.com", &mint::api_token(1));
    let forbidden = call(403, &field).typed("api_token");
    assert!(past(&[forbidden, call(401, &field)]).accepted_here);
    assert!(!past(&[call(403, &field), call(401, &field)]).accepted);
    assert!(!past(&[call(302, &field), call(401, &field)]).accepted);
}

#[test]
fn a_scheme_that_is_not_read_proves_nothing() {
    let field = format!("token {}", mint::api_token(1));
    let public = call(200, &field).untyped();
    assert!(!past(&[public, call(401, &field)]).accepted);
}

#[test]
fn another_host_tells_nothing_about_a_credential() {
    let field = basic("jane@acme.com", &mint::api_token(1));
    let there = call(200, &field)
        .to("https://example.com/2.0/user")
        .untyped();
    let past = past(&[there.clone(), call(401, &field)]);
    assert!(!past.accepted && past.client_authenticates);
    assert!(!pasts(&[call(200, &field), there])[1].accepted);
}

#[test]
fn a_single_refusal_between_successes_and_the_end_of_a_credential() {
    let field = basic("jane@acme.com", &mint::api_token(1));
    let alternates = |statuses: &[u16]| {
        let calls: Vec<_> = statuses
            .iter()
            .map(|status| call(*status, &field))
            .collect();
        let pasts = pasts(&calls);
        let told = pasts.iter().zip(statuses);
        let refused = told.filter(|(_, status)| **status == 401);
        refused.map(|(past, _)| past.alternates).collect::<Vec<_>>()
    };
    assert_eq!(alternates(&[401, 200]), [false]);
    assert_eq!(alternates(&[200, 401, 200]), [true]);
    assert_eq!(alternates(&[200, 401, 401, 401]), [true, false, false]);
    assert_eq!(alternates(&[200, 401, 200, 401, 401]), [true, true, true]);
}

#[test]
fn only_minutes_and_the_same_call_make_it_alternate() {
    let field = basic("jane@acme.com", &mint::api_token(1));
    let other = call(401, &field).to("https://api.bitbucket.org/2.0/user");
    assert!(!past(&[call(200, &field), other]).alternates);
    for (minutes, expected) in [(4, true), (6, false), (-4, true), (-6, false)] {
        let mut history = History::new();
        history.witness(&call(200, &field).exchange(), None, NOON);
        let later = NOON + Duration::minutes(minutes);
        let past = history.witness(&call(401, &field).exchange(), None, later);
        assert_eq!(past.alternates, expected, "after {minutes} minutes");
    }
}

#[test]
fn pushing_is_another_call_than_fetching() {
    let fetch = "https://bitbucket.org/acme/site.git/info/refs?service=git-upload-pack";
    let push = "https://bitbucket.org/acme/site.git/info/refs?service=git-receive-pack";
    let field = basic("jane", &mint::api_token(1));
    let past = |url| past(&[call(200, &field).to(fetch), call(401, &field).to(url)]);
    assert!(past(fetch).alternates && !past(push).alternates);
    assert!(past(push).accepted_here);
}

#[test]
fn a_newer_secret_of_the_same_person_works() {
    let (old, new) = (mint::api_token(1), mint::api_token(2));
    let refused = |user: &str| call(401, &basic(user, &old));
    let accepted = |user: &str| call(200, &basic(user, &new));
    let newer = |calls: &[Call]| past(calls).newer_accepted;
    let jane = "jane@acme.com";
    assert!(newer(&[refused(jane), accepted(jane), refused(jane)]));
    let worked = call(200, &basic(jane, &old));
    assert!(newer(&[worked, accepted(jane), refused(jane)]));
    assert!(!newer(&[accepted(jane), refused(jane)]), "not seen before");
    assert!(!newer(&[
        refused(jane),
        accepted("john@acme.com"),
        refused(jane)
    ]));
    // Shared by everybody who uses an access token.
    let shared = "x-token-auth";
    assert!(!newer(&[
        refused(shared),
        accepted(shared),
        refused(shared)
    ]));
    let last = call(401, &basic(jane, &new));
    assert!(!newer(&[refused(jane), accepted(jane), last]));
}

#[test]
fn a_clock_that_jumps_back_makes_nothing_newer() {
    let (old, new) = (mint::api_token(1), mint::api_token(2));
    let refused = call(401, &basic("jane", &old)).exchange();
    let mut history = History::new();
    history.witness(&refused, None, NOON);
    let accepted = call(200, &basic("jane", &new)).exchange();
    history.witness(&accepted, None, NOON - Duration::HOUR);
    assert!(!history.witness(&refused, None, NOON).newer_accepted);
}

#[test]
fn an_access_token_that_works_elsewhere() {
    let other = "https://api.bitbucket.org/2.0/repositories/acme/other";
    let foreign = "https://api.bitbucket.org/2.0/repositories/zeta/site";
    let field = format!("Bearer {}", mint::access_token(1));
    let good = |name| call(200, &field).typed(name);
    let outside =
        |name, url| past(&[good(name), call(404, &field).to(url)]).accepted_in_other_resource;
    assert!(outside("repo_access_token", other));
    assert!(!outside("project_access_token", other));
    assert!(outside("workspace_access_token", foreign));
    assert!(!outside("repo_access_token", REST));
    let api = basic("jane@acme.com", &mint::api_token(1));
    let person = past(&[call(200, &api), call(404, &api).to(foreign)]);
    assert!(!person.accepted_in_other_resource);
}

#[test]
fn a_client_that_has_credentials_elsewhere() {
    let bearer = call(200, &format!("Bearer {}", mint::access_token(1)));
    let anonymous = call(404, "");
    let netrc = call(401, &basic("jane", "hunter2hunter2"));
    assert!(past(&[bearer.clone(), anonymous.clone()]).client_authenticates);
    assert!(!past(&[bearer.clone(), anonymous.by("other/1")]).client_authenticates);
    assert!(past(&[bearer.clone(), netrc.clone()]).netrc_suspect);
    assert!(!past(&[netrc.clone(), netrc]).netrc_suspect);
    assert!(!past(&[bearer.clone(), bearer]).netrc_suspect);
}

#[test]
fn one_acceptance_of_a_failing_checksum_acquits_its_beginning() {
    let damaged = |seed| basic("jane@acme.com", &mint::api_token(seed)[..150]);
    let refused = call(401, &damaged(2));
    assert_eq!(slugs(std::slice::from_ref(&refused))[0], "damaged-token");
    let calls = [call(200, &damaged(1)), refused.clone()];
    assert!(past(&calls).checksum_disproved);
    assert!(!slugs(&calls).contains(&"damaged-token"));
    let public = call(200, &damaged(1)).untyped();
    assert!(!past(&[public, refused]).checksum_disproved);
    let other_kind = call(401, &format!("Bearer {}", &mint::access_token(1)[..150]));
    assert!(!past(&[call(200, &damaged(1)), other_kind]).checksum_disproved);
}

#[test]
fn that_is_news_once() {
    let mut history = History::new();
    let mut record = |seed| {
        let exchange = call(200, &basic("jane", &mint::api_token(seed)[..150])).exchange();
        let trace = Trace::of(&exchange.request, None);
        history.record(&trace, &Answer::of(&exchange), NOON)
    };
    assert_eq!(record(1), Some(SecretKind::ApiToken));
    assert_eq!((record(1), record(2)), (None, None));
}

#[test]
fn a_refresh_token_that_was_used_or_is_none() {
    let key = FingerprintKey::new([7; 32]);
    let consumer = basic("key", "secret");
    let exchange = call(200, &consumer)
        .to("https://bitbucket.org/site/oauth2/access_token")
        .exchange();
    let trace = |token: &str| Trace {
        refresh_token: Some(key.secret(token.as_bytes())),
        ..Trace::of(&exchange.request, None)
    };
    let (granted, refused) = (StatusCode::OK, StatusCode::BAD_REQUEST);
    let answer = |status| Answer::new(Surface::TokenEndpoint, status, None);
    let mut history = History::new();
    let mut seen = |token: &str, status| {
        let past = history.past(&trace(token), &answer(status), NOON);
        history.record(&trace(token), &answer(status), NOON);
        past.refresh_token
    };
    assert_eq!(seen("refused", refused), RefreshToken::Unknown);
    assert_eq!(seen("refused", refused), RefreshToken::Unknown);
    assert_eq!(seen("one-use", granted), RefreshToken::Unknown);
    assert_eq!(seen("one-use", refused), RefreshToken::Used);
    let access = call(200, "Bearer an-access-token");
    history.witness(&access.exchange(), None, NOON);
    let past = history.past(&trace("an-access-token"), &answer(refused), NOON);
    assert_eq!(past.refresh_token, RefreshToken::AccessToken);
}

#[test]
fn the_field_tells_nothing_about_others() {
    let (old, new) = (mint::api_token(1), mint::api_token(2));
    let calls = [
        call(200, &basic("jane", &old)),
        call(200, &basic("jane", &new)),
        call(200, &format!("Bearer {}", mint::access_token(1))),
        call(401, &basic("jane", &old)),
    ];
    let all = past(&calls);
    assert!(all.newer_accepted && all.client_authenticates && all.netrc_suspect);
    let own = all.of_this_secret_only();
    assert!(own.accepted && own.accepted_here);
    assert!(!own.newer_accepted && !own.client_authenticates && !own.netrc_suspect);
}

/// A trace like this one of the credential with a number, of a client and a person of its own.
fn numbered<'a>(trace: &Trace<'a>, number: u64) -> Trace<'a> {
    Trace {
        sent: trace.sent.map(|sent| Sent {
            secret: number,
            user_id: Some(number),
            ..sent
        }),
        client: ClientId(number),
        ..*trace
    }
}

#[test]
fn a_hundred_thousand_credentials_fit_into_32_mib_and_more_push_out_the_oldest() {
    let (good, bad) = (StatusCode::OK, StatusCode::UNAUTHORIZED);
    let answer = |status| Answer::new(Surface::Rest, status, None);
    let exchange = call(200, &basic("jane@acme.com", &mint::api_token(1))).exchange();
    let trace = Trace::of(&exchange.request, None);
    let numbered = |number| numbered(&trace, number);
    let mut history = History::new();
    let count = CREDENTIALS as u64;
    for number in 0..count {
        history.record(&numbered(number), &answer(good), NOON);
        history.record(&numbered(number + count), &answer(bad), NOON);
    }
    let accepted = |history: &History, number| {
        let trace = numbered(number);
        history.past(&trace, &answer(bad), NOON).accepted
    };
    assert!(
        (0..count)
            .step_by(997)
            .all(|number| accepted(&history, number))
    );
    let full = history.bytes();
    assert!(full <= 32 << 20, "{full} bytes");

    history.record(&numbered(0), &answer(good), NOON);
    history.record(&numbered(3 * count), &answer(good), NOON);
    assert!(accepted(&history, 0), "used again before it was the oldest");
    assert!(!accepted(&history, 1), "the oldest made room");
    assert_eq!(history.bytes(), full);
}

#[test]
fn many_tried_secrets_push_out_none_that_works() {
    let answer = |status| Answer::new(Surface::Rest, status, None);
    let exchange = call(200, &basic("jane@acme.com", &mint::api_token(1))).exchange();
    let trace = Trace::of(&exchange.request, None);
    let numbered = |number| numbered(&trace, number);
    let mut history = History::new();
    history.record(&numbered(1), &answer(StatusCode::OK), NOON);
    for number in 2..150_000 {
        history.record(&numbered(number), &answer(StatusCode::UNAUTHORIZED), NOON);
    }
    let past = history.past(&numbered(1), &answer(StatusCode::UNAUTHORIZED), NOON);
    assert!(past.accepted);
}

//! Credentials among the parameters of a request: each name, in query and form, by surface and by date.

use super::super::*;
use crate::credentials::mint;
use crate::observation::{Exchange, RequestHead, RequestSeen, ResponseSeen};
use crate::secret::FingerprintKey;
use http::{HeaderMap, Method, StatusCode};
use time::UtcDateTime;
use time::macros::utc_datetime;

const OWN: &[(&str, &str)] = &[
    ("api.bitbucket.org", "/2.0/user"),
    ("bitbucket.org", "/acme/site.git/info/refs"),
    ("bitbucket.org", "/acme/site/get/main.tar.gz"),
];
const TODAY: UtcDateTime = utc_datetime!(2026-11-24 10:30);

/// Findings with their certainty, for these parameters in the query and in a form.
fn found(
    place: (&str, &str),
    parameters: &str,
    date: UtcDateTime,
) -> Vec<(&'static str, Certainty)> {
    let [in_query, in_form] = [true, false].map(|in_query| {
        let headers = HeaderMap::new();
        let head = RequestHead {
            method: &Method::POST,
            host: place.0,
            path: place.1,
            query: in_query.then_some(parameters),
            form: (!in_query).then_some(parameters.as_bytes()),
            headers: &headers,
            secure: true,
        };
        let exchange = Exchange {
            request: RequestSeen::read(head, &FingerprintKey::new([7; 32])),
            response: ResponseSeen::read(StatusCode::UNAUTHORIZED, &headers, None),
        };
        let seen = Observation::Exchange(Box::new(exchange));
        let clock = Clock { date, agrees: true };
        let report = diagnose(&seen, &Past::NONE, clock, &Silenced::default());
        let shown = report.findings.iter();
        shown
            .map(|finding| (finding.mistake, finding.certainty))
            .collect::<Vec<_>>()
    });
    assert_eq!(in_query, in_form, "{parameters} in query and form");
    in_query
}

const IN_QUERY: &str = "oauth-token-in-query";

#[test]
fn a_token_is_refused_there_by_the_rules_of_its_day() {
    use Certainty::*;
    for place in OWN {
        for (date, expected) in [
            // The way is no cause yet.
            (utc_datetime!(2025-06-01 12:00), ("wrong-secret", Possible)),
            (utc_datetime!(2026-02-19 23:59), ("wrong-secret", Possible)),
            (utc_datetime!(2026-02-20 00:00), (IN_QUERY, Possible)),
            (utc_datetime!(2026-04-19 23:59), (IN_QUERY, Possible)),
            (utc_datetime!(2026-04-20 00:00), (IN_QUERY, Likely)),
            (utc_datetime!(2026-05-03 23:59), (IN_QUERY, Likely)),
            (utc_datetime!(2026-05-04 00:00), (IN_QUERY, Proven)),
            (TODAY, (IN_QUERY, Proven)),
        ] {
            assert_eq!(
                found(*place, "access_token=abcdef&page=2", date),
                [expected],
                "{place:?} {date}"
            );
        }
    }
}

#[test]
fn a_request_that_carries_a_credential_is_not_anonymous() {
    for place in OWN {
        for parameters in ["oauth_token=a", "oauth_signature=a", "jwt=a"] {
            assert_eq!(
                found(*place, parameters, TODAY),
                [],
                "{place:?} {parameters}"
            );
        }
        let signed = found(
            *place,
            "oauth_consumer_key=a&oauth_token=b&oauth_signature=c",
            TODAY,
        );
        assert_eq!(signed, [("oauth1-signature", Certainty::Likely)]);
        let both = found(
            *place,
            "access_token=a&oauth_consumer_key=a&oauth_signature=c",
            TODAY,
        );
        let slugs: Vec<_> = both.iter().map(|(slug, _)| *slug).collect();
        assert_eq!(
            slugs,
            [
                "conflicting-credentials",
                "oauth-token-in-query",
                "oauth1-signature"
            ]
        );
    }
}

/// Only what the token's own beginning says; and on other hosts nothing at all.
#[test]
fn the_kind_of_the_token_is_judged_as_well() {
    let api = ("api.bitbucket.org", "/2.0/user");
    let slugs = |place, token: &str| -> Vec<&str> {
        let found = found(place, &format!("access_token={token}"), TODAY);
        found.into_iter().map(|(slug, _)| slug).collect()
    };
    let cut = &mint::access_token(1)[..128];
    assert_eq!(slugs(api, cut), ["oauth-token-in-query", "damaged-token"]);
    let gone = mint::app_password(1);
    assert_eq!(
        slugs(api, &gone),
        ["app-password-removed", "oauth-token-in-query"]
    );
    assert_eq!(
        slugs(api, "undefined"),
        ["unexpanded-placeholder", "oauth-token-in-query"]
    );
    assert_eq!(slugs(api, "***"), ["masked-secret", "oauth-token-in-query"]);
    assert!(slugs(("git.acme.com", "/rest"), cut).is_empty());
}

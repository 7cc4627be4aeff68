//! The fields that Bitbucket's edge adds to every answer (B1, B7).

use crate::sandbox::call::Site;
use crate::sandbox::clock::Clock;
use http::header::{DATE, Entry, SERVER, VARY};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::sync::atomic::{AtomicU64, Ordering};
use time::UtcDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

/// RFC 9110 5.6.7.
const HTTP_DATE: &[BorrowedFormatItem<'_>] = format_description!(
    "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
);

/// Counts what it has answered.
#[derive(Debug, Default)]
pub struct Edge(AtomicU64);

impl Edge {
    /// Adds its fields; what the answer says itself stands.
    pub fn dress(&self, headers: &mut HeaderMap, status: StatusCode, site: Site, clock: &Clock) {
        let count = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(date) = http_date(clock.now()) {
            headers.insert(DATE, date);
        }
        let server = match (site, status) {
            (Site::Files, _) => "AmazonS3",
            (_, StatusCode::UNAUTHORIZED) => "envoy",
            _ => "AtlassianEdge",
        };
        add(headers, SERVER, HeaderValue::from_static(server));
        if site != Site::Files && status != StatusCode::UNAUTHORIZED {
            add(headers, X_REQUEST_COUNT, count.into());
            add(headers, VARY, VARIES);
        }
    }
}

const X_REQUEST_COUNT: HeaderName = HeaderName::from_static("x-request-count");
const VARIES: HeaderValue =
    HeaderValue::from_static("Authorization, Origin, cookie, user-context, Accept-Encoding");

fn add(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    if let Entry::Vacant(place) = headers.entry(name) {
        place.insert(value);
    }
}

fn http_date(date: UtcDateTime) -> Option<HeaderValue> {
    HeaderValue::from_str(&date.format(HTTP_DATE).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::utc_datetime;

    #[test]
    fn an_answer_carries_the_date_that_the_sandbox_lives_in() {
        let clock = Clock::starting_at(utc_datetime!(2026-06-05 0:05));
        let mut headers = HeaderMap::new();
        Edge::default().dress(&mut headers, StatusCode::OK, Site::Api, &clock);
        let date = headers[DATE].to_str().unwrap();
        assert!(date.starts_with("Fri, 05 Jun 2026 00:05:0"), "{date}");
        assert_eq!(headers[SERVER], "AtlassianEdge");
    }

    #[test]
    fn a_401_comes_from_the_proxy_in_front() {
        let (clock, mut headers) = (Clock::of_today(), HeaderMap::new());
        Edge::default().dress(&mut headers, StatusCode::UNAUTHORIZED, Site::Api, &clock);
        assert_eq!(headers[SERVER], "envoy");
        assert!(!headers.contains_key(X_REQUEST_COUNT));
    }
}

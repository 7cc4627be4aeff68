//! HARs as browsers, proxies and API clients export them.

use super::*;
use time::macros::utc_datetime;

const REFUSED: &str = "GET api.bitbucket.org/2.0/user 401 Basic ApiToken";

/// One entry between others' ornaments.
fn har(request: &str, response: &str) -> String {
    format!(
        r#"{{"log": {{"version": "1.2", "comment": "x", "pages": [{{"id": "p"}}], "_extra": {{"a": [1, {{}}]}},
            "entries": [{{"_resourceType": "xhr", "startedDateTime": "2025-12-24T21:13:53.5+01:00",
              "request": {request}, "response": {response}, "cache": {{}}, "timings": {{"send": -1}}}}]}}}}"#
    )
}

const RESPONSE: &str = r#"{"status": 401, "headers": [{"name": "WWW-Authenticate", "value": "Basic"}],
    "content": {"size": 9, "text": "Bitbucket Cloud recently stopped supporting account passwords for Git authentication."}}"#;

#[test]
fn an_entry_becomes_a_record() {
    let request = r#"{"method": "GET", "url": "https://api.bitbucket.org/2.0/user", "headers": [{"name": "AUTHORIZATION", "value": "{basic}", "comment": ""}], "postData": {"text": "x"}}"#;
    let records = records(&har(request, RESPONSE));
    assert_eq!(shown(&records[0]), REFUSED);
    assert_eq!(records[0].date, Some(utc_datetime!(2025-12-24 20:13:53)));
    assert_eq!(
        (records[0].entry, records[0].line, words(&records[0])),
        (0, 2, 1)
    );
}

#[test]
fn credentials_in_a_form_are_seen() {
    let request = |kind: &str| {
        format!(
            r#"{{"method": "POST", "url": "https://api.bitbucket.org/2.0/user", "postData": {{"mimeType": "{kind}", "text": "a=b&access_token=abc"}}}}"#
        )
    };
    let carries = |kind: &str| {
        let Some(Observation::Exchange(exchange)) =
            &records(&har(&request(kind), RESPONSE))[0].observation
        else {
            panic!("an exchange");
        };
        exchange.request.form.access_token.is_some()
    };
    assert!(carries("application/x-www-form-urlencoded; charset=UTF-8"));
    assert!(!carries("application/json"));
}

#[test]
fn a_form_may_be_listed_as_parameters_only() {
    let request = r#"{"method": "POST", "url": "https://api.bitbucket.org/2.0/user", "postData":
        {"mimeType": "application/x-www-form-urlencoded", "text": "", "params": [
            {"name": "title", "value": "a&b=50%25"}, {"name": "access_token", "value": "${TOKEN}"}]}}"#;
    let records = records(&har(request, RESPONSE));
    let Some(Observation::Exchange(exchange)) = &records[0].observation else {
        panic!("an exchange");
    };
    let form = &exchange.request.form;
    assert!(form.access_token.is_some() && form.fault.is_some());
}

#[test]
fn a_recognised_credential_that_is_not_shown_was_dropped() {
    let request =
        r#"{"method": "GET", "url": "https://api.bitbucket.org/2.0/user", "headers": []}"#;
    let hides = |fields: &str| {
        let response = format!(r#"{{"status": 404, "headers": [{fields}]}}"#);
        let records = records(&har(request, &response));
        let Some(Observation::Exchange(exchange)) = &records[0].observation else {
            panic!("an exchange");
        };
        exchange.request.recorded.hides()
    };
    assert!(hides(
        r#"{"name": "X-Credential-Type", "value": "api_token"}"#
    ));
    assert!(!hides(""));
}

#[test]
fn only_a_refusal_has_words_of_refusal() {
    let request =
        r#"{"method": "GET", "url": "https://api.bitbucket.org/2.0/user", "headers": []}"#;
    let said =
        "Bitbucket Cloud recently stopped supporting account passwords for Git authentication.";
    let read = |status: u16, length: usize| {
        let text = format!("{said}{}", ".".repeat(length));
        let response = format!(r#"{{"status": {status}, "content": {{"text": "{text}"}}}}"#);
        words(&records(&har(request, &response))[0])
    };
    assert_eq!((read(200, 10), read(200, 9000), read(401, 9000)), (0, 0, 1));
}

#[test]
fn pseudo_header_fields_and_objects_of_headers() {
    for request in [
        r#"{"method": "GET", "url": "/2.0/user", "headers": [{"name": ":authority", "value": "api.bitbucket.org"}, {"name": ":path", "value": "/2.0/user"}, {"name": "authorization", "value": "{basic}"}]}"#,
        r#"{"method": "get", "headers": {"Host": "api.bitbucket.org", ":path": "/2.0/user", "Authorization": "{basic}"}}"#,
        r#"{"headers": [null, 1, {"name": "Authorization", "value": "{basic}"}, {"name": "x"}], "url": "https://api.bitbucket.org:443/2.0/user#x", "method": "GET", "bodySize": -1}"#,
    ] {
        assert_eq!(all_shown(&har(request, RESPONSE)), [REFUSED], "{request}");
    }
}

#[test]
fn bodies_in_base64_or_none() {
    let request =
        r#"{"method": "GET", "url": "https://api.bitbucket.org/2.0/user", "headers": []}"#;
    let text = STANDARD.encode(
        "Bitbucket Cloud recently stopped supporting account passwords for Git authentication.",
    );
    for (content, expected) in [
        (format!(r#"{{"encoding": "base64", "text": "{text}"}}"#), 1),
        (
            format!(
                r#"{{"text": "{}", "encoding": "base64"}}"#,
                text.trim_end_matches('=')
            ),
            1,
        ),
        (r#"{"size": 0}"#.to_owned(), 0),
        ("null".to_owned(), 0),
        (r#"{"encoding": "base64", "text": "%%%"}"#.to_owned(), 0),
    ] {
        let response = format!(r#"{{"status": "401", "content": {content}}}"#);
        assert_eq!(
            words(&records(&har(request, &response))[0]),
            expected,
            "{content}"
        );
    }
}

#[test]
fn without_an_answer_there_is_nothing_to_say() {
    let request =
        r#"{"method": "GET", "url": "https://api.bitbucket.org/2.0/user", "headers": []}"#;
    for response in ["{\"status\": 0}", "null", "{}"] {
        assert_eq!(all_shown(&har(request, response)), ["nothing"]);
    }
}

#[test]
fn a_tunnel_is_no_exchange_and_keeps_its_place() {
    let tunnel = r#"{"request":{"method":"CONNECT","url":"api.bitbucket.org:443"},"response":{"status":200}}"#;
    let call = r#"{"request":{"method":"GET","url":"https://api.bitbucket.org/2.0/user"},"response":{"status":401}}"#;
    let records = records(&format!(r#"{{"log":{{"entries":[{tunnel},{call}]}}}}"#));
    assert_eq!((records.len(), records[0].entry), (1, 1));
}

#[test]
fn a_tunnel_that_was_refused_is_an_exchange() {
    for url in ["api.bitbucket.org:443", "https://api.bitbucket.org:443/"] {
        let refused = format!(
            r#"{{"request":{{"method":"CONNECT","url":"{url}"}},"response":{{"status":407}}}}"#
        );
        let found = all_shown(&format!(r#"{{"log":{{"entries":[{refused}]}}}}"#));
        assert_eq!(found, ["CONNECT api.bitbucket.org 407"], "{url}");
    }
}

#[test]
fn what_is_no_har_says_where() {
    let fault = |text: &str| bytes(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(
        fault("{\n \"log\": {\n  \"entries\": [}"),
        "not a HAR: line 3, column 15: a value is missing"
    );
    assert_eq!(
        fault("{\"log\": {}}"),
        "not a HAR: line 1, column 12: it has no log.entries"
    );
    assert_eq!(
        fault("{\"type\": \"error\"}"),
        "not a HAR: line 1, column 18: it has no log.entries"
    );
    assert_eq!(fault("{"), "not a HAR: line 1, column 2: it ends too early");
}

#[test]
fn entries_before_a_fault_are_handed_over() {
    let call = r#"{"request":{"method":"GET","url":"https://api.bitbucket.org/2.0/user"},"response":{"status":401}}"#;
    let mut count = 0;
    let text = format!("{{\"log\":{{\"entries\":[{call},{call},");
    let result = read(text.as_bytes(), &FingerprintKey::new(KEY), |_| {
        count += 1;
        Ok(())
    });
    assert!(result.is_err());
    assert_eq!(count, 2);
}

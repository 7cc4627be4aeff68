//! docs/event.schema.json is what the log says: every event that a test of this program sees is held against it.

use crate::support::body;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::schema;
use crate::support::{Http, mint};
use http::{Request, Response};
use serde_json::{Value, json};

/// Events of both kinds.
async fn events() -> [Value; 2] {
    let origin = Origin::new()
        .serve(async |_| {
            Response::builder()
                .status(401)
                .body(body::full("no"))
                .unwrap()
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let credentials = mint::basic("jane", &mint::api_token(3));
    let request = Request::get("/2.0/user").header("authorization", credentials);
    let mut client = proxy.http(Http::One).await;
    client.send(request.body(body::empty()).unwrap()).await;
    let finding = proxy.finding("api-token-with-username").await;
    let mut port = proxy.dialer.port().await;
    port.send("CONNECT nothing HTTP/1.1\r\n\r\n").await;
    let refused = proxy.event("a refusal", |event| event["event"] == "client_refused");
    [finding, refused.await]
}

/// H-L4: what the schema does not know, lacks or forbids is a fault; [`Proxy`] holds all events of all tests against it.
#[tokio::test]
async fn an_event_that_is_not_what_the_schema_says_is_a_fault() {
    for event in events().await {
        assert_eq!(schema::fault(&event), None);
        let changed = |name: &str, value: Option<Value>| {
            let mut event = event.clone();
            let members = event.as_object_mut().unwrap();
            match value {
                Some(value) => drop(members.insert(name.to_owned(), value)),
                None => drop(members.remove(name)),
            }
            schema::fault(&event)
        };
        let faults = [
            changed("auth.password", Some(json!("x"))),
            changed("id", None),
            changed("level", Some(json!("ERROR"))),
            changed("id", Some(json!(7))),
            changed("id", Some(json!("x".repeat(257)))),
            changed("http.response.status_code", Some(json!(99))),
            changed("http.response.status_code", Some(json!("401"))),
            changed("event", Some(json!("other"))),
            changed("auth.count", Some(json!(1))),
        ];
        for (number, fault) in faults.iter().enumerate() {
            assert!(fault.is_some(), "change {number} passes: {event}");
        }
    }
}

/// A program that reads the log finds what each member means.
#[test]
fn each_member_is_described() {
    let text = include_str!("../../docs/event.schema.json");
    let schema: Value = serde_json::from_str(text).unwrap();
    for branch in schema["oneOf"].as_array().unwrap() {
        for (name, member) in branch["properties"].as_object().unwrap() {
            let words = member["description"].as_str().unwrap_or_default();
            assert!(
                words.ends_with('.') && words.len() > 10,
                "{name}: {words:?}"
            );
        }
    }
}

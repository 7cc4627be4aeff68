//! What a recorder hides is unknown, not wrong.

use super::*;
use crate::credentials::{Credentials, Scheme, SecretKind, UserIdKind};

const GIT: &str = "\
== Info: Server auth using Basic with user 'jane@acme.com'
=> Send header: GET /acme/site.git/info/refs HTTP/1.1
=> Send header: Host: bitbucket.org
=> Send header: Authorization: VALUE
=> Send header:
<= Recv header: HTTP/1.1 401 Unauthorized
<= Recv header:
";

fn credentials(record: &Record) -> &Credentials {
    let Some(Observation::Exchange(exchange)) = &record.observation else {
        panic!("an exchange");
    };
    &exchange.request.credentials[0]
}

#[test]
fn a_mark_hides_the_secret_and_the_chatter_tells_the_rest() {
    for mark in [
        "Basic <redacted>",
        "Basic [REDACTED]",
        "Basic ****",
        "Basic ***",
    ] {
        let records = records(&GIT.replace("VALUE", mark));
        assert_eq!(recorded(&records[0]), Recorded::Redacted, "{mark}");
        let seen = credentials(&records[0]);
        assert_eq!(
            (seen.scheme, seen.secret.kind, seen.faults.len()),
            (Scheme::Basic, SecretKind::Hidden, 0),
            "{mark}"
        );
        assert_eq!(seen.user_id.as_ref().unwrap().kind, UserIdKind::Email);
    }
}

#[test]
fn what_a_person_crossed_out_is_doubtful() {
    for value in ["Bearer xxxxxxxx", "Bearer <token>", "Basic XXXXX"] {
        assert_eq!(
            recorded(&records(&GIT.replace("VALUE", value))[0]),
            Recorded::Doubtful,
            "{value}"
        );
    }
}

#[test]
fn what_was_sent_like_that_is_whole() {
    let encoded = format!("Basic {}", STANDARD.encode("jane:****"));
    for value in [
        encoded.as_str(),
        "Bearer $TOKEN",
        "Basic ${AUTH}",
        "Bearer null",
    ] {
        assert_eq!(
            recorded(&records(&GIT.replace("VALUE", value))[0]),
            Recorded::Whole,
            "{value}"
        );
    }
}

#[test]
fn the_address_of_a_second_try_holds_the_pair() {
    let chatter = format!(
        "== Info: Issue another request to this URL: 'https://jane:{}@bitbucket.org/acme/site.git'\n",
        mint::api_token(1)
    );
    let records = records(&format!(
        "{chatter}{}",
        GIT.replace("VALUE", "Basic <redacted>")
    ));
    assert_eq!(credentials(&records[0]).secret.kind, SecretKind::ApiToken);
}

#[test]
fn an_export_that_drops_credentials_does_not_say_that_none_were_sent() {
    let har = |creator: &str| {
        format!(
            r#"{{"log":{{"creator":{{"name":"{creator}"}},"entries":[{{"request":{{"method":"GET","url":"https://api.bitbucket.org/2.0/user","headers":[]}},"response":{{"status":401,"headers":[]}}}}]}}}}"#
        )
    };
    assert_eq!(
        recorded(&records(&har("WebInspector"))[0]),
        Recorded::Doubtful
    );
    assert_eq!(recorded(&records(&har("mitmproxy"))[0]), Recorded::Whole);
}

//! The grammar, the limits and the statuses of the field.

use super::*;
use crate::diagnosis::Certainty::{Likely, Possible, Proven};
use crate::diagnosis::example::Example;
use crate::diagnosis::taxonomy::{TAXONOMY, Verdict};
use crate::diagnosis::{Certainty, Silenced, diagnose};
use sfv::{BareItem, ListEntry};

fn finding(mistake: &'static str, certainty: Certainty) -> Finding {
    Finding {
        mistake,
        certainty,
        verdict: Verdict::Mistake,
        fix: "Use the email.".into(),
        reason: "needs the email".into(),
        doc: Some("https://support.atlassian.com/x"),
        missing: vec![],
    }
}

fn rendered(findings: Vec<Finding>, id: &str) -> String {
    let report = Report {
        findings,
        because: vec![],
    };
    render(&report, id)
        .expect("a finding")
        .to_str()
        .expect("ASCII")
        .to_owned()
}

#[test]
fn the_grammar_is_public() {
    let mut first = finding("scope-missing", Proven);
    first.missing = vec!["read:user:bitbucket", "read:workspace:bitbucket"];
    let value = rendered(vec![first, finding("wrong-secret", Possible)], "k3v0");
    assert_eq!(
        value,
        "scope-missing;certainty=proven;fix=\"Use the email.\";doc=\"https://support.atlassian.com/x\";\
         id=\"k3v0\";missing=\"read:user:bitbucket read:workspace:bitbucket\", \
         wrong-secret;certainty=possible"
    );
}

#[test]
fn an_empty_report_gives_no_field() {
    assert!(render(&Report::default(), "k3v0").is_none());
}

#[test]
fn at_most_three_members() {
    let all = ["wrong-secret", "token-expired", "no-access", "wrong-path"];
    let value = rendered(all.map(|slug| finding(slug, Possible)).to_vec(), "k3v0");
    assert!(
        value.contains("no-access") && !value.contains("wrong-path"),
        "{value}"
    );
}

#[test]
fn too_long_loses_members_then_doc_then_the_end_of_the_fix() {
    let long = |doc: usize, fix: usize| {
        let mut first = finding("wrong-secret", Likely);
        first.doc = Some(Box::leak("d".repeat(doc).into_boxed_str()));
        first.fix = "f".repeat(fix).into();
        let members = vec![
            first,
            finding("token-expired", Possible),
            finding("no-access", Possible),
        ];
        rendered(members, "k3v0")
    };
    let whole = long(10, 10);
    assert!(whole.contains("token-expired") && whole.contains("no-access"));
    // Each step leaves less than before.
    let fixed = whole.len() - 20;
    let no_third = long(10, BYTES - fixed - 10 + 1);
    assert!(
        no_third.contains("token-expired") && !no_third.contains("no-access"),
        "{no_third}"
    );
    let no_second = long(10, BYTES - fixed - 10 + 40);
    assert!(
        no_second.contains("doc=") && !no_second.contains("token-expired"),
        "{no_second}"
    );
    let no_doc = long(500, 500);
    assert!(
        !no_doc.contains("doc=") && no_doc.contains(&"f".repeat(500)),
        "{no_doc}"
    );
    let short_fix = long(10, 2000);
    assert_eq!(short_fix.len(), BYTES);
    assert!(
        short_fix.contains("id=\"k3v0\"") && !short_fix.contains("doc="),
        "{short_fix}"
    );
}

#[test]
fn scopes_without_number_leave_a_field_all_the_same() {
    let mut first = finding("scope-missing", Proven);
    first.missing = vec!["read:repository:bitbucket"; 80];
    let value = rendered(vec![first], "k3v0");
    assert_eq!(
        value,
        "scope-missing;certainty=proven;fix=\"Use the email.\";id=\"k3v0\""
    );
}

#[test]
fn a_parser_reads_back_what_was_written() {
    for example in crate::diagnosis::registry::RULES
        .iter()
        .flat_map(|rule| rule.fires)
    {
        let (seen, past, clock) = example.observe();
        let report = diagnose(&seen, &past, clock, &Silenced::default());
        let value = render(&report, "k3v0").expect("it fires");
        assert!(value.len() <= BYTES);
        let list: sfv::List = sfv::Parser::new(value.as_bytes())
            .parse()
            .expect("RFC 9651");
        assert_eq!(list.len(), report.findings.len().min(MEMBERS), "{value:?}");
        for (member, finding) in list.iter().zip(&report.findings) {
            let ListEntry::Item(item) = member else {
                panic!("an inner list")
            };
            assert!(
                matches!(&item.bare_item, BareItem::Token(slug) if slug.as_str() == finding.mistake)
            );
            assert!(item.params.contains_key("certainty"));
        }
    }
}

#[test]
fn every_slug_is_a_token() {
    for entry in TAXONOMY {
        assert!(TokenRef::from_str(entry.slug).is_ok(), "{}", entry.slug);
    }
}

/// H-I6: by status.
#[test]
fn it_goes_out_with_refusals_only() {
    let sent = |example: Example| {
        let (seen, _, _) = example.observe();
        let exchange = seen.exchange().expect("an exchange");
        is_sent_on(exchange)
    };
    let rest = Example::rest("");
    for status in [401, 402, 403, 404, 410, 429] {
        assert!(sent(rest.status(status)), "{status}");
    }
    for status in [
        100, 101, 200, 201, 204, 206, 301, 302, 304, 400, 407, 409, 500, 502, 503, 555,
    ] {
        assert!(!sent(rest.status(status)), "{status}");
    }
    let token = rest.call("POST https://bitbucket.org/site/oauth2/access_token");
    assert!(sent(token.status(400)));
    let login: &[(&str, &str)] = &[("location", "https://bitbucket.org/account/signin/?next=/x")];
    assert!(sent(
        rest.call("GET https://bitbucket.org/acme/site/get/main.tar.gz")
            .status(302)
            .answer(login)
    ));
}

/// A refusal of a call with these bytes in everything that a client or an origin may choose.
fn refused_with(credentials: &[u8], chosen: &[u8], status: u16) -> Option<String> {
    use crate::history::Past;
    use crate::observation::{Clock, Observation, RequestHead, RequestSeen, ResponseSeen};
    let key = crate::secret::FingerprintKey::new([7; 32]);
    let field = |bytes: &[u8]| HeaderValue::from_bytes(bytes).ok();
    let mut sent = http::HeaderMap::new();
    let mut answered = http::HeaderMap::new();
    sent.extend(field(credentials).map(|value| (http::header::AUTHORIZATION, value)));
    if let Some(value) = field(chosen) {
        sent.insert(http::header::USER_AGENT, value.clone());
        answered.insert(http::header::WWW_AUTHENTICATE, value.clone());
        answered.insert("x-credential-type", value.clone());
        answered.insert("x-oauth-scopes", value.clone());
        answered.insert("x-auth-diagnosis", value);
    }
    let text = String::from_utf8_lossy(chosen);
    let head = RequestHead {
        method: &http::Method::GET,
        host: "api.bitbucket.org",
        path: &format!("/2.0/{text}"),
        query: Some(&text),
        form: None,
        headers: &sent,
        secure: true,
    };
    let status = http::StatusCode::from_u16(status).unwrap();
    let exchange = Exchange {
        request: RequestSeen::read(head, &key),
        response: ResponseSeen::read(status, &answered, Some(chosen)),
    };
    let date = time::macros::utc_datetime!(2026-11-24 10:00);
    let clock = Clock { date, agrees: true };
    let seen = Observation::Exchange(Box::new(exchange));
    let report = diagnose(&seen, &Past::NONE, clock, &Silenced::default());
    render(&report, "9f3a1c07-2a").map(|value| value.to_str().expect("visible ASCII").to_owned())
}

proptest::proptest! {
    /// H-I1: whatever comes in, what goes out is visible ASCII of our own words.
    #[test]
    fn the_field_is_ascii_out_of_closed_sets(
        user in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..60),
        chosen in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200),
        form in 0..4_usize,
        status in proptest::sample::select(vec![401_u16, 403, 404, 410, 429]),
    ) {
        use base64::Engine;
        const MARK: &str = "Zq7Xk9\r\nSet-Cookie: x=1\u{202e}\0";
        let marked = [MARK.as_bytes(), &user, b":pw"].concat();
        let encoded = base64::prelude::BASE64_STANDARD.encode(&marked);
        let credentials = match form {
            0 => format!("Basic {encoded}").into_bytes(),
            1 => [b"Bearer Zq7Xk9", &*user].concat(),
            2 => [b"Zq7Xk9 ", &*user].concat(),
            _ => [b"Basic Zq7Xk9", &*user].concat(),
        };
        let chosen = [b"Zq7Xk9", &*chosen].concat();
        if let Some(field) = refused_with(&credentials, &chosen, status) {
            assert!(field.len() <= BYTES && field.bytes().all(|byte| matches!(byte, b' '..=b'~')));
            assert!(!field.contains("Zq7X") && !field.contains(&encoded[..8]), "{field}");
            let list = sfv::Parser::new(&field).parse::<sfv::List>().expect("a list");
            for entry in list {
                let ListEntry::Item(item) = entry else { panic!("{field}") };
                let BareItem::Token(slug) = item.bare_item else { panic!("{field}") };
                assert!(TAXONOMY.iter().any(|row| row.slug == slug.as_str()), "{field}");
                for name in item.params.keys() {
                    assert!(["certainty", "fix", "doc", "id", "missing"].contains(&name.as_str()), "{field}");
                }
            }
        }
    }
}

//! The onboarding page: through the proxy under its reserved host, on the admin address, and never anywhere else.

use crate::admin;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::wire::Message;

const FILES: [(&str, &str); 4] = [
    ("/proxy.pac", "application/x-ns-proxy-autoconfig"),
    ("/ca.pem", "application/x-pem-file"),
    ("/ca.der", "application/pkix-cert"),
    ("/ca.p12", "application/x-pkcs12"),
];

async fn proxy() -> (Origin, Proxy) {
    let origin = Origin::new().script(|_, _| async {}).await;
    let proxy = Proxy::with(&origin, |config| {
        config.admin_listen = Some("127.0.0.1:0".parse().unwrap());
    })
    .await;
    (origin, proxy)
}

async fn ask(proxy: &Proxy, request: impl AsRef<str>) -> Message {
    let mut client = proxy.dialer.port().await;
    client.send(request.as_ref()).await;
    client.answer().await
}

fn through(method: &str, path: &str, field: &str) -> String {
    format!("{method} http://why401.invalid{path} HTTP/1.1\r\nHost: why401.invalid\r\n{field}\r\n")
}

#[tokio::test]
async fn through_the_proxy_a_reader_is_told_so_by_its_address() {
    let (_origin, proxy) = proxy().await;
    let address = proxy.running.proxy_addr;
    let page = ask(&proxy, through("GET", "/", "Accept: */*\r\n")).await;
    assert_eq!(
        page.field("content-type"),
        Some("text/plain; charset=utf-8")
    );
    let text = page.text();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let verdict = format!("You are going through me. This page came by the proxy at {address}.");
    assert!(text.contains(&verdict), "{text}");
    for spelling in ["WHY401.invalid.", "why401.invalid:8080"] {
        let request = format!("GET http://{spelling}/ HTTP/1.1\r\nHost: {spelling}\r\n\r\n");
        assert_eq!(ask(&proxy, request).await.status(), 200, "{spelling}");
    }
}

#[tokio::test]
async fn on_the_admin_address_a_reader_is_told_the_way_to_check() {
    let (_origin, proxy) = proxy().await;
    let page = admin::get(&proxy, "/").await;
    let text = page.text();
    assert!(text.contains("You are not going through me"), "{text}");
    let check = format!(
        "  curl -x http://{} http://why401.invalid/\n",
        proxy.running.proxy_addr
    );
    assert!(text.contains(&check), "{text}");
    assert_eq!(admin::get(&proxy, "/other").await.status(), 404);
}

#[tokio::test]
async fn a_browser_gets_html_that_may_load_nothing() {
    let (_origin, proxy) = proxy().await;
    let accept = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n";
    let page = ask(&proxy, through("GET", "/", accept)).await;
    assert_eq!(page.field("content-type"), Some("text/html; charset=utf-8"));
    let policy = page.field("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    assert_eq!(page.field("vary"), Some("accept"));
    assert!(page.text().starts_with("<!DOCTYPE html><html lang=\"en\">"));
}

#[tokio::test]
async fn files_are_the_same_on_both_ways_and_never_kept() {
    let (_origin, proxy) = proxy().await;
    for (path, kind) in FILES {
        let by_proxy = ask(&proxy, through("GET", path, "")).await;
        let by_admin = admin::get(&proxy, path).await;
        for answer in [&by_proxy, &by_admin] {
            assert_eq!(answer.status(), 200, "{path}");
            for (name, value) in [
                ("content-type", kind),
                ("cache-control", "no-store"),
                ("x-content-type-options", "nosniff"),
                ("content-security-policy", "default-src 'none'"),
            ] {
                assert_eq!(answer.field(name), Some(value), "{path} {name}");
            }
        }
        // The salt of a store is new each time.
        assert!(
            path == "/ca.p12" || by_proxy.body == by_admin.body,
            "{path}"
        );
    }
    let pem = ask(&proxy, through("GET", "/ca.pem", "")).await;
    assert_eq!(pem.text(), proxy.running.root_pem);
}

#[tokio::test]
async fn the_pac_file_is_on_the_proxys_own_port_and_nothing_else_is() {
    let (_origin, proxy) = proxy().await;
    let address = proxy.running.proxy_addr;
    let own = |path| format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let pac = ask(&proxy, own("/proxy.pac")).await;
    assert_eq!(pac.body, admin::get(&proxy, "/proxy.pac").await.body);
    assert!(
        pac.text().contains(&format!("return \"PROXY {address}\"")),
        "{}",
        pac.text()
    );
    for path in ["/", "/ca.pem", "/metrics"] {
        assert_eq!(ask(&proxy, own(path)).await.status(), 400, "{path}");
    }
}

#[tokio::test]
async fn head_has_the_fields_alone_and_other_methods_none_of_it() {
    let (_origin, proxy) = proxy().await;
    let mut client = proxy.dialer.port().await;
    let request = through("HEAD", "/ca.pem", "");
    client.send(format!("{request}{request}")).await;
    let length = proxy.running.root_pem.len().to_string();
    for _ in 0..2 {
        // The second head stands right behind the first.
        let answer = client.answer_to_head().await;
        assert_eq!(answer.status(), 200, "{}", answer.head);
        assert_eq!(answer.field("content-length"), Some(length.as_str()));
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let request = through(method, "/", "Content-Length: 0\r\n");
        let answer = ask(&proxy, request).await;
        assert_eq!(
            (answer.status(), answer.field("allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
    }
}

#[tokio::test]
async fn through_the_proxy_there_are_no_admin_pages_and_nothing_is_repeated() {
    let (_origin, proxy) = proxy().await;
    for path in ["/metrics", "/healthz", "/readyz", "/canary?canary"] {
        let answer = ask(&proxy, through("GET", path, "X-Canary: canary\r\n")).await;
        assert_eq!(answer.status(), 404, "{path}");
        let whole = format!("{}{}", answer.head, answer.text());
        assert!(!whole.contains("canary"), "{whole}");
    }
}

#[tokio::test]
async fn over_tls_the_reserved_host_says_that_it_has_none() {
    let (_origin, proxy) = proxy().await;
    for request in [
        "CONNECT why401.invalid:443 HTTP/1.1\r\nHost: why401.invalid:443\r\n\r\n",
        "GET https://why401.invalid/ HTTP/1.1\r\nHost: why401.invalid\r\n\r\n",
    ] {
        let answer = ask(&proxy, request).await;
        assert_eq!(answer.status(), 502, "{request}");
        assert!(
            answer
                .field("proxy-status")
                .unwrap()
                .starts_with("why401; error=dns_error")
        );
        assert!(
            answer.text().contains("open http://why401.invalid/"),
            "{}",
            answer.text()
        );
    }
}

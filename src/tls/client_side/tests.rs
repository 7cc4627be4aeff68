//! Handshakes of clients with the configurations of intercepted hosts.

use super::*;
use crate::tls::testing::{Handshake, authority, client, client_of, text, today, tool};
use rustls::client::{
    ClientSessionMemoryCache, ClientSessionStore, Resumption, Tls12ClientSessionValue,
    Tls13ClientSessionValue,
};
use rustls::pki_types::ServerName;
use rustls::{AlertDescription, Error, HandshakeKind, NamedGroup, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use time::Duration;

mod mutated;

const HOST: &str = "api.bitbucket.org";
const OTHER: &str = "bitbucket.org";

fn client_side() -> ClientSide {
    ClientSide::new(Arc::new(authority()))
}

fn config(side: &ClientSide, host: &str, alpn: Alpn) -> Arc<ServerConfig> {
    side.config(host, alpn, today()).unwrap()
}

#[test]
fn a_client_that_trusts_the_root_gets_a_leaf_for_its_host_and_the_protocol_in_common() {
    let side = client_side();
    for (offered, served, chosen) in [
        (Alpn::Both, Alpn::Both, "h2"),
        (Alpn::Http1, Alpn::Both, "http/1.1"),
        (Alpn::Both, Alpn::Http1, "http/1.1"),
        (Alpn::Both, Alpn::Http2, "h2"),
    ] {
        let client = Arc::new(client(side.authority().root_der(), offered));
        let done = Handshake::run(client, config(&side, HOST, served), HOST).succeeded();
        assert_eq!(done.alpn.unwrap(), chosen.as_bytes());
        assert_eq!(done.chain.len(), 2);
    }
}

#[test]
fn a_client_that_trusts_another_root_refuses() {
    let side = client_side();
    let client = Arc::new(client(authority().root_der(), Alpn::Both));
    let done = Handshake::run(client, config(&side, HOST, Alpn::Both), HOST);
    assert_eq!(
        done.server,
        Some(Error::AlertReceived(AlertDescription::UnknownCA))
    );
}

#[test]
fn a_leaf_is_kept_until_it_is_old_and_the_same_for_every_alpn_set() {
    let side = client_side();
    let now = today();
    let first = side.config(HOST, Alpn::Both, now).unwrap();
    assert!(Arc::ptr_eq(
        &first,
        &side
            .config(HOST, Alpn::Both, now + Duration::days(3))
            .unwrap()
    ));
    let later = side
        .config(HOST, Alpn::Both, now + Duration::days(5))
        .unwrap();
    assert!(!Arc::ptr_eq(&first, &later));

    let root = side.authority().root_der().clone();
    let leaf = |alpn| {
        let client = Arc::new(client(&root, alpn));
        Handshake::run(client, config(&side, HOST, alpn), HOST)
            .succeeded()
            .chain[0]
            .clone()
    };
    assert_eq!(leaf(Alpn::Http1), leaf(Alpn::Http2));
}

#[test]
fn hosts_in_memory_are_bounded() {
    let side = client_side();
    let now = today();
    for n in 0..MOST_HOSTS + 3 {
        let host = format!("h{n}.bitbucket.org");
        side.config(
            &host,
            Alpn::Both,
            now + Duration::seconds(i64::try_from(n).unwrap()),
        )
        .unwrap();
    }
    let hosts = side.hosts.read().unwrap();
    assert_eq!(hosts.len(), MOST_HOSTS);
    assert!(
        !hosts.contains_key("h0.bitbucket.org"),
        "the oldest go first"
    );
    assert!(hosts.contains_key("h5.bitbucket.org"));
}

/// H-A6: fifty thousand with `WHY401_NAMES=50000`.
#[test]
fn however_many_names_are_asked_for_memory_is_bounded_and_only_those_in_scope_are_signed() {
    let names = std::env::var("WHY401_NAMES").map_or(600, |names| names.parse().unwrap());
    let side = client_side();
    let now = today();
    for n in 0..names {
        let inside = format!("n{n}.bitbucket.org");
        assert!(side.config(&inside, Alpn::Both, now).is_ok(), "{inside}");
        for outside in [format!("n{n}.example"), format!("n{n}bitbucket.org")] {
            let refused = side.config(&outside, Alpn::Both, now);
            assert!(matches!(refused, Err(LeafError::Outside(_))), "{outside}");
        }
    }
    let hosts = side.hosts.read().unwrap();
    assert_eq!(hosts.len(), MOST_HOSTS.min(names));
    assert!(hosts.keys().all(|host| host.ends_with(".bitbucket.org")));
}

#[test]
fn the_refusing_configuration_answers_with_access_denied() {
    let side = client_side();
    let client = Arc::new(client(side.authority().root_der(), Alpn::Both));
    let done = Handshake::run(client, side.refusing(), OTHER);
    assert_eq!(
        done.client,
        Some(Error::AlertReceived(AlertDescription::AccessDenied))
    );
}

#[test]
fn a_ticket_resumes_on_its_own_host() {
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let side = client_side();
        let client = Arc::new(client_of(side.authority().root_der(), Alpn::Both, version));
        let kind = |alpn| {
            Handshake::run(client.clone(), config(&side, HOST, alpn), HOST)
                .succeeded()
                .kind
        };
        assert_eq!(kind(Alpn::Both), Some(HandshakeKind::Full));
        assert_eq!(kind(Alpn::Both), Some(HandshakeKind::Resumed));
        assert_eq!(kind(Alpn::Http1), Some(HandshakeKind::Resumed));
    }
}

/// H-X2: the client here offers every ticket to every host.
#[test]
fn a_ticket_of_one_host_does_not_resume_on_another() {
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let side = client_side();
        let mut client = client_of(side.authority().root_der(), Alpn::Both, version);
        client.resumption = Resumption::store(Arc::new(OneShelf(ClientSessionMemoryCache::new(8))));
        let client = Arc::new(client);
        let full = |host| {
            let done = Handshake::run(client.clone(), config(&side, host, Alpn::Both), host);
            assert_eq!(done.succeeded().kind, Some(HandshakeKind::Full));
        };
        full(HOST);
        // It even names the host of the ticket: it gets the certificate of OTHER, and refuses that.
        let lying = Handshake::run(client.clone(), config(&side, OTHER, Alpn::Both), HOST);
        assert!(
            matches!(lying.client, Some(Error::InvalidCertificate(_))),
            "{lying:?}"
        );
        full(OTHER);
    }
}

/// H-X3
#[test]
fn early_data_is_never_accepted() {
    let side = client_side();
    for alpn in Alpn::ALL {
        assert_eq!(config(&side, HOST, alpn).max_early_data_size, 0);
    }
}

/// H-X1: a client of TLS 1.2 that asks for a second handshake is told that there is none.
#[test]
fn a_client_that_renegotiates_is_not_followed() {
    let side = client_side();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let config = config(&side, HOST, Alpn::Http1);
    let server = std::thread::spawn(move || {
        let tls = ServerConnection::new(config).unwrap();
        let mut stream = StreamOwned::new(tls, listener.accept().unwrap().0);
        stream.read(&mut [0; 1]).map_err(|error| error.to_string())
    });
    let mut client = Command::new("openssl");
    client.args([
        "s_client",
        "-tls1_2",
        "-servername",
        HOST,
        "-connect",
        &address,
    ]);
    let piped = client
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let Ok(mut client) = piped.spawn() else {
        eprintln!("SKIPPED: openssl is missing");
        return;
    };
    // What s_client takes for the wish.
    client.stdin.as_mut().unwrap().write_all(b"R\n").unwrap();
    let said = client.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.contains("RENEGOTIATING"), "{said}");
    assert!(
        said.contains("no renegotiation") || said.contains("alert"),
        "{said}"
    );
    assert!(!matches!(server.join().unwrap(), Ok(1..)));
}

/// Python 3.13 sets VERIFY_X509_STRICT by default; older ones are asked to.
#[test]
fn strict_python_accepts_the_leaf_and_refuses_another_name() {
    let side = client_side();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let config = config(&side, HOST, Alpn::Http1);
    std::thread::spawn(move || {
        for socket in listener.incoming().take(2) {
            let tls = ServerConnection::new(config.clone()).unwrap();
            let mut stream = StreamOwned::new(tls, socket.unwrap());
            let _ = stream.read(&mut [0; 1]).and_then(|_| stream.write(b"!"));
        }
    });
    let dir = tempfile::TempDir::new().unwrap();
    let root = dir.path().join("root.pem");
    std::fs::write(&root, side.authority().root_pem()).unwrap();
    let script = "import socket,ssl,sys\n\
        context = ssl.create_default_context(cafile=sys.argv[1])\n\
        context.verify_flags |= ssl.VERIFY_X509_STRICT\n\
        for name in sys.argv[3:]:\n\
        \x20   raw = socket.create_connection(('127.0.0.1', int(sys.argv[2])))\n\
        \x20   try:\n\
        \x20       stream = context.wrap_socket(raw, server_hostname=name)\n\
        \x20       stream.send(b'?'); print(name, stream.recv(1))\n\
        \x20   except ssl.SSLError as error: print(name, error)\n";
    let mut python = Command::new("python3");
    python
        .args(["-c", script])
        .arg(&root)
        .arg(port.to_string())
        .args([HOST, OTHER]);
    let Some(output) = tool(&mut python) else {
        return;
    };
    let text = text(&output);
    assert!(text.contains("api.bitbucket.org b'!'"), "{text}");
    assert!(
        text.contains("bitbucket.org [SSL: CERTIFICATE_VERIFY_FAILED]"),
        "{text}"
    );
    assert!(text.contains("Hostname mismatch"), "{text}");
}

/// A client store that does not tell servers apart.
#[derive(Debug)]
struct OneShelf(ClientSessionMemoryCache);

fn shelf() -> ServerName<'static> {
    ServerName::try_from("any.example").unwrap()
}

impl ClientSessionStore for OneShelf {
    fn set_kx_hint(&self, _: ServerName<'static>, group: NamedGroup) {
        self.0.set_kx_hint(shelf(), group);
    }
    fn kx_hint(&self, _: &ServerName<'_>) -> Option<NamedGroup> {
        self.0.kx_hint(&shelf())
    }
    fn set_tls12_session(&self, _: ServerName<'static>, value: Tls12ClientSessionValue) {
        self.0.set_tls12_session(shelf(), value);
    }
    fn tls12_session(&self, _: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        self.0.tls12_session(&shelf())
    }
    fn remove_tls12_session(&self, _: &ServerName<'static>) {
        self.0.remove_tls12_session(&shelf());
    }
    fn insert_tls13_ticket(&self, _: ServerName<'static>, value: Tls13ClientSessionValue) {
        self.0.insert_tls13_ticket(shelf(), value);
    }
    fn take_tls13_ticket(&self, _: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        self.0.take_tls13_ticket(&shelf())
    }
}

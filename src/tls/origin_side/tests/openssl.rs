//! Certificates that only openssl makes: weak keys and weak hashes.

use super::*;
use crate::tls::testing::{text, tool};
use rustls::ClientConnection;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::UnixTime;
use rustls::pki_types::pem::PemObject;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Runs openssl in `dir`; false, said loudly, when it is missing.
fn openssl(dir: &Path, args: &str) -> bool {
    let mut command = Command::new("openssl");
    let Some(output) = tool(command.current_dir(dir).args(args.split_whitespace())) else {
        return false;
    };
    assert!(output.status.success(), "openssl {args}: {}", text(&output));
    true
}

/// A root and a leaf for HOST made with `key` and `digest`; as PEM files `root.pem`, `leaf.pem`.
fn chain(
    dir: &Path,
    key: &str,
    digest: &str,
) -> Option<(CertificateDer<'static>, CertificateDer<'static>)> {
    std::fs::write(dir.join("san"), format!("subjectAltName=DNS:{HOST}\n")).unwrap();
    let root =
        "req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj /CN=R -days 9";
    if !openssl(dir, root) {
        return None;
    }
    openssl(
        dir,
        &format!("req -newkey {key} -nodes -keyout leaf.key -out leaf.csr -subj /CN=L"),
    );
    let sign =
        "x509 -req -in leaf.csr -CA root.pem -CAkey root.key -days 9 -extfile san -out leaf.pem";
    openssl(dir, &format!("{sign} {digest}"));
    let read = |name: &str| CertificateDer::from_pem_file(dir.join(name)).unwrap();
    Some((read("root.pem"), read("leaf.pem")))
}

/// H-U21, H-U22.
#[test]
fn a_certificate_signed_by_sha1_or_md5_is_refused_in_words() {
    for digest in ["-sha1", "-md5"] {
        let dir = tempfile::TempDir::new().unwrap();
        let Some((root, leaf)) = chain(dir.path(), "rsa:2048", digest) else {
            return;
        };
        assert_weak_signature(&root, &leaf, &[]);
    }
}

/// H-U23: the leaf itself is signed with SHA-256.
#[test]
fn an_intermediate_signed_by_sha1_is_refused_in_words() {
    let dir = tempfile::TempDir::new().unwrap();
    let Some((root, _)) = chain(dir.path(), "rsa:2048", "-sha256") else {
        return;
    };
    std::fs::write(dir.path().join("ca"), "basicConstraints=critical,CA:TRUE\n").unwrap();
    let run = |args: &str| assert!(openssl(dir.path(), args));
    run("req -newkey rsa:2048 -nodes -keyout ca.key -out ca.csr -subj /CN=I");
    run("x509 -req -in ca.csr -CA root.pem -CAkey root.key -days 9 -extfile ca -out ca.pem -sha1");
    run(
        "x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -days 9 -extfile san -out leaf.pem -sha256",
    );
    let read = |name: &str| CertificateDer::from_pem_file(dir.path().join(name)).unwrap();
    assert_weak_signature(&root, &read("leaf.pem"), &[read("ca.pem")]);
}

#[track_caller]
fn assert_weak_signature(
    root: &CertificateDer<'static>,
    leaf: &CertificateDer<'static>,
    chain: &[CertificateDer<'static>],
) {
    let mut store = RootCertStore::empty();
    store.add(root.clone()).unwrap();
    let verifier = OriginVerifier::new(Arc::new(store), Vec::new(), &authority()).unwrap();
    let name = HOST.try_into().unwrap();
    let error = verifier
        .verify_server_cert(leaf, chain, &name, &[], UnixTime::now())
        .unwrap_err();
    let text = explain(&reported(error)).text;
    assert!(text.contains("weak or unknown algorithm"), "{text}");
}

/// H-U24, H-U25: rustls calls it a bad signature, and only once the handshake is signed by the key.
#[test]
fn a_key_that_is_too_short_is_called_so() {
    for bits in [1024, 768] {
        let dir = tempfile::TempDir::new().unwrap();
        let Some((root, _)) = chain(dir.path(), &format!("rsa:{bits}"), "-sha256") else {
            return;
        };
        for version in ["-tls1_2", "-tls1_3"] {
            let server = Server::start(dir.path(), version);
            let error = server.handshake(&trusting(&root, &authority()));
            let text = explain(&error).text;
            assert!(
                text.contains(&format!(
                    "weak key: a certificate of the origin has an RSA key of {bits} bits"
                )),
                "{version}: {text}"
            );
        }
    }
}

/// H-U29, H-U30: an origin of another age that is asked for what it does not know. OpenSSL has no SSL 3.0 any more.
#[test]
fn an_origin_without_tls_1_2_is_called_so() {
    let dir = tempfile::TempDir::new().unwrap();
    let Some((root, _)) = chain(dir.path(), "rsa:2048", "-sha256") else {
        return;
    };
    for version in ["-tls1", "-tls1_1"] {
        let server = Server::start(dir.path(), version);
        let text = explain(&server.handshake(&trusting(&root, &authority()))).text;
        assert!(
            text.contains("neither TLS 1.2 nor 1.3"),
            "{version}: {text}"
        );
    }
}

/// H-U33 to H-U36: of the weak suites those that OpenSSL still has; RC4 and 3DES it has not.
#[test]
fn an_origin_of_weak_suites_finds_none_in_common() {
    let dir = tempfile::TempDir::new().unwrap();
    let Some((root, _)) = chain(dir.path(), "rsa:2048", "-sha256") else {
        return;
    };
    for suites in [
        "NULL-SHA256",
        "AECDH-AES128-SHA",
        "ADH-AES128-GCM-SHA256",
        "DHE-RSA-AES128-GCM-SHA256",
        "AES128-GCM-SHA256",
        "ECDHE-RSA-AES128-SHA",
    ] {
        let server = Server::with(dir.path(), "-tls1_2", suites);
        let text = explain(&server.handshake(&trusting(&root, &authority()))).text;
        assert!(
            text.contains("no cipher suite in common"),
            "{suites}: {text}"
        );
    }
}

/// H-U48: the origin gets no second handshake on a connection of TLS 1.2.
#[test]
fn an_origin_that_renegotiates_is_not_followed() {
    let dir = tempfile::TempDir::new().unwrap();
    let Some((root, _)) = chain(dir.path(), "rsa:2048", "-sha256") else {
        return;
    };
    let mut server = Server::start(dir.path(), "-tls1_2");
    let side = trusting(&root, &authority());
    let (mut tls, mut socket) = server.dial(&side);
    tls.complete_io(&mut socket).unwrap();
    // What s_server takes for the wish.
    server.says(b"R\n");
    let mut stream = rustls::Stream::new(&mut tls, &mut socket);
    let ended = stream.read(&mut [0; 1]);
    // Told that there is none, OpenSSL ends the connection.
    let text = ended.unwrap_err().to_string();
    assert!(text.contains("HandshakeFailure"), "{text}");
}

/// `openssl s_server` on a free port with `leaf.pem`; ended when dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(dir: &Path, version: &str) -> Self {
        Self::with(dir, version, "ALL")
    }

    fn with(dir: &Path, version: &str, suites: &str) -> Self {
        let args = format!(
            "s_server -accept 127.0.0.1:0 -cert leaf.pem -key leaf.key -cipher {suites}:@SECLEVEL=0"
        );
        let mut child = Command::new("openssl")
            .current_dir(dir)
            .args(args.split_whitespace())
            .arg(version)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let address = output
            .lines()
            .find_map(|line| line.unwrap().strip_prefix("ACCEPT ").map(str::to_owned))
            .expect("s_server says where it listens");
        Self { child, address }
    }

    fn handshake(&self, side: &OriginSide) -> io::Error {
        let (mut tls, mut socket) = self.dial(side);
        tls.complete_io(&mut socket).unwrap_err()
    }

    fn dial(&self, side: &OriginSide) -> (ClientConnection, TcpStream) {
        let name = HOST.try_into().unwrap();
        let tls = ClientConnection::new(side.config(Alpn::Both).clone(), name).unwrap();
        (tls, TcpStream::connect(&self.address).unwrap())
    }

    /// To its standard input.
    fn says(&mut self, words: &[u8]) {
        self.child.stdin.as_mut().unwrap().write_all(words).unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

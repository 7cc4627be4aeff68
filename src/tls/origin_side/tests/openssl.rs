//! Certificates that only openssl makes: weak keys and weak hashes.

use super::*;
use crate::tls::testing::{text, tool};
use rustls::ClientConnection;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::UnixTime;
use rustls::pki_types::pem::PemObject;
use std::io::{BufRead, BufReader};
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

/// Facts U21.
#[test]
fn a_certificate_signed_by_sha1_is_refused_in_words() {
    let dir = tempfile::TempDir::new().unwrap();
    let Some((root, leaf)) = chain(dir.path(), "rsa:2048", "-sha1") else {
        return;
    };
    let mut store = RootCertStore::empty();
    store.add(root).unwrap();
    let verifier = OriginVerifier::new(Arc::new(store), Vec::new(), &authority()).unwrap();
    let name = HOST.try_into().unwrap();
    let error = verifier
        .verify_server_cert(&leaf, &[], &name, &[], UnixTime::now())
        .unwrap_err();
    let text = explain(&reported(error)).text;
    assert!(text.contains("weak or unknown algorithm"), "{text}");
}

/// Facts U24: rustls calls it a bad signature, and only once the handshake is signed by the key.
#[test]
fn a_key_that_is_too_short_is_called_so() {
    let dir = tempfile::TempDir::new().unwrap();
    let Some((root, _)) = chain(dir.path(), "rsa:1024", "-sha256") else {
        return;
    };
    for version in ["-tls1_2", "-tls1_3"] {
        let server = Server::start(dir.path(), version);
        let error = server.handshake(&trusting(&root, &authority()));
        let text = explain(&error).text;
        assert!(text.contains("RSA key of 1024 bits"), "{version}: {text}");
    }
}

/// Facts U30: an origin of another age.
#[test]
fn an_origin_without_tls_1_2_is_called_so() {
    let dir = tempfile::TempDir::new().unwrap();
    let Some((root, _)) = chain(dir.path(), "rsa:2048", "-sha256") else {
        return;
    };
    let server = Server::start(dir.path(), "-tls1_1");
    let explained = explain(&server.handshake(&trusting(&root, &authority())));
    assert!(
        explained.text.contains("neither TLS 1.2 nor 1.3"),
        "{}",
        explained.text
    );
}

/// `openssl s_server` on a free port with `leaf.pem`; ended when dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(dir: &Path, version: &str) -> Self {
        let args =
            "s_server -accept 127.0.0.1:0 -cert leaf.pem -key leaf.key -cipher ALL:@SECLEVEL=0";
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
        let name = HOST.try_into().unwrap();
        let mut tls = ClientConnection::new(side.config(Alpn::Both).clone(), name).unwrap();
        let mut socket = TcpStream::connect(&self.address).unwrap();
        tls.complete_io(&mut socket).unwrap_err()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

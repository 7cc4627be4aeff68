//! The system's roots as one PEM file, whatever `SSL_CERT_FILE` says: a variable replaces them for its own programs only.

use rustls::pki_types::CertificateDer;
use std::fs;

/// Where systems keep the bundle that programs read by default.
const BUNDLES: [&str; 6] = [
    // Debian, Ubuntu, Arch, Alpine, Gentoo
    "/etc/ssl/certs/ca-certificates.crt",
    // Fedora, Red Hat
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    // openSUSE
    "/etc/ssl/ca-bundle.pem",
    // Alpine, the BSDs, macOS
    "/etc/ssl/cert.pem",
    "/usr/local/share/certs/ca-root-nss.crt",
];

/// PEM; empty on a system without any.
pub fn roots() -> Vec<u8> {
    let bundle = BUNDLES.iter().find_map(|file| fs::read(file).ok());
    let mut pem = bundle.unwrap_or_else(|| {
        let stored = rustls_native_certs::load_native_certs().certs;
        stored.iter().flat_map(encoded).collect()
    });
    if !pem.is_empty() && !pem.ends_with(b"\n") {
        pem.push(b'\n');
    }
    pem
}

fn encoded(der: &CertificateDer<'_>) -> Vec<u8> {
    use base64::Engine;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    let mut pem = b"-----BEGIN CERTIFICATE-----\n".to_vec();
    for line in text.as_bytes().chunks(64) {
        pem.extend_from_slice(line);
        pem.push(b'\n');
    }
    pem.extend_from_slice(b"-----END CERTIFICATE-----\n");
    pem
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::pki_types::pem::PemObject;

    #[test]
    fn what_is_encoded_reads_back() {
        let der = CertificateDer::from(vec![7; 100]);
        assert_eq!(CertificateDer::from_pem_slice(&encoded(&der)).unwrap(), der);
    }
}

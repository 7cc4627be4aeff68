//! The verifier of origins: rustls' own, and then two refusals more.

use super::revocation::Lists;
use super::roots::contains;
use crate::tls::authority::Authority;
use crate::tls::provider;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{VerifierBuilderError, WebPkiServerVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};
use std::sync::Arc;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;
use x509_parser::public_key::PublicKey;

/// What the verification library accepts at least (H-U24).
const LEAST_RSA_BITS: usize = 2048;

/// Refusals that rustls has no word for.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(super) enum Refusal {
    #[error("signed by why401's own CA")]
    OwnAuthority,
    #[error("weak key: RSA with {0} bits")]
    WeakKey(usize),
}

#[derive(Debug)]
pub(super) struct OriginVerifier {
    webpki: Arc<WebPkiServerVerifier>,
    /// Names and keys of our own CA, which must not occur in a chain (H-U40).
    own: Vec<Box<[u8]>>,
}

impl OriginVerifier {
    pub(super) fn new(
        roots: Arc<RootCertStore>,
        crls: Lists,
        own: &Authority,
    ) -> Result<Self, VerifierBuilderError> {
        let webpki = WebPkiServerVerifier::builder_with_provider(roots, provider())
            .with_crls(crls)
            // A list speaks for its own CA only; all others are as without it.
            .allow_unknown_revocation_status()
            // One that is out of date does not say who was revoked since (H-U38).
            .enforce_revocation_expiration()
            .build()?;
        Ok(Self {
            webpki,
            own: own.marks().map(Box::from).collect(),
        })
    }

    fn is_own(&self, certificate: &[u8]) -> bool {
        self.own.iter().any(|mark| contains(certificate, mark))
    }
}

impl ServerCertVerifier for OriginVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = || [end_entity].into_iter().chain(intermediates);
        if chain().any(|certificate| self.is_own(certificate)) {
            return Err(refused(Refusal::OwnAuthority));
        }
        self.webpki
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            .map_err(|error| name_weak_key(error, chain()))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.webpki
            .verify_tls12_signature(message, cert, dss)
            .map_err(|error| name_weak_key(error, [cert].into_iter()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.webpki
            .verify_tls13_signature(message, cert, dss)
            .map_err(|error| name_weak_key(error, [cert].into_iter()))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.webpki.supported_verify_schemes()
    }
}

fn refused(refusal: Refusal) -> Error {
    Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(refusal))))
}

/// rustls says "bad signature" of a key that is too short to be looked at.
fn name_weak_key<'a>(
    error: Error,
    mut chain: impl Iterator<Item = &'a CertificateDer<'a>>,
) -> Error {
    if error != Error::InvalidCertificate(CertificateError::BadSignature) {
        return error;
    }
    match chain.find_map(|certificate| weak_rsa(certificate)) {
        Some(bits) => refused(Refusal::WeakKey(bits)),
        None => error,
    }
}

fn weak_rsa(certificate: &[u8]) -> Option<usize> {
    let (_, parsed) = X509Certificate::from_der(certificate).ok()?;
    match parsed.public_key().parsed() {
        Ok(PublicKey::RSA(key)) if key.key_size() < LEAST_RSA_BITS => Some(key.key_size()),
        _ => None,
    }
}

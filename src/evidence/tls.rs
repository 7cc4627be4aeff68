//! What is known before there is a request: a refused tunnel, a handshake that died.

use super::Evidence;
use super::Signal::*;
use crate::observation::{Client, Connect, Ending, Handshake};
use http::StatusCode;

pub(super) fn derive_connect(evidence: &mut Evidence, connect: &Connect) {
    let asked = connect.status == StatusCode::PROXY_AUTHENTICATION_REQUIRED;
    evidence.add_if(asked, Status407);
}

pub(super) fn derive_handshake(evidence: &mut Evidence, handshake: &Handshake) {
    evidence.add(match handshake.ending {
        Ending::UnknownCa | Ending::BadCertificate => DistrustAlert,
        Ending::CertificateUnknown => CertificateAlert,
        Ending::InternalError => StoreAlert,
        Ending::Cut => CutHandshake,
        Ending::Silent => SilentHandshake,
        Ending::OnPlainPort => TlsOnPlainPort,
    });
    evidence.add_if(handshake.served_otherwise, ServedOtherwise);
    let is_gnutls = matches!(
        handshake.client,
        Client::Git | Client::GitLfs | Client::Wget
    );
    evidence.add_if(is_gnutls, GnuTlsClient);
    let is_javascript = handshake.client == Client::JavaScript;
    evidence.add_if(is_javascript, JavaScriptClient);
    evidence.add_if(handshake.client == Client::R, RClient);
}

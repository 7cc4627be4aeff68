//! A client that was not told about our CA.

use crate::diagnosis::rule::prelude::*;
use crate::observation::Ending;

pub const RULE: Rule = Rule {
    slug: "client-distrusts-ca",
    family: Family::Other,
    verdict: Verdict::NotCredentials,
    strongest: Likely,
    title: "The client does not trust the proxy's CA",
    summary: "The client ended the handshake as its runtime does when it does not know the CA; no request was sent.",
    cases: &[
        Case::likely(&[])
            .any(&[DistrustAlert, CertificateAlert, StoreAlert])
            .unless(&[ServedOtherwise]),
        Case::likely(&[SilentHandshake, GnuTlsClient]).unless(&[ServedOtherwise]),
        Case::likely(&[CutHandshake, JavaScriptClient]).unless(&[ServedOtherwise]),
        Case::possible(&[]).any(&[DistrustAlert, CertificateAlert, StoreAlert]),
        Case::possible(&[SilentHandshake, GnuTlsClient]),
        Case::possible(&[CutHandshake, JavaScriptClient]),
        Case::possible(&[])
            .any(&[CutHandshake, SilentHandshake])
            .unless(&[ServedOtherwise]),
    ],
    advice: &[
        Advice::when(
            &[StoreAlert],
            "Set javax.net.ssl.trustStorePassword, and mark the CA in the store as trusted: Java sees no entry in it.",
            "Java sees nothing in its trust store",
        ),
        Advice::when(
            &[CertificateAlert],
            "Give the JVM a trustStore that holds the CA (javax.net.ssl.trustStore); others: see if the name is in its scope.",
            "the client refuses the proxy's certificate",
        ),
        Advice::when(
            &[GnuTlsClient],
            "Point git's http.sslCAInfo, or wget's ca_certificate, at a bundle that holds the proxy's CA.",
            "the client does not trust the proxy's CA",
        ),
        Advice::when(
            &[JavaScriptClient],
            "Set NODE_EXTRA_CA_CERTS (Deno: DENO_CERT) to the proxy's CA before the program starts.",
            "the client does not trust the proxy's CA",
        ),
        Advice::when(
            &[RClient],
            "R's curl reads no variable: pass cainfo = FILE (under run Sys.getenv('CURL_CA_BUNDLE')) to new_handle() or httr::config().",
            "the client does not trust the proxy's CA",
        ),
        Advice::always(
            "Make the client trust the proxy's CA: SSL_CERT_FILE or REQUESTS_CA_BUNDLE names the file that `why401 ca path` prints.",
            "the client does not trust the proxy's CA",
        ),
    ],
    page: Page {
        what_happened: "The client opened a tunnel, saw the certificate of this proxy, and ended the connection.",
        why_it_fails: "The proxy answers for the origin with a certificate of its own CA. A client that does not know the CA \
            has to refuse it. Each runtime does so in its own way: OpenSSL and Go with an alert that names the CA, Java with \
            `certificate_unknown`, Node and Deno by closing, Bun with a reset, GnuTLS after the handshake.",
        fix: "`why401 ca path` prints the file to trust; each runtime has a setting of its own for it.\n\n\
            - curl: `--cacert`.\n\
            - git: `http.sslCAInfo`.\n\
            - Python: `REQUESTS_CA_BUNDLE` for requests, `SSL_CERT_FILE` for the rest.\n\
            - Node: `NODE_EXTRA_CA_CERTS`.\n\
            - Java and Jenkins: a trust store in `-Djavax.net.ssl.trustStore`.\n\
             - R: `cainfo` in the call itself.\n\n\
            Most of these replace what was there: name a file that also holds the system's roots where other hosts are \
            called. Never switch the check of certificates off.",
        how_to_tell: "One closed connection is no proof: programs open connections and think better of it. If the same \
            client comes through at other times, look elsewhere. An old copy of the CA, after it was renewed, is refused \
            alike.",
        sources: &["T1", "T2", "T3", "T4"],
    },
    doc: None,
    fires: &[
        Example::handshake("curl, Python and others on OpenSSL", Ending::UnknownCa),
        Example::handshake("Go", Ending::BadCertificate),
        Example::handshake("R", Ending::UnknownCa).user_agent("R (4.2.2 x86_64-pc-linux-gnu)"),
        Example::handshake("Java", Ending::CertificateUnknown),
        Example::handshake("Java with an empty store", Ending::InternalError),
        Example::handshake("git on GnuTLS", Ending::Silent).user_agent("git/2.51.0"),
        Example::handshake("Node", Ending::Cut).user_agent("node"),
        Example::handshake("A client that does not say who it is", Ending::Cut),
        Example::handshake("The same, after the handshake", Ending::Silent),
        Example::handshake("One that came through before", Ending::UnknownCa).served_otherwise(),
        Example::handshake("The same with git", Ending::Silent)
            .user_agent("git/2.51.0")
            .served_otherwise(),
        Example::handshake("The same with Node", Ending::Cut)
            .user_agent("node")
            .served_otherwise(),
    ],
    silent: &[
        Example::handshake("TLS on the wrong port", Ending::OnPlainPort),
        Example::handshake("A connection that nobody had a use for", Ending::Silent)
            .served_otherwise(),
        Example::rest("A request came").pair("me@acme.com:{api_token}"),
    ],
    ..Rule::PLAIN
};

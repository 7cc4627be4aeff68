//! The onboarding page as clients get it: from the proxy under a reserved host, and from the admin address.

mod place;
mod response;

use crate::child::environment::{VARIABLES, Value, When};
use crate::host::HostPattern;
use crate::host::target::{Host, Target};
use crate::output::onboarding::{self as page, Facts, HOST, Setting, Visit, Way, html, pac, text};
use crate::tls::authority::{Authority, CaCertificate, STORE_PASSWORD, pem_of, store_of};
use bytes::Bytes;
use http::header::{ACCEPT, ALLOW, CONTENT_SECURITY_POLICY, VARY};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use response::{file, plain, typed};
use std::net::{IpAddr, SocketAddr};

const PAC: &str = "/proxy.pac";
const NOT_FOUND: &str = "there are /, /proxy.pac, /ca.pem, /ca.der and /ca.p12\n";

/// What the page says, and the files that it offers.
pub struct Onboarding {
    facts: Facts,
    /// Never empty; what signs comes first.
    roots: Vec<CaCertificate>,
    /// Where the proxy listens.
    listen: SocketAddr,
}

/// Whether a request is for us, whatever its port.
pub fn is_reserved(target: &Target) -> bool {
    matches!(&target.host, Host::Name(name) if name == HOST)
}

impl Onboarding {
    /// `listen` has the real port.
    pub fn new(authority: &Authority, hosts: &[HostPattern], listen: SocketAddr) -> Self {
        let roots = authority.roots().to_vec();
        let root = authority.root();
        let facts = Facts {
            fingerprint: root.fingerprint(),
            signs_for: authority.constraint().to_string(),
            until: authority.not_after().date().to_string(),
            hosts: hosts.to_owned(),
            variables: variables(),
            store_password: STORE_PASSWORD,
        };
        Self {
            facts,
            roots,
            listen,
        }
    }

    /// The answer to a request for the reserved host, which came to `local`.
    pub fn through<B>(&self, request: &Request<B>, local: IpAddr) -> Response<Bytes> {
        if !is_reading(request.method()) {
            let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
            let allowed = HeaderValue::from_static("GET, HEAD");
            response.headers_mut().insert(ALLOW, allowed);
            return response;
        }
        self.page(request, local, Way::Through)
            .unwrap_or_else(|| plain(StatusCode::NOT_FOUND, NOT_FOUND))
    }

    /// A page or file for a reader of the admin address; `None` for a path that is none of them.
    pub fn direct<B>(&self, request: &Request<B>, local: IpAddr) -> Option<Response<Bytes>> {
        self.page(request, local, Way::Direct)
    }

    /// The PAC file, for a browser that asks the proxy itself for it: by the proxy it could not.
    pub fn pac<B>(&self, request: &Request<B>, local: IpAddr) -> Option<Response<Bytes>> {
        let is_asked = is_reading(request.method()) && request.uri().path() == PAC;
        is_asked
            .then(|| self.page(request, local, Way::Direct))
            .flatten()
    }

    fn page<B>(&self, request: &Request<B>, local: IpAddr, way: Way) -> Option<Response<Bytes>> {
        let proxy = place::reached(self.listen, request.headers(), local);
        let visit = Visit { proxy, way };
        Some(match request.uri().path() {
            "/" => self.welcome(request.headers(), visit),
            PAC => typed(
                "application/x-ns-proxy-autoconfig",
                pac::render(&self.facts, visit),
            ),
            "/ca.pem" => file(
                "application/x-pem-file",
                page::tool::PEM,
                pem_of(&self.roots),
            ),
            "/ca.der" => file(
                "application/pkix-cert",
                "why401.crt",
                self.roots[0].der().to_vec(),
            ),
            "/ca.p12" => match store_of(&self.roots) {
                Ok(store) => file("application/x-pkcs12", page::tool::P12, store),
                Err(error) => {
                    tracing::error!(%error, "cannot encode the certificate");
                    plain(StatusCode::INTERNAL_SERVER_ERROR, "cannot encode it\n")
                }
            },
            _ => return None,
        })
    }

    /// HTML for who asks for it, as browsers do; a terminal gets text.
    fn welcome(&self, headers: &HeaderMap, visit: Visit) -> Response<Bytes> {
        let mut response = match wants_html(headers) {
            true => typed("text/html; charset=utf-8", html::render(&self.facts, visit)),
            false => plain(StatusCode::OK, text::render(&self.facts, visit)),
        };
        let fields = response.headers_mut();
        fields.insert(VARY, HeaderValue::from_static("accept"));
        if wants_html(headers)
            && let Ok(policy) = HeaderValue::from_str(&html::policy())
        {
            fields.insert(CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}

fn is_reading(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

fn wants_html(headers: &HeaderMap) -> bool {
    let mut accepted = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok());
    accepted.any(|value| value.to_ascii_lowercase().contains("text/html"))
}

/// The variables of `why401 run` whose values need no file but the two of the page.
fn variables() -> Vec<(&'static str, Setting)> {
    let setting = |value| match value {
        Value::Proxy => Some(Setting::Proxy),
        Value::Roots(_) | Value::GitRoots => Some(Setting::Roots),
        Value::Added => Some(Setting::Root),
        Value::Constant(text) => Some(Setting::Constant(text)),
        Value::NoProxy | Value::Wgetrc | Value::PhpFolders | Value::JavaOptions | Value::RunId => {
            None
        }
    };
    VARIABLES
        .iter()
        .filter(|variable| variable.when == When::Always)
        .filter_map(|variable| Some((variable.name, setting(variable.value)?)))
        .collect()
}

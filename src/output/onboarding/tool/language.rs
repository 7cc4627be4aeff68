//! Runtimes, and the package managers that come with them.

use super::{PEM, ROOTS, Tool};
use crate::output::onboarding::Visit;

pub fn tools(visit: Visit) -> Vec<Tool> {
    let proxy = format!("http://{}", visit.proxy);
    let roots = format!("\"$PWD/{ROOTS}\"");
    vec![
        Tool::new(
            "Python requests",
            format!("HTTPS_PROXY={proxy} REQUESTS_CA_BUNDLE={roots} python3 program.py"),
        )
        .note("A session with trust_env=False reads neither."),
        Tool::new(
            "Python httpx and urllib",
            format!("HTTPS_PROXY={proxy} SSL_CERT_FILE={roots} python3 program.py"),
        )
        .note("aiohttp, too, if its session is made with trust_env=True."),
        Tool::new(
            "pip",
            format!("export PIP_PROXY={proxy} PIP_CERT={roots}"),
        ),
        Tool::new(
            "Node",
            format!(
                "HTTPS_PROXY={proxy} NODE_USE_ENV_PROXY=1 NODE_EXTRA_CA_CERTS=\"$PWD/{PEM}\" node program.js"
            ),
        )
        .note("From Node 24 on. Before that only libraries that read HTTPS_PROXY themselves go through me, as axios does."),
        Tool::new(
            "Go",
            format!("HTTPS_PROXY={proxy} SSL_CERT_FILE={roots} ./program"),
        )
        .note("On macOS and Windows Go knows the store of the system only: import the CA there."),
        Tool::new(
            "Ruby",
            format!("http_proxy={proxy} SSL_CERT_FILE={roots} ruby program.rb"),
        )
        .note("Net::HTTP reads http_proxy for HTTPS, too, and no other variable."),
        Tool::new(
            "PHP",
            format!("HTTPS_PROXY={proxy} php -d curl.cainfo={roots} program.php"),
        )
        .note("For the curl extension. Streams (file_get_contents) read no variable."),
        Tool::new(
            "Perl",
            format!(
                "HTTPS_PROXY={proxy} PERL_LWP_ENV_PROXY=1 PERL_LWP_SSL_CA_FILE={roots} perl program.pl"
            ),
        ),
        Tool::new(
            "cargo",
            format!("CARGO_HTTP_PROXY={proxy} CARGO_HTTP_CAINFO={roots} cargo fetch"),
        ),
    ]
}

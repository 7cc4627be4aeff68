//! What only a runtime itself knows: its version, and where it was built to find roots.

use super::program::{Said, ask as ask_program, command};
use crate::child::variables::Variables;
use crate::doctor::client::Client;
use crate::doctor::machine::{Asked, Runtimes};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::ffi::OsStr;

/// The folder that it was started in shall not hold its modules. certifi is asked itself: Debian's gives the system's roots.
const PYTHON: &str = r#"
import sys
sys.path[:] = [p for p in sys.path if p]
import json, os, ssl
from importlib.util import find_spec
paths = ssl.get_default_verify_paths()
certifi = None
if find_spec("certifi"):
    import certifi
    certifi = certifi.where()
print(json.dumps({
    "cafile": os.path.realpath(paths.openssl_cafile), "capath": os.path.realpath(paths.openssl_capath),
    "certifi": certifi and os.path.realpath(certifi),
    "requests": bool(find_spec("requests")), "httpx": bool(find_spec("httpx")),
}))
"#;
const PHP: &str = r#"echo json_encode(["has_curl" => extension_loaded("curl"), "cainfo" => ini_get("curl.cainfo") ?: null]);"#;
const PERL: &str = r#"print grep { -e "$_/LWP/Protocol/https.pm" } @INC"#;

/// Asks those that are here, all at the same time.
pub async fn ask(variables: &Variables, found: &BTreeSet<Client>) -> Runtimes {
    let one = async |client: Client, arguments: &[&str]| {
        let program = variables.find(OsStr::new(client.program()));
        match program.filter(|_| found.contains(&client)) {
            Some(program) => ask_program(command(&program, arguments), b"").await,
            None => Said::Nothing,
        }
    };
    let (node, python, php, perl, wget) = tokio::join!(
        one(Client::Node, &["--version"]),
        one(Client::Python, &["-B", "-c", PYTHON]),
        one(Client::Php, &["-r", PHP]),
        one(Client::Perl, &["-e", PERL]),
        one(Client::Wget, &["--version"]),
    );
    Runtimes {
        node: node.text().map(|text| text.trim().to_owned()),
        python: told(python),
        php: told(php),
        has_lwp: perl.text().is_some_and(|text| !text.is_empty()),
        wget_has_openssl: wget
            .text()
            .is_some_and(|text| text.contains("+ssl/openssl")),
    }
}

fn told<T: DeserializeOwned>(said: Said) -> Asked<T> {
    match said {
        Said::TooLate => Asked::Silent,
        said => said
            .text()
            .and_then(|text| serde_json::from_str(&text).ok())
            .map_or(Asked::Nothing, Asked::Told),
    }
}

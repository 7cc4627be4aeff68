//! The onboarding page: what a client needs to go through the proxy, as HTML, as text for a terminal, and as a PAC file.

pub mod html;
pub mod pac;
pub mod text;
pub mod tool;

use crate::host::HostPattern;
use std::net::SocketAddr;

/// The host that the proxy answers itself: RFC 6761 keeps its top level from ever naming a real one.
pub const HOST: &str = "why401.invalid";

/// What holds for everybody who reads the page.
#[derive(Clone, Debug)]
pub struct Facts {
    /// SHA-256 of the root certificate, as `openssl x509 -fingerprint -sha256` prints it.
    pub fingerprint: String,
    /// `bitbucket.org and below`
    pub signs_for: String,
    /// The day when the CA expires, `2027-11-22`.
    pub until: String,
    /// What the proxy opens.
    pub hosts: Vec<HostPattern>,
    /// Variables that lead every runtime that reads some, in the order in which they are set.
    pub variables: Vec<(&'static str, Setting)>,
    /// That of the trust store for Java.
    pub store_password: &'static str,
}

/// The value of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Proxy,
    /// The roots of the system and ours, [`tool::ROOTS`].
    Roots,
    /// Our root alone, [`tool::PEM`].
    Root,
    Constant(&'static str),
}

/// One reading of the page.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    /// Where this reader's tools reach the proxy.
    pub proxy: SocketAddr,
    pub way: Way,
}

/// How a reader came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By the proxy.
    Through,
    /// By the admin address.
    Direct,
}

impl Facts {
    fn opens(&self, host: &str) -> bool {
        self.hosts.iter().any(|pattern| pattern.matches(host, 443))
    }

    fn hosts(&self) -> String {
        let hosts: Vec<String> = self.hosts.iter().map(ToString::to_string).collect();
        hosts.join(", ")
    }

    fn constraint(&self) -> String {
        format!(
            "It can sign for {}, until {}, and for nothing else: no other site can be forged with it.",
            self.signs_for, self.until
        )
    }

    fn opened(&self) -> String {
        format!(
            "I open {}, and pass everything else on unseen.",
            self.hosts()
        )
    }
}

impl Visit {
    fn verdict(&self) -> &'static str {
        match self.way {
            Way::Through => "You are going through me.",
            Way::Direct => "You are not going through me: you are reading this directly.",
        }
    }

    fn detail(&self) -> String {
        match self.way {
            Way::Through => format!("This page came by the proxy at {}.", self.proxy),
            Way::Direct => format!("The proxy is at {}.", self.proxy),
        }
    }

    /// What tells whether a shell goes through, and whether it could.
    fn checks(&self) -> String {
        format!(
            "curl -x http://{} http://{HOST}/\n\
             curl http://{HOST}/\n\
             curl -i https://api.bitbucket.org/2.0/user",
            self.proxy
        )
    }
}

/// Says what [`Visit::checks`] tell.
const CHECKED: &str = "The first line needs no setting, and says whether I can be reached from there. In a shell that is \
    set up, the second says that it goes through me, and the answer to the third, a refusal, has the field \
    x-auth-diagnosis: there are two settings, for HTTP and for HTTPS. A tool that shows no fields hides the answer: \
    GIT_CURL_VERBOSE=1 has git show it, response.headers[\"x-auth-diagnosis\"] is it in Python, and with --annotate \
    reason,body I say it in the answer itself.";
const COMPARE: &str = "It came over plain HTTP, so compare its SHA-256 fingerprint with what the operator of the proxy \
    reads in why401 ca show, with the --state-dir or --ca-dir that serve was given:";
const JOIN: &str = "Most tools take one file in the place of the roots of the system, so join the two. (Fedora has \
    them in /etc/pki/tls/certs/ca-bundle.crt, macOS in /etc/ssl/cert.pem.)";
const FOLDER: &str = "Run the lines below in the folder that holds these two files.";

fn fetch(visit: Visit) -> String {
    let pem = tool::PEM;
    format!(
        "curl -fsS -x http://{} -o {pem} http://{HOST}/ca.pem\n\
         openssl x509 -in {pem} -noout -fingerprint -sha256",
        visit.proxy
    )
}

fn join() -> String {
    format!(
        "cat /etc/ssl/certs/ca-certificates.crt {} > {}",
        tool::PEM,
        tool::ROOTS
    )
}

#[cfg(test)]
mod tests;

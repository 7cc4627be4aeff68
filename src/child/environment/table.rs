//! The variables that make a runtime use a proxy and trust its CA, one row each; every row was measured with the client
//! it is for.

/// One variable of a child.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    pub name: &'static str,
    pub value: Value,
    pub when: When,
}

/// What a variable gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// The proxy's URL.
    Proxy,
    /// The user's list without the entries that would lead past the proxy.
    NoProxy,
    /// A file that takes the place of the system's roots: these, the user's own and ours. The user's own are those of the
    /// first of these variables that is set: this one, and what its programs read when it is not.
    Roots(&'static [&'static str]),
    /// The same for git, whose settings may name roots of the user's own: the variable would hide them.
    GitRoots,
    /// A file beside the system's roots: the user's own and ours.
    Added,
    Constant(&'static str),
    /// A copy of the user's wgetrc with our CA.
    Wgetrc,
    /// The user's folders of PHP settings, and one of ours.
    PhpFolders,
    /// The user's options for every JVM, and ours.
    JavaOptions,
    /// Tells a run inside this one.
    RunId,
}

/// Whether a variable is set where the user has not set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Always,
    /// Only to keep the user's value from leading past us: unset, its programs read variables that we set.
    IfSet,
}

const fn always(name: &'static str, value: Value) -> Variable {
    Variable {
        name,
        value,
        when: When::Always,
    }
}

const fn if_set(name: &'static str, value: Value) -> Variable {
    Variable {
        name,
        value,
        when: When::IfSet,
    }
}

use Value::*;

/// In the order in which they are set.
pub const VARIABLES: &[Variable] = &[
    // wget reads lower case only, Go upper case first, curl lower case first.
    always("HTTPS_PROXY", Proxy),
    always("https_proxy", Proxy),
    // Ruby reads this one, for https too; curl the lower case only.
    always("HTTP_PROXY", Proxy),
    always("http_proxy", Proxy),
    always("NO_PROXY", NoProxy),
    always("no_proxy", NoProxy),
    // OpenSSL's own: urllib, httpx, aiohttp, Ruby, Go, .NET, rustls with the platform's roots.
    always("SSL_CERT_FILE", Roots(&["SSL_CERT_FILE"])),
    always(
        "CURL_CA_BUNDLE",
        Roots(&["CURL_CA_BUNDLE", "SSL_CERT_FILE"]),
    ),
    always(
        "REQUESTS_CA_BUNDLE",
        Roots(&["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]),
    ),
    always("GIT_SSL_CAINFO", GitRoots),
    always(
        "PIP_CERT",
        Roots(&[
            "PIP_CERT",
            "REQUESTS_CA_BUNDLE",
            "CURL_CA_BUNDLE",
            "SSL_CERT_FILE",
        ]),
    ),
    always(
        "AWS_CA_BUNDLE",
        Roots(&["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"]),
    ),
    always(
        "CARGO_HTTP_CAINFO",
        Roots(&["CARGO_HTTP_CAINFO", "SSL_CERT_FILE"]),
    ),
    always(
        "PERL_LWP_SSL_CA_FILE",
        Roots(&["PERL_LWP_SSL_CA_FILE", "HTTPS_CA_FILE", "SSL_CERT_FILE"]),
    ),
    always("PERL_LWP_ENV_PROXY", Constant("1")),
    always("NODE_EXTRA_CA_CERTS", Added),
    // From Node 24 on; older ones ignore it. In NODE_OPTIONS it would keep them from starting.
    always("NODE_USE_ENV_PROXY", Constant("1")),
    always("DENO_CERT", Added),
    always("WGETRC", Wgetrc),
    always("PHP_INI_SCAN_DIR", PhpFolders),
    always("JAVA_TOOL_OPTIONS", JavaOptions),
    if_set("CARGO_HTTP_PROXY", Proxy),
    if_set("PIP_PROXY", Proxy),
    if_set("npm_config_https_proxy", Proxy),
    if_set("npm_config_noproxy", NoProxy),
    if_set("npm_config_cafile", Roots(&["npm_config_cafile"])),
    if_set("HTTPS_CA_FILE", Roots(&["HTTPS_CA_FILE"])),
    always("WHY401_RUN_ID", RunId),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_variable_stands_twice_and_roots_begin_with_the_users_own() {
        let mut names: Vec<_> = VARIABLES.iter().map(|variable| variable.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), VARIABLES.len());
        for variable in VARIABLES {
            if let Roots([own, ..]) = variable.value {
                assert_eq!(*own, variable.name);
            }
        }
    }
}

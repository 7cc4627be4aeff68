//! JVMs: they know neither proxy variables nor PEM files, so they get options, and a trust store of their own format.

pub mod jks;
pub mod likely;
pub mod store;

use crate::child::environment::no_proxy;
use crate::output::environment::option;
use std::path::Path;

/// What Java expects of a store that holds nothing secret. Java needs it given even so.
pub const STORE_PASSWORD: &str = "changeit";

/// The options of `JAVA_TOOL_OPTIONS`: the user's own, and ours behind them, because the later of two counts.
pub fn options(user: &str, proxy: &str, hosts: &[String], store: &Path) -> String {
    let own = Some(user.trim().to_owned()).filter(|user| !user.is_empty());
    let ours = properties(user, proxy, hosts, &store.to_string_lossy())
        .into_iter()
        .map(|(name, value)| format!("-D{name}={}", option(&value)));
    own.into_iter().chain(ours).collect::<Vec<_>>().join(" ")
}

/// What makes a JVM use the proxy and trust the store, `user` being its options so far.
pub fn properties(
    user: &str,
    proxy: &str,
    hosts: &[String],
    store: &str,
) -> Vec<(&'static str, String)> {
    let address = proxy.strip_prefix("http://").unwrap_or(proxy);
    let (host, port) = address.rsplit_once(':').unwrap_or((address, "80"));
    let host = host.trim_matches(['[', ']']);
    vec![
        ("https.proxyHost", host.to_owned()),
        ("https.proxyPort", port.to_owned()),
        ("http.nonProxyHosts", direct(user, hosts)),
        ("javax.net.ssl.trustStore", store.to_owned()),
        (
            "javax.net.ssl.trustStorePassword",
            STORE_PASSWORD.to_owned(),
        ),
        ("javax.net.ssl.trustStoreType", "PKCS12".to_owned()),
    ]
}

/// Hosts that a JVM reaches directly: what the user wants so, without what would lead past us.
fn direct(user: &str, hosts: &[String]) -> String {
    let own = property(user, "http.nonProxyHosts").unwrap_or_default();
    let leads_past = |entry: &&str| hosts.iter().any(|host| no_proxy::matches(entry, host));
    let own = own
        .split('|')
        .filter(|entry| !entry.is_empty() && !leads_past(entry));
    let mut all = vec!["localhost", "127.*", "[::1]"];
    all.extend(own);
    all.join("|")
}

/// The last `-Dname=value` among options, which a JVM parts at blanks and joins by quotes.
pub fn property(options: &str, name: &str) -> Option<String> {
    let mut found = None;
    for option in words(options) {
        let value = option
            .strip_prefix("-D")
            .and_then(|rest| rest.strip_prefix(name))
            .and_then(|rest| rest.strip_prefix('='));
        found = value.map(str::to_owned).or(found);
    }
    found
}

fn words(options: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in options.chars() {
        match quote {
            Some(end) if character == end => quote = None,
            Some(_) => word.get_or_insert_default().push(character),
            None if character == '\'' || character == '"' => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            None if character.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &str = "http://127.0.0.1:4711";

    fn hosts() -> [String; 1] {
        ["api.bitbucket.org".to_owned()]
    }

    #[test]
    fn a_jvm_gets_proxy_direct_hosts_and_store() {
        assert_eq!(
            options("", PROXY, &hosts(), Path::new("/run/u 1/java.p12")),
            "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=4711 \
             -Dhttp.nonProxyHosts=localhost|127.*|[::1] \
             -Djavax.net.ssl.trustStore=\"/run/u 1/java.p12\" \
             -Djavax.net.ssl.trustStorePassword=changeit -Djavax.net.ssl.trustStoreType=PKCS12"
        );
    }

    #[test]
    fn hosts_that_are_reached_directly_stay_so_but_for_ours() {
        let user = "-Xmx1g '-Dhttp.nonProxyHosts=*.corp.example|*.bitbucket.org'";
        let options = options(user, PROXY, &hosts(), Path::new("/java.p12"));
        assert!(options.starts_with(user), "{options}");
        let own = " -Dhttp.nonProxyHosts=localhost|127.*|[::1]|*.corp.example ";
        assert!(options.contains(own), "{options}");
    }

    #[test]
    fn the_last_of_two_properties_counts_in_quotes_or_not() {
        let options = "-Da.b=1 -Dx=\"y z\"  -Da.b='2 3'";
        assert_eq!(property(options, "a.b").as_deref(), Some("2 3"));
        assert_eq!(property(options, "x").as_deref(), Some("y z"));
        assert_eq!(property(options, "a"), None);
    }
}

//! Which client a User-Agent belongs to, as far as its way of authenticating differs.

/// Clients that authenticate in a way of their own (table F).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    Git,
    GitLfs,
    /// Tries a stored git credential as Bearer, then as Basic (F2).
    GitCredentialManager,
    Wget,
    /// The JDK's own clients, Apache HttpClient, Maven, JGit.
    Java,
    Gradle,
    DotNet,
    PowerShell,
    /// Reads `.netrc`, and lets it win over a field of the program (E27).
    PythonRequests,
    /// Node, Deno and Bun, which end a handshake without an alert.
    JavaScript,
    Go,
    /// Its curl reads no variable that names roots.
    R,
    Other,
}

/// How products name themselves at the start of a User-Agent; lower case.
const PRODUCTS: &[(&str, Client)] = &[
    ("git-credential-manager/", Client::GitCredentialManager),
    ("git-lfs/", Client::GitLfs),
    ("git/", Client::Git),
    ("jgit/", Client::Java),
    ("wget/", Client::Wget),
    ("wget2/", Client::Wget),
    ("gradle/", Client::Gradle),
    ("java/", Client::Java),
    ("java-http-client/", Client::Java),
    ("apache-httpclient/", Client::Java),
    ("apache-httpasyncclient/", Client::Java),
    ("apache-maven/", Client::Java),
    ("jakarta commons-httpclient/", Client::Java),
    (".net/", Client::DotNet),
    ("nuget", Client::DotNet),
    ("python-requests/", Client::PythonRequests),
    ("node", Client::JavaScript),
    ("undici", Client::JavaScript),
    ("axios/", Client::JavaScript),
    ("deno/", Client::JavaScript),
    ("bun/", Client::JavaScript),
    ("go-http-client/", Client::Go),
    ("r (", Client::R),
];

impl Client {
    pub fn of(user_agent: &str) -> Self {
        let start = |product: &str| {
            let start = user_agent.as_bytes().get(..product.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(product.as_bytes()))
        };
        let by_start = PRODUCTS
            .iter()
            .find(|(product, _)| start(product))
            .map(|(_, client)| *client);
        // `Mozilla/5.0 (Windows NT 10.0; ...) WindowsPowerShell/5.1` or `... PowerShell/7.4`.
        by_start.unwrap_or_else(|| {
            // `libcurl/7.88.1 r-curl/5.0.0 httr/1.4.4`
            let products = [("PowerShell/", Self::PowerShell), (" r-curl/", Self::R)];
            let named = products
                .iter()
                .find(|(product, _)| user_agent.contains(product));
            named.map_or(Self::Other, |(_, client)| *client)
        })
    }

    /// Sends credentials when a 401 asks for them, and never when a 404 does not. git is told apart by its own words.
    pub fn answers_only_challenges(self) -> bool {
        matches!(
            self,
            Self::Java | Self::Gradle | Self::DotNet | Self::PowerShell | Self::Wget
        )
    }

    /// Sends the first request without credentials and answers the 401.
    pub fn waits_for_challenge(self) -> bool {
        matches!(self, Self::Git | Self::GitLfs) || self.answers_only_challenges()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_by_their_user_agent() {
        for (user_agent, expected) in [
            ("git/2.39.5", Client::Git),
            (
                "git-lfs/3.4.1 (GitHub; linux amd64; go 1.21)",
                Client::GitLfs,
            ),
            (
                "Git-Credential-Manager/2.6.0 (Linux; x86_64) CLR/8.0",
                Client::GitCredentialManager,
            ),
            ("Wget/1.21.3", Client::Wget),
            ("Java/17.0.2", Client::Java),
            ("Java-http-client/21", Client::Java),
            ("Apache-HttpClient/4.5.14 (Java/17.0.2)", Client::Java),
            ("JGit/6.7", Client::Java),
            ("Gradle/8.5 (Linux;6.1;amd64)", Client::Gradle),
            (
                "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1",
                Client::PowerShell,
            ),
            ("curl/7.88.1", Client::Other),
            ("python-requests/2.32.3", Client::PythonRequests),
            ("node-fetch/1.0", Client::JavaScript),
            ("Bun/1.4.5", Client::JavaScript),
            ("Go-http-client/1.1", Client::Go),
            ("R (4.2.2 x86_64-pc-linux-gnu x86_64 linux-gnu)", Client::R),
            ("libcurl/7.88.1 r-curl/5.0.0 httr/1.4.4", Client::R),
            ("digit/1.0", Client::Other),
            ("", Client::Other),
        ] {
            assert_eq!(Client::of(user_agent), expected, "{user_agent}");
        }
        assert!(Client::Git.waits_for_challenge() && !Client::Other.waits_for_challenge());
        for client in [
            Client::GitCredentialManager,
            Client::PythonRequests,
            Client::Go,
        ] {
            assert!(!client.waits_for_challenge(), "{client:?}");
        }
        assert!(Client::Java.answers_only_challenges() && !Client::Git.answers_only_challenges());
    }
}

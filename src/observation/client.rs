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
    Other,
}

impl Client {
    pub fn of(_user_agent: &str) -> Self {
        todo!()
    }

    /// Sends the first request without credentials and answers the 401.
    pub fn waits_for_challenge(self) -> bool {
        !matches!(self, Self::GitCredentialManager | Self::Other)
    }
}

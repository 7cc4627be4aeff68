//! What was sent, in words, without the secret.

use crate::output::event::{Event, Sent};

/// `Basic, user j…e, API token of 192 characters, checksum fits`
pub fn words(sent: &Sent) -> String {
    let Some(scheme) = sent.scheme else {
        return "no credentials".to_owned();
    };
    let mut parts = vec![match scheme {
        "missing" => "no scheme".to_owned(),
        "other" => "an unknown scheme".to_owned(),
        scheme => scheme.to_owned(),
    }];
    match (sent.user_id_kind, sent.user_id.as_deref()) {
        (Some("empty"), _) => parts.push("empty user name".to_owned()),
        (Some("token"), _) => parts.push("a token as user name".to_owned()),
        (Some(_), Some(user)) => parts.push(format!("user {user}")),
        _ => {}
    }
    parts.push(secret(sent));
    parts.join(", ")
}

impl Event {
    /// What the event says about the credentials.
    pub fn sent(&self) -> Sent {
        Sent {
            scheme: self.scheme,
            user_id: self.user_id.clone(),
            user_id_kind: self.user_id_kind,
            secret_kind: self.secret_kind,
            secret_length: self.secret_length,
            secret_checksum: self.secret_checksum,
            fingerprint: self.fingerprint.clone(),
        }
    }
}

fn secret(sent: &Sent) -> String {
    let Some(kind) = sent.secret_kind else {
        return "no secret".to_owned();
    };
    let length = sent
        .secret_length
        .map(|length| format!(" of {length} characters"));
    let checksum = sent
        .secret_checksum
        .map(|result| format!(", checksum {result}"));
    let (length, checksum) = (length.unwrap_or_default(), checksum.unwrap_or_default());
    format!("{}{length}{checksum}", kind_words(kind))
}

/// The log's names of kinds, as people say them.
fn kind_words(kind: &str) -> &str {
    match kind {
        "api-token" => "API token",
        "access-token" => "access token",
        "app-password" => "app password",
        "old-app-password" => "20 letters and digits, as old app passwords had",
        "legacy-api-token" => "24 letters and digits, as old Atlassian tokens had",
        "oauth-token" => "OAuth token",
        "jwt" => "JWT",
        "cut-jwt" => "the beginning of a JWT",
        "consumer-secret" => "the shape of an OAuth consumer's secret",
        "data-center-token" => "Data Center token",
        "github-token" => "GitHub token",
        "gitlab-token" => "GitLab token",
        "npm-token" => "npm token",
        "slack-token" => "Slack token",
        "openai-key" => "OpenAI key",
        "aws-key" => "AWS key",
        "azure-secret" => "Azure secret",
        "sentry-token" => "Sentry token",
        "private-key" => "a private key",
        "placeholder" => "a placeholder",
        "hidden" => "a secret that the record hides",
        "password-shaped" | "unknown" => "a secret of no known kind",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::{SecretKind, Vendor};
    use crate::output::event::names;

    #[test]
    fn no_kind_is_named_as_programs_name_it() {
        let vendors = [
            Vendor::GitHub,
            Vendor::GitLab,
            Vendor::Npm,
            Vendor::Slack,
            Vendor::OpenAi,
            Vendor::Aws,
            Vendor::Azure,
            Vendor::Sentry,
        ];
        let foreign = vendors.map(SecretKind::Foreign);
        let own = [
            SecretKind::ApiToken,
            SecretKind::AccessToken,
            SecretKind::AppPassword,
            SecretKind::OldAppPassword,
            SecretKind::LegacyApiToken,
            SecretKind::OAuthToken,
            SecretKind::CutJwt,
            SecretKind::ConsumerSecret,
            SecretKind::DataCenterToken,
            SecretKind::PrivateKey,
        ];
        for kind in foreign.into_iter().chain(own) {
            let name = names::secret_kind(kind).expect("a kind of secret");
            assert!(!kind_words(name).contains('-'), "{name}");
        }
    }
}

//! What a user name and a secret are, and how they have to be sent.

use crate::credentials::{Checksum, Credentials, SecretKind, UserIdKind};
use crate::diagnosis::right_form::{RightForm, right_forms};
use crate::output::event::{Sent, rfc3339};
use serde_json::{Value, json};
use std::fmt::Write;
use time::UtcDateTime;
use words::fault_sentence;

mod words;

pub use words::kind_name;

/// Of one pair, without the secret.
pub struct Pair<'a> {
    pub sent: &'a Credentials,
    pub at: UtcDateTime,
}

impl Pair<'_> {
    /// For a person; ends in a line end.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |label: &str, value: &str| {
            let _ = writeln!(text, "{label:<8}{value}");
        };
        line("secret", &self.secret());
        line("user", self.user());
        for fault in &self.sent.faults {
            line("wrong", fault_sentence(*fault));
        }
        let surfaces = [
            ("REST", self.form(Surface::Rest)),
            ("git", self.form(Surface::Git)),
        ];
        for (label, form) in surfaces {
            line(
                label,
                &form.map_or_else(|| self.instead().to_owned(), form_sentence),
            );
        }
        text
    }

    /// The same for a program.
    pub fn json(&self) -> Value {
        let sent = Sent::of(Some(self.sent), false);
        let form = |form: Option<RightForm>| {
            form.map(|form| json!({"scheme": form.scheme, "user": form.user, "user_fits": form.user_fits}))
        };
        json!({
            "secret": {
                "kind": sent.secret_kind,
                "length": sent.secret_length,
                "checksum": sent.secret_checksum,
                "intact": self.intact(),
                "expires": self.sent.secret.claims.expires.map(rfc3339),
            },
            "user": {"kind": sent.user_id_kind},
            "wrong": self.sent.faults.iter().map(|fault| fault_sentence(*fault)).collect::<Vec<_>>(),
            "rest": form(self.form(Surface::Rest)),
            "git": form(self.form(Surface::Git)),
            "instead": self.form(Surface::Rest).is_none().then(|| self.instead()),
        })
    }

    /// `None`: this kind carries no checksum that could tell.
    fn intact(&self) -> Option<bool> {
        match (self.sent.secret.checksum, self.sent.secret.kind) {
            (Checksum::Fits, _) => Some(true),
            (Checksum::Fails, _) | (_, SecretKind::CutJwt) => Some(false),
            (Checksum::Absent, _) => None,
        }
    }

    /// `API token of 192 characters, whole: its checksum fits`
    fn secret(&self) -> String {
        let shape = self.sent.secret;
        let (kind, aside) = kind_name(shape);
        let length = shape
            .length
            .map(|length| format!(" of {length} characters"));
        let intact = match self.intact() {
            Some(true) => ", whole: its checksum fits",
            Some(false) => self.damage(),
            None => "",
        };
        let expired = match shape.claims.expires {
            Some(end) if end <= self.at => format!(", expired at {}", rfc3339(end)),
            _ => String::new(),
        };
        format!(
            "{kind}{}{aside}{intact}{expired}",
            length.unwrap_or_default()
        )
    }

    /// In which way it is not whole.
    fn damage(&self) -> &'static str {
        match (self.sent.secret.kind, self.sent.secret.length) {
            (SecretKind::CutJwt, _) => ", damaged: copy it again, on one line",
            (SecretKind::AppPassword, Some(36)) | (_, Some(192)) => {
                ", damaged: as long as whole ones, but characters were changed; copy it again"
            }
            (SecretKind::AppPassword, _) => {
                ", damaged: copy it again, whole ones had 36 characters, on one line"
            }
            _ => {
                ", damaged: copy it again, whole ones seen so far have 192 characters, on one line"
            }
        }
    }

    fn user_kind(&self) -> UserIdKind {
        self.sent
            .user_id
            .as_ref()
            .map_or(UserIdKind::Empty, |user| user.kind)
    }

    fn user(&self) -> &'static str {
        match self.user_kind() {
            UserIdKind::Email => "an email address",
            UserIdKind::Username => "can be a Bitbucket username",
            UserIdKind::XTokenAuth | UserIdKind::XBitbucketApiTokenAuth => {
                "a word of the protocol, for git only"
            }
            UserIdKind::Uuid | UserIdKind::AccountId => "an id, which is no user name",
            UserIdKind::Label => "cannot be a Bitbucket username",
            UserIdKind::Placeholder => "a placeholder",
            UserIdKind::Token => "a token, which is no user name",
            UserIdKind::Empty => "empty",
        }
    }

    fn form(&self, surface: Surface) -> Option<RightForm> {
        let forms = right_forms(self.sent.secret, self.user_kind(), self.at)?;
        Some(match surface {
            Surface::Rest => forms.rest,
            Surface::Git => forms.git,
        })
    }

    /// What to do where no form helps.
    fn instead(&self) -> &'static str {
        match self.sent.secret.kind {
            SecretKind::AppPassword | SecretKind::OldAppPassword => {
                "app passwords ended on 2026-07-28: create an API token with scopes"
            }
            SecretKind::PasswordShaped => {
                "looks like an account password, which Bitbucket refuses: use an API token with scopes"
            }
            SecretKind::Foreign(_)
            | SecretKind::DataCenterToken
            | SecretKind::DataCenterShape
            | SecretKind::PrivateKey => {
                "Bitbucket Cloud takes no such secret: use an API token with scopes"
            }
            SecretKind::Jwt if self.sent.secret.claims.connect => {
                "sent as JWT TOKEN, REST only: signed by a Connect app for one request"
            }
            SecretKind::Jwt => {
                "Bitbucket takes no such token, it is for other services: use a repository access token"
            }
            SecretKind::LegacyApiToken => {
                "if it is one, Bitbucket refuses it: create an API token with scopes"
            }
            SecretKind::ConsumerSecret => {
                "if it is one, exchange key and secret at bitbucket.org/site/oauth2/access_token for a token"
            }
            SecretKind::CutJwt => "a damaged token: get it again, whole",
            SecretKind::Placeholder => "this stands for a secret and is none",
            SecretKind::None => "there is no secret",
            _ => {
                "of no known kind: an API token begins with ATATT3xFfGF0, an access token with ATCTT3xFfGN0"
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Surface {
    Rest,
    Git,
}

fn form_sentence(form: RightForm) -> String {
    let Some(user) = form.user else {
        return format!("{}, without a user name", form.scheme);
    };
    let fits = if form.user_fits {
        "the given one can be it"
    } else {
        "the given one is not"
    };
    format!("{}, user name: {user} ({fits})", form.scheme)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::mint;
    use crate::secret::FingerprintKey;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use time::macros::utc_datetime;

    fn text(user: &str, secret: &str) -> String {
        let value = format!("Basic {}", STANDARD.encode(format!("{user}:{secret}")));
        let sent = Credentials::parse(value.as_bytes(), &FingerprintKey::new([7; 32]));
        let at = utc_datetime!(2026-11-24 10:00);
        Pair { sent: &sent, at }.text()
    }

    /// With another character in its middle.
    fn spoilt(token: &str) -> String {
        let other = if token[100..].starts_with('x') {
            'y'
        } else {
            'x'
        };
        format!("{}{other}{}", &token[..100], &token[101..])
    }

    #[test]
    fn a_whole_token_under_a_username() {
        let expected = "\
secret  API token of 192 characters, whole: its checksum fits
user    can be a Bitbucket username
REST    Basic, user name: the email of the Atlassian account that owns it (the given one is not)
git     Basic, user name: x-bitbucket-api-token-auth or the Bitbucket username (the given one can be it)
";
        assert_eq!(text("jane", &mint::api_token(1)), expected);
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (secret, expected) in [
            (
                mint::api_token(1)[..100].to_owned(),
                "of 100 characters, damaged: copy it again, whole ones seen so far have 192",
            ),
            (spoilt(&mint::api_token(1)), "characters were changed"),
            (
                mint::app_password(1)[..30].to_owned(),
                "whole ones had 36 characters",
            ),
            (mint::connect_jwt(1), "REST    sent as JWT TOKEN"),
            (
                mint::pipelines_jwt(1),
                "REST    Bitbucket takes no such token",
            ),
            (mint::jwt_until(0, 1), "expired at 1970-01-01"),
            (mint::github_token(1), "secret  token of GitHub\n"),
            (mint::alphanumerics(1, 24), "REST    if it is one"),
            (
                format!("\"{}\"", mint::api_token(1)),
                "quotes, brackets or blanks surround the secret",
            ),
            (mint::app_password(1), "ended on 2026-07-28"),
            (
                "correct horse battery".to_owned(),
                "looks like an account password",
            ),
            (mint::access_token(1), "REST    Bearer, without a user name"),
        ] {
            let text = text("jane", &secret);
            assert!(text.contains(expected), "{text}");
            assert!(!text.contains(&secret[..12]), "{text}");
        }
    }
}

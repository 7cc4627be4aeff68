//! What a user name and a secret are, and how they have to be sent.

use crate::credentials::{Checksum, Credentials, Fault, Place, SecretKind, UserIdKind};
use crate::diagnosis::right_form::{RightForm, right_forms};
use crate::output::event::Sent;
use serde_json::{Value, json};
use std::fmt::Write;
use time::UtcDateTime;

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

    fn secret(&self) -> String {
        let kind = kind_name(self.sent.secret.kind);
        let length = self
            .sent
            .secret
            .length
            .map(|length| format!(" of {length} characters"));
        let intact = match self.intact() {
            Some(true) => ", whole: its checksum fits",
            Some(false) => {
                ", damaged: copy it again, whole ones seen so far have 192 characters (ATBB: 36), on one line"
            }
            None => "",
        };
        format!("{kind}{}{intact}", length.unwrap_or_default())
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
        let forms = right_forms(self.sent.secret.kind, self.user_kind(), self.at)?;
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

fn kind_name(kind: SecretKind) -> &'static str {
    match kind {
        SecretKind::ApiToken => "API token",
        SecretKind::AccessToken => "access token of a repository, project or workspace",
        SecretKind::AppPassword => "app password",
        SecretKind::OldAppPassword => "20 letters and digits, as old app passwords had",
        SecretKind::LegacyApiToken => {
            "24 letters and digits, as Atlassian tokens from before 2023 had"
        }
        SecretKind::Jwt => "JWT, as OAuth access tokens are",
        SecretKind::CutJwt => "the beginning of a JWT",
        SecretKind::OAuthToken => "the shape of an OAuth access token",
        SecretKind::ConsumerSecret => "the shape of an OAuth consumer's secret",
        SecretKind::DataCenterToken | SecretKind::DataCenterShape => {
            "token of Bitbucket Data Center"
        }
        SecretKind::Foreign(_) => "token of another vendor",
        SecretKind::PrivateKey => "private key",
        SecretKind::Placeholder => "a placeholder",
        SecretKind::PasswordShaped => "a secret that fits no token",
        SecretKind::Hidden | SecretKind::Unknown => "a secret of no known kind",
        SecretKind::None => "nothing",
    }
}

/// What was undone to recognise the rest.
fn fault_sentence(fault: Fault) -> &'static str {
    let at_user = |place| place == Place::UserId;
    match fault {
        Fault::Empty(place) if at_user(place) => "the user name is empty",
        Fault::Empty(_) => "the secret is empty",
        Fault::TrailingNewline(place) if at_user(place) => "a line end follows the user name",
        Fault::TrailingNewline(_) => "a line end follows the secret",
        Fault::Placeholder(_) | Fault::PlaceholderWord(_) => {
            "a placeholder stands where a value should"
        }
        Fault::Masked(_) => "a mask stands where a value should",
        Fault::Quoted(place) if at_user(place) => {
            "quotes, brackets or blanks surround the user name"
        }
        Fault::Quoted(_) => "quotes, brackets or blanks surround the secret",
        Fault::Escaped(place) if at_user(place) => "the user name is percent-encoded or escaped",
        Fault::Escaped(_) => "the secret is percent-encoded or escaped",
        Fault::DoubleEncoded => "the secret is encoded in base64: decode it first",
        Fault::TextAroundToken(_) => "there is more text around the token",
        Fault::SwappedHalves => "user name and secret are swapped",
        Fault::Invisible(_) => "there are characters that nobody sees",
        Fault::NonAscii(_) => "there are characters outside ASCII",
        _ => "it is not written as it should be",
    }
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
                "damaged: copy it again",
            ),
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

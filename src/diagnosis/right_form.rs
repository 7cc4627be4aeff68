//! How a secret has to be sent: scheme and user name by kind, surface and date.

use crate::bitbucket::timeline::AppPasswords;
use crate::credentials::{SecretKind, SecretShape, UserIdKind};
use time::UtcDateTime;

/// A scheme and a user name that will be taken, if the secret is alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RightForm {
    pub scheme: &'static str,
    /// `None`: without one.
    pub user: Option<&'static str>,
    /// Whether a user-id of this kind can be that one.
    pub user_fits: bool,
}

/// The form on each of the two surfaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RightForms {
    pub rest: RightForm,
    pub git: RightForm,
}

/// `None` where Bitbucket takes no secret of this kind on that date, or the kind is not known.
pub fn right_forms(secret: SecretShape, user: UserIdKind, at: UtcDateTime) -> Option<RightForms> {
    use UserIdKind::*;
    let basic = |name, fits| RightForm {
        scheme: "Basic",
        user: Some(name),
        user_fits: fits,
    };
    let bearer = RightForm {
        scheme: "Bearer",
        user: None,
        user_fits: true,
    };
    match secret.kind {
        // A16, A18: what they are for is not a user's call.
        SecretKind::Jwt if secret.claims.connect || secret.claims.pipelines => None,
        // 0.5, E2.
        SecretKind::ApiToken => Some(RightForms {
            rest: basic(
                "the email of the Atlassian account that owns it",
                user == Email,
            ),
            git: basic(
                "x-bitbucket-api-token-auth or the Bitbucket username",
                matches!(user, Username | XBitbucketApiTokenAuth),
            ),
        }),
        // A10, A26.
        SecretKind::AccessToken | SecretKind::OAuthToken | SecretKind::Jwt => Some(RightForms {
            rest: bearer,
            git: basic("x-token-auth", user == XTokenAuth),
        }),
        SecretKind::AppPassword | SecretKind::OldAppPassword
            if AppPasswords::at(at) != AppPasswords::Removed =>
        {
            let form = basic("the Bitbucket username", user == Username);
            Some(RightForms {
                rest: form,
                git: form,
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::{Checksum, Claims};
    use time::macros::utc_datetime;

    fn shape(kind: SecretKind) -> SecretShape {
        SecretShape {
            kind,
            checksum: Checksum::Absent,
            structured: false,
            length: None,
            claims: Claims::default(),
        }
    }

    #[test]
    fn what_is_for_other_services_has_no_form() {
        let claims = Claims {
            pipelines: true,
            ..Claims::default()
        };
        let token = SecretShape {
            claims,
            ..shape(SecretKind::Jwt)
        };
        assert_eq!(right_forms(token, UserIdKind::XTokenAuth, NOW), None);
    }

    const NOW: UtcDateTime = utc_datetime!(2026-11-24 10:00);

    #[test]
    fn an_api_token_has_a_user_name_on_each_surface() {
        let forms = right_forms(shape(SecretKind::ApiToken), UserIdKind::Email, NOW).unwrap();
        assert!(forms.rest.user_fits && !forms.git.user_fits);
        let forms = right_forms(shape(SecretKind::ApiToken), UserIdKind::Username, NOW).unwrap();
        assert!(!forms.rest.user_fits && forms.git.user_fits);
    }

    #[test]
    fn an_access_token_is_a_bearer_token_but_for_git() {
        let forms =
            right_forms(shape(SecretKind::AccessToken), UserIdKind::XTokenAuth, NOW).unwrap();
        assert_eq!((forms.rest.scheme, forms.rest.user), ("Bearer", None));
        assert_eq!(
            (forms.git.user, forms.git.user_fits),
            (Some("x-token-auth"), true)
        );
    }

    #[test]
    fn app_passwords_had_their_time() {
        let at = |date| right_forms(shape(SecretKind::AppPassword), UserIdKind::Username, date);
        assert!(at(NOW).is_none());
        assert!(at(utc_datetime!(2026-01-01 0:00)).unwrap().rest.user_fits);
    }
}

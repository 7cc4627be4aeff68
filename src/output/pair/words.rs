//! How kinds of secrets and faults are said to who holds them.

use crate::credentials::{Fault, Place, SecretKind, SecretShape};

/// The name of a kind, and what follows its length.
pub fn kind_name(secret: SecretShape) -> (String, &'static str) {
    let (name, aside) = match secret.kind {
        SecretKind::ApiToken => ("API token", ""),
        SecretKind::AccessToken => ("access token", ", of a repository, project or workspace"),
        SecretKind::AppPassword => ("app password", ""),
        SecretKind::OldAppPassword => ("20 letters and digits", ", as old app passwords had"),
        SecretKind::LegacyApiToken => (
            "24 letters and digits",
            ", as Atlassian tokens from before 2023 had",
        ),
        SecretKind::Jwt if secret.claims.connect => ("JWT", " of a Connect app"),
        SecretKind::Jwt if secret.claims.pipelines => ("JWT", " of a step of Pipelines"),
        SecretKind::Jwt => ("JWT", ", as OAuth access tokens are"),
        SecretKind::CutJwt => ("the beginning of a JWT", ""),
        SecretKind::OAuthToken => ("the shape of an OAuth access token", ""),
        SecretKind::ConsumerSecret => ("the shape of an OAuth consumer's secret", ""),
        SecretKind::DataCenterToken | SecretKind::DataCenterShape => {
            ("token of Bitbucket Data Center", "")
        }
        SecretKind::Foreign(vendor) => return (format!("token of {}", vendor.name()), ""),
        SecretKind::PrivateKey => ("private key", ""),
        SecretKind::Placeholder => ("a placeholder", ""),
        SecretKind::PasswordShaped => ("a secret that fits no token", ""),
        SecretKind::Hidden | SecretKind::Unknown => ("a secret of no known kind", ""),
        SecretKind::None => ("nothing", ""),
    };
    (name.to_owned(), aside)
}

/// What was undone to recognise the rest.
pub fn fault_sentence(fault: Fault) -> &'static str {
    let at_user = |place| place == Place::UserId;
    match fault {
        Fault::Empty(place) if at_user(place) => "the user name is empty",
        Fault::Empty(_) => "the secret is empty",
        Fault::TrailingNewline(place) if at_user(place) => "a line end follows the user name",
        Fault::TrailingNewline(_) => "a line end follows the secret",
        Fault::Placeholder(_) | Fault::PlaceholderWord(_) => {
            "a placeholder stands where a value should"
        }
        Fault::Masked(_) | Fault::MaskWord(_) => "a mask stands where a value should",
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

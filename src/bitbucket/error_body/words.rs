//! The sentences themselves, by a part that tells each from all others.

use super::folded;

/// A known sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Words {
    /// Invalid, expired, or not supported for this endpoint (B10): says none of the three.
    TokenInvalid,
    /// Access token expired (B12).
    TokenExpired,
    /// Authentication must use app JWT (B15).
    AppJwtRequired,
    /// Lack one or more required privilege scopes (B18).
    ScopesLacking,
    /// Not accessible by this authentication mechanism (B19).
    MechanismRefused,
    /// Does not support token-based authentication (A26, I7).
    TokensRefused,
    /// The bare word `Forbidden` (B19b).
    Forbidden,
    /// No access to view this workspace (B19c).
    WorkspaceHidden,
    /// May not have access to this repository, or it no longer exists; make sure you are authenticated (B19d, B23).
    RepositoryHidden,
    /// An admin must whitelist your IP (B19d).
    IpNotAllowed,
    /// Enable two-step authentication (B19d).
    TwoStepRequired,
    /// The account's administrator requires single sign-on (E41).
    SingleSignOnRequired,
    /// The workspace is suspended (E36).
    Suspended,
    /// App passwords are deprecated and must be replaced (B20, I3).
    AppPasswordsEnded,
    /// Functionality has been deprecated, or resource removed (B21, I4).
    Removed,
    /// Resource not found (B24).
    NotFound,
    /// There is no API hosted at this URL (B24).
    NoApiHere,
    /// Exceeded its user limit, or the plan's (B25).
    UserLimit,
    /// Rate limit exceeded (B26).
    RateLimit,
    /// Invalid OAuth client credentials (B27).
    ClientInvalid,
    /// Requests must be authenticated using OAuth client credentials (B27).
    ClientMissing,
    /// A public consumer cannot use client_credentials (A14).
    ClientPublic,
    /// The consumer has no address to return to (A14).
    CallbackMissing,
    /// Invalid redirect_uri, on the page for people (A12).
    RedirectUriInvalid,
    /// Invalid refresh_token (I5).
    RefreshTokenInvalid,
    /// Unsupported grant type: None (I8).
    GrantMissing,
    /// Any other unsupported grant type.
    GrantUnsupported,
    /// Stopped supporting account passwords (B32).
    AccountPasswordsEnded,
    /// Invalid username or password, Invalid credentials (B32).
    PairInvalid,
    /// `BRANCH_PERMISSION_VIOLATED` (I9).
    BranchRestricted,
    /// Asks for a CAPTCHA, or says that the account is locked or deactivated (E42, E43).
    AccountLocked,
    /// Only one auth mechanism allowed: S3 (B31).
    OneMechanismOnly,
    /// Unsupported Authorization Type: S3 (B31).
    SchemeUnsupported,
}

/// In the order of [`Words`]; lower case.
#[rustfmt::skip]
const TELLING_PARTS: &[(&str, Words)] = &[
    ("token is invalid", Words::TokenInvalid),
    ("access token expired", Words::TokenExpired),
    ("authentication must use app jwt", Words::AppJwtRequired),
    ("lack one or more required privilege scopes", Words::ScopesLacking),
    ("not accessible by this authentication mechanism", Words::MechanismRefused),
    ("does not support token-based authentication", Words::TokensRefused),
    ("do not have access to view this workspace", Words::WorkspaceHidden),
    ("may not have access to this repository", Words::RepositoryHidden),
    ("either does not exist or you do not have access", Words::RepositoryHidden),
    ("must whitelist your ip", Words::IpNotAllowed),
    ("must allowlist your ip", Words::IpNotAllowed),
    ("enable two-step", Words::TwoStepRequired),
    ("requires single sign-on", Words::SingleSignOnRequired),
    ("workspace has been suspended", Words::Suspended),
    ("workspace is suspended", Words::Suspended),
    ("workspace suspended", Words::Suspended),
    ("app passwords are deprecated and must be replaced", Words::AppPasswordsEnded),
    ("functionality has been deprecated", Words::Removed),
    ("resource removed", Words::Removed),
    ("resource not found", Words::NotFound),
    ("no api hosted at this url", Words::NoApiHere),
    ("exceeded its user limit", Words::UserLimit),
    ("reached your plan's user limit", Words::UserLimit),
    ("rate limit for this resource has been exceeded", Words::RateLimit),
    ("invalid oauth client credentials", Words::ClientInvalid),
    ("must be authenticated using oauth client credentials", Words::ClientMissing),
    ("with a consumer marked as \"public\"", Words::ClientPublic),
    ("no callback uri defined", Words::CallbackMissing),
    ("invalid redirect_uri", Words::RedirectUriInvalid),
    ("invalid refresh_token", Words::RefreshTokenInvalid),
    ("unsupported grant type: none", Words::GrantMissing),
    ("unsupported grant type", Words::GrantUnsupported),
    ("stopped supporting account passwords", Words::AccountPasswordsEnded),
    ("invalid username or password", Words::PairInvalid),
    ("invalid credentials", Words::PairInvalid),
    ("branch_permission_violated", Words::BranchRestricted),
    ("captcha", Words::AccountLocked),
    ("too many invalid password attempts", Words::AccountLocked),
    ("only one auth mechanism allowed", Words::OneMechanismOnly),
    ("unsupported authorization type", Words::SchemeUnsupported),
];

/// All known sentences of a text.
pub(super) fn in_text(text: &str) -> Vec<Words> {
    let text = folded(text);
    let said = TELLING_PARTS
        .iter()
        .filter(|(part, _)| text.contains(part))
        .map(|(_, words)| *words);
    let mut words: Vec<Words> = said.collect();
    words.dedup();
    if words.contains(&Words::GrantMissing) {
        words.retain(|words| *words != Words::GrantUnsupported);
    }
    if text.trim_end_matches('.') == "forbidden" {
        words.push(Words::Forbidden);
    }
    if is_about_a_locked_account(&text) {
        words.push(Words::AccountLocked);
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// No report has the words of Bitbucket Cloud (E43), so the usual ones are taken.
fn is_about_a_locked_account(text: &str) -> bool {
    const STATES: [&str; 6] = [
        "is locked",
        "been locked",
        "temporarily locked",
        "account locked",
        "is deactivated",
        "been deactivated",
    ];
    text.contains("account") && STATES.iter().any(|state| text.contains(state))
}

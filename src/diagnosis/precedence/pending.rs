//! The relations of findings whose rules are not written yet.
//!
//! A rule takes its rows along when it comes. Some matter today already, because they join two written rules.

use crate::diagnosis::rule::Target::{self, All, One};
use crate::diagnosis::taxonomy::Family;

/// Who outranks whom.
pub const OUTRANKS: &[(&str, &[Target])] = &[
    ("base64-line-wrapped", FORM_BEFORE),
    ("double-encoded", FORM_BEFORE),
    ("escaped-credentials", FORM_BEFORE),
    ("text-around-token", FORM_BEFORE),
    ("invisible-characters", FORM_BEFORE),
    (
        "invisible-characters",
        &[One("quoted-credentials"), One("non-ascii-credentials")],
    ),
    ("duplicate-scheme", &[One("basic-not-encoded")]),
    (
        "swapped-halves",
        &[One("empty-credentials"), All(Family::User)],
    ),
    (
        "uuid-as-user",
        &[One("api-token-with-username"), One("account-password")],
    ),
    ("git-user-on-rest", &[One("api-token-with-username")]),
    ("x-token-auth-with-api-token", &[One("git-wrong-username")]),
    ("wrong-endpoint", &[One("wrong-host")]),
    ("wrong-host", &[All(Family::User), All(Family::Kind)]),
    ("data-center-token", OTHER_PRODUCT_BEFORE),
    ("wrong-vendor-token", OTHER_PRODUCT_BEFORE),
    ("private-key-as-secret", OTHER_PRODUCT_BEFORE),
    ("pipelines-oidc-token", OTHER_PRODUCT_BEFORE),
    ("legacy-api-token", &[One("account-password")]),
    ("oauth-consumer-as-basic", &[One("account-password")]),
    (
        "oauth-consumer-misconfigured",
        &[All(Family::User), All(Family::Kind)],
    ),
    (
        "spent-refresh-token",
        &[All(Family::User), All(Family::Kind)],
    ),
    (
        "token-request-not-form-encoded",
        &[One("oauth-consumer-misconfigured")],
    ),
    (
        "access-token-on-user-endpoint",
        &[One("auth-method-unsupported-for-endpoint")],
    ),
    (
        "auth-method-unsupported-for-endpoint",
        &[One("scope-missing")],
    ),
    ("write-scope-without-read", &[One("scope-missing")]),
    ("no-access", &[One("wrong-path")]),
    ("oauth1-signature", &[One("no-credentials")]),
    ("oauth-token-in-query", &[One("no-credentials")]),
    ("conflicting-credentials", &[One("oauth-token-in-query")]),
    ("token-expired", &[One("email-of-another-account")]),
];

/// Who silences whom.
pub const SILENCES: &[(&str, &[Target])] = &[(
    "redacted-record",
    &[
        One("masked-secret"),
        One("unexpanded-placeholder"),
        One("quoted-credentials"),
        One("no-credentials"),
    ],
)];

/// A fault of the form hides what the secret and the user-id really are.
const FORM_BEFORE: &[Target] = &[
    One("damaged-token"),
    One("malformed-basic"),
    All(Family::User),
];

const OTHER_PRODUCT_BEFORE: &[Target] = &[
    One("token-expired"),
    One("wrong-scheme"),
    One("account-password"),
];

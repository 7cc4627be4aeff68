//! The relations of findings whose rules are not written yet.
//!
//! A rule takes its rows along when it comes. Some matter today already, because they join two written rules.

use crate::diagnosis::rule::Target::{self, All, One};
use crate::diagnosis::taxonomy::Family;

/// Who outranks whom.
pub const OUTRANKS: &[(&str, &[Target])] = &[
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

const OTHER_PRODUCT_BEFORE: &[Target] = &[
    One("token-expired"),
    One("wrong-scheme"),
    One("account-password"),
];

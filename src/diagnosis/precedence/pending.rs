//! The relations of findings whose rules are not written yet.
//!
//! A rule takes its rows along when it comes. Some matter today already, because they join two written rules.

use crate::diagnosis::rule::Target::{self, All, One};
use crate::diagnosis::taxonomy::Family;

/// Who outranks whom.
pub const OUTRANKS: &[(&str, &[Target])] = &[
    ("wrong-endpoint", &[One("wrong-host")]),
    ("legacy-api-token", &[One("account-password")]),
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

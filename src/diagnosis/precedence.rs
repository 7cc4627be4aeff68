//! Who outranks and who silences whom, closed transitively over the whole taxonomy.

use super::registry::RULES;
use super::rule::Target::{self, All, One};
use super::taxonomy::{Family, TAXONOMY, position};
use std::sync::LazyLock;

/// The relations of findings whose rules are not written yet: a rule takes its rows along when it comes.
/// Some matter today already, because they join two written rules.
pub(super) const PENDING_OUTRANKS: &[(&str, &[Target])] = &[
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

/// As [`PENDING_OUTRANKS`], for silencing.
pub(super) const PENDING_SILENCES: &[(&str, &[Target])] = &[(
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

/// Both relations over the positions of [`TAXONOMY`].
pub struct Precedence {
    outranks: Relation,
    silences: Relation,
}

/// Computed once: the rules are constants.
pub static PRECEDENCE: LazyLock<Precedence> = LazyLock::new(Precedence::of_rules);

impl Precedence {
    fn of_rules() -> Self {
        let outranks = RULES.iter().map(|rule| (rule.slug, rule.outranks));
        let silences = RULES.iter().map(|rule| (rule.slug, rule.silences));
        Self {
            outranks: Relation::closed(outranks.chain(PENDING_OUTRANKS.iter().copied())),
            silences: Relation::closed(silences.chain(PENDING_SILENCES.iter().copied())),
        }
    }

    pub fn outranks(&self, first: &str, second: &str) -> bool {
        self.outranks.holds(first, second)
    }

    pub fn silences(&self, first: &str, second: &str) -> bool {
        self.silences.holds(first, second)
    }
}

/// A relation between findings: one bit set per row of the taxonomy.
struct Relation(Vec<u128>);

const _: () = assert!(TAXONOMY.len() <= 128, "a row of the relation is one u128");

impl Relation {
    /// The transitive closure of the declared pairs. Names that are not in the taxonomy are left out; a meta-test
    /// refuses them.
    fn closed(declared: impl Iterator<Item = (&'static str, &'static [Target])>) -> Self {
        let mut rows = vec![0; TAXONOMY.len()];
        for (slug, targets) in declared {
            let Some(row) = position(slug) else { continue };
            rows[row] |= targets
                .iter()
                .map(|target| members(*target, row))
                .fold(0, |all, one| all | one);
        }
        for middle in 0..rows.len() {
            let reached = rows[middle];
            for row in &mut rows {
                if *row >> middle & 1 == 1 {
                    *row |= reached;
                }
            }
        }
        Self(rows)
    }

    fn holds(&self, first: &str, second: &str) -> bool {
        match (position(first), position(second)) {
            (Some(first), Some(second)) => self.0[first] >> second & 1 == 1,
            _ => false,
        }
    }
}

/// The bits of a target, without the one who names it.
fn members(target: Target, except: usize) -> u128 {
    let bits = match target {
        One(slug) => position(slug).map_or(0, |place| 1 << place),
        All(family) => (0..TAXONOMY.len())
            .filter(|place| TAXONOMY[*place].family == family)
            .fold(0, |bits, place| bits | 1 << place),
    };
    bits & !(1 << except)
}

#[cfg(test)]
mod tests;

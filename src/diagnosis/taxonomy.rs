//! The taxonomy: every finding this program may ever name, also those whose rule is not written yet.
//!
//! The slugs are public API (field, log, metrics, pages): stable, and named after the mistake, not after its cure.

use super::{Certainty, Certainty::*};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a mistake is about. The order is the order in which findings of one certainty are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// How the field is written.
    Form,
    /// What kind of secret was sent, and under which scheme.
    Kind,
    /// Which user-id stands before the secret.
    User,
    /// Whether the credential is still, or was ever, alive.
    Life,
    /// What the credential may do.
    Access,
    /// Everything else, mostly causes outside the credential.
    Other,
}

/// Whose doing the refusal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The credential, or the way it was sent.
    Mistake,
    /// The failure has another cause.
    NotCredentials,
    /// Nothing failed, or nobody is at fault.
    Note,
}

/// One row of the taxonomy.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub slug: &'static str,
    pub family: Family,
    pub verdict: Verdict,
    /// The highest certainty that evidence of this kind can justify.
    pub strongest: Certainty,
}

use Family::*;
use Verdict::*;

/// All findings, by family and slug.
#[rustfmt::skip]
pub const TAXONOMY: &[Entry] = &[
    row("authorization-nominated", Form, Mistake, Proven),
    row("base64-line-wrapped", Form, Mistake, Proven),
    row("basic-not-encoded", Form, Mistake, Proven),
    row("basic-without-user", Form, Mistake, Proven),
    row("conflicting-credentials", Form, Mistake, Likely),
    row("double-encoded", Form, Mistake, Proven),
    row("duplicate-scheme", Form, Mistake, Proven),
    row("empty-credentials", Form, Mistake, Proven),
    row("escaped-credentials", Form, Mistake, Proven),
    row("invisible-characters", Form, Mistake, Proven),
    row("malformed-basic", Form, Mistake, Proven),
    row("masked-secret", Form, Mistake, Proven),
    row("missing-scheme", Form, Mistake, Likely),
    row("no-credentials", Form, Mistake, Proven),
    row("non-ascii-credentials", Form, Mistake, Possible),
    row("oauth-token-in-query", Form, Mistake, Proven),
    row("oauth1-signature", Form, Mistake, Likely),
    row("plain-http", Form, Mistake, Proven),
    row("quoted-credentials", Form, Mistake, Proven),
    row("repeated-authorization", Form, Mistake, Likely),
    row("scheme-case", Form, Note, Possible),
    row("text-around-token", Form, Mistake, Proven),
    row("trailing-newline", Form, Mistake, Proven),
    row("unexpanded-placeholder", Form, Mistake, Proven),
    row("waits-for-challenge", Form, Mistake, Likely),
    row("wrong-scheme", Form, Mistake, Likely),
    row("access-token-on-user-endpoint", Kind, Mistake, Proven),
    row("account-password", Kind, Mistake, Proven),
    row("auth-method-unsupported-for-endpoint", Kind, Mistake, Proven),
    row("basic-with-access-token", Kind, Mistake, Likely),
    row("bearer-with-api-token", Kind, Mistake, Likely),
    row("bearer-with-app-password", Kind, Mistake, Proven),
    row("bearer-with-basic-pair", Kind, Mistake, Proven),
    row("data-center-token", Kind, Mistake, Proven),
    row("oauth-consumer-as-basic", Kind, Mistake, Likely),
    row("pipelines-oidc-token", Kind, Mistake, Likely),
    row("private-key-as-secret", Kind, Mistake, Proven),
    row("wrong-host", Kind, Mistake, Likely),
    row("wrong-product-token", Kind, Mistake, Possible),
    row("wrong-vendor-token", Kind, Mistake, Proven),
    row("access-token-with-wrong-git-user", User, Mistake, Likely),
    row("api-token-with-email-on-git", User, Mistake, Likely),
    row("api-token-with-username", User, Mistake, Likely),
    row("app-password-with-email", User, Mistake, Likely),
    row("email-of-another-account", User, Mistake, Possible),
    row("git-user-on-rest", User, Mistake, Likely),
    row("git-wrong-username", User, Mistake, Possible),
    row("swapped-halves", User, Mistake, Proven),
    row("token-label-as-user", User, Mistake, Possible),
    row("uuid-as-user", User, Mistake, Likely),
    row("workspace-as-user", User, Mistake, Possible),
    row("wrong-user", User, Mistake, Possible),
    row("x-token-auth-with-api-token", User, Mistake, Likely),
    row("account-locked", Life, Mistake, Proven),
    row("api-token-without-scopes", Life, Mistake, Possible),
    row("app-password-brownout", Life, Mistake, Proven),
    row("app-password-removed", Life, Mistake, Proven),
    row("damaged-token", Life, Mistake, Likely),
    row("legacy-api-token", Life, Mistake, Possible),
    row("netrc-overrides", Life, Mistake, Possible),
    row("oauth-consumer-misconfigured", Life, Mistake, Proven),
    row("spent-refresh-token", Life, Mistake, Likely),
    row("stale-cached-credential", Life, Mistake, Possible),
    row("token-expired", Life, Mistake, Proven),
    row("token-request-not-form-encoded", Life, Mistake, Proven),
    row("token-revoked", Life, Mistake, Possible),
    row("wrong-secret", Life, Mistake, Possible),
    row("access-token-outside-its-resource", Access, Mistake, Likely),
    row("branch-restriction", Access, NotCredentials, Proven),
    row("no-access", Access, Mistake, Likely),
    row("plan-limit", Access, NotCredentials, Proven),
    row("scope-missing", Access, Mistake, Proven),
    row("workspace-policy", Access, NotCredentials, Proven),
    row("write-scope-without-read", Access, Mistake, Proven),
    row("absolute-form-https", Other, Note, Proven),
    row("anonymous-ok", Other, Note, Likely),
    row("bad-request", Other, NotCredentials, Possible),
    row("challenge", Other, Note, Likely),
    row("client-distrusts-ca", Other, NotCredentials, Likely),
    row("credential-manager-probe", Other, Note, Likely),
    row("endpoint-removed", Other, NotCredentials, Proven),
    row("https-scheme-for-plain-proxy", Other, NotCredentials, Proven),
    row("ignored-credentials", Other, Note, Possible),
    row("login-page-redirect", Other, Mistake, Likely),
    row("proxy-authentication", Other, NotCredentials, Proven),
    row("rate-limited", Other, NotCredentials, Proven),
    row("redacted-record", Other, Note, Proven),
    row("redirect-forwards-authorization", Other, NotCredentials, Proven),
    row("server-error", Other, NotCredentials, Proven),
    row("upstream-bug", Other, NotCredentials, Possible),
    row("wrong-endpoint", Other, NotCredentials, Proven),
    row("wrong-path", Other, NotCredentials, Possible),
];

const fn row(slug: &'static str, family: Family, verdict: Verdict, strongest: Certainty) -> Entry {
    Entry {
        slug,
        family,
        verdict,
        strongest,
    }
}

/// Where a slug stands in [`TAXONOMY`].
pub fn position(slug: &str) -> Option<usize> {
    static PLACES: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
        let slugs = TAXONOMY.iter().map(|entry| entry.slug);
        slugs.enumerate().map(|(at, slug)| (slug, at)).collect()
    });
    PLACES.get(slug).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_by_family_and_slug_without_repeats() {
        for pair in TAXONOMY.windows(2) {
            assert!(
                (pair[0].family, pair[0].slug) < (pair[1].family, pair[1].slug),
                "{} must come after {}",
                pair[0].slug,
                pair[1].slug
            );
        }
    }

    #[test]
    fn slugs_are_kebab_case() {
        for entry in TAXONOMY {
            assert!(
                !entry.slug.is_empty()
                    && !entry.slug.starts_with('-')
                    && !entry.slug.ends_with('-')
            );
            let plain =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            assert!(entry.slug.bytes().all(plain), "{}", entry.slug);
        }
    }
}

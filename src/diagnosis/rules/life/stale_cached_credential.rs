//! A client that keeps sending what was replaced.

use crate::diagnosis::rule::prelude::*;
use crate::history::Past;

const NEWER: Past = Past {
    newer_accepted: true,
    ..Past::NONE
};

pub const RULE: Rule = Rule {
    slug: "stale-cached-credential",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Possible,
    title: "The client keeps sending an old secret",
    summary: "A newer secret of the same user is accepted; this client still has the old one.",
    cases: &[Case::possible(&[NewerAccepted, Refused]).unless(&[Alternates])],
    advice: &[
        Advice::when(
            &[OnGit],
            "Erase the stored secret (git credential reject, keychain), then enter the new one: a newer one works.",
            "an old secret; a newer one of this user works",
        ),
        Advice::always(
            "Replace the old secret where this client keeps it (variable, CI secret, file): a newer one of this user works.",
            "an old secret; a newer one of this user works",
        ),
    ],
    page: Page {
        what_happened: "The secret was refused, while another one of the same user, seen later, is accepted.",
        why_it_fails: "Credential helpers, keychains, CI secrets and variables keep what they were given. git forgets a \
            secret after a 401 only, not after 403, 404 or 410; a variable that was set earlier shadows the one that was \
            just changed.",
        fix: "- git: let the helper forget it, as below, or delete the entry in the keychain or credential manager.\n\
            - CI and Jenkins: replace the stored credential, also in folders that override it.\n\
            - curl and Python: look for a second definition of the variable, and for `.netrc`.\n\n\
            This makes git's credential helper forget all that it has for the host, where git is configured with a \
            user name only that one's:\n\n    printf 'protocol=https\\nhost=bitbucket.org\\n\\n' | git credential \
            reject",
        how_to_tell: "It rests on what this program has seen of the user. Without a newer secret that works it would be \
            `token-expired` or `token-revoked`.",
        sources: &["E29", "E30", "F1"],
    },
    doc: None,
    outranks: &[
        One("api-token-without-scopes"),
        One("token-expired"),
        One("token-revoked"),
        One("legacy-api-token"),
        One("email-of-another-account"),
    ],
    fires: &[
        Example::rest("A job with the old token")
            .field("Bearer {access_token}")
            .past(NEWER),
        Example::git("git with what its helper kept")
            .pair("jane:{api_token}")
            .past(NEWER),
        Example::rest("Of three that would fit equally well without the past")
            .pair("me@acme.com:{api_token}")
            .past(NEWER),
    ],
    silent: &[
        Example::rest("Nothing newer is known").field("Bearer {access_token}"),
        Example::rest("Not refused")
            .field("Bearer {access_token}")
            .past(NEWER)
            .status(403)
            .answer(&[("x-credential-type", "repo_access_token")]),
    ],
    ..Rule::PLAIN
};

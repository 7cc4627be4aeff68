//! The anonymous first leg of a client that answers challenges.

use crate::diagnosis::rule::prelude::*;
use crate::history::{Past, SecondLeg};

const CAME: Past = Past {
    second_leg: SecondLeg::Came,
    ..Past::NONE
};
const MISSING: Past = Past {
    second_leg: SecondLeg::Missing,
    ..CAME
};

pub const RULE: Rule = Rule {
    slug: "challenge",
    family: Family::Other,
    verdict: Verdict::Note,
    strongest: Likely,
    title: "A first try without credentials",
    summary: "git, wget and Java ask once without credentials and send them when the 401 asks for them.",
    cases: &[
        Case::likely(&[NoAuthorization, Plain401, Followed]),
        Case::likely(&[NoAuthorization, Plain401, ChallengerClient]).unless(&[NotFollowed]),
        Case::likely(&[NameAlone, Plain401]).unless(&[NotFollowed]),
    ],
    advice: &[Advice::always(
        "Wait for the second try: this client sends its first without credentials; if none follows, it has none for this host.",
        "first try came without credentials",
    )],
    page: Page {
        what_happened: "The client sent no credentials yet, or git sent the user name of its remote's address without a \
            password. It waits to be asked for them.",
        why_it_fails: "RFC 9110 lets a client ask first and answer the challenge of the 401. git, wget, the clients of \
            Java and .NET do so every time.",
        fix: "If the next request carries credentials, look at that one. If none follows, the client has none for this \
            host: configure them there.",
        how_to_tell: "The same client asks again within moments, with an Authorization field. Otherwise it is \
            `no-credentials`.",
        sources: &["F1", "F2"],
    },
    doc: None,
    fires: &[
        Example::git("git's first try"),
        Example::git("The name in https://jane@bitbucket.org/").pair("jane:"),
        Example::rest("wget").user_agent("Wget/1.25.0"),
        Example::rest("Any client that came back with credentials").past(CAME),
    ],
    silent: &[
        Example::rest("curl sends them at once if it has any"),
        Example::git("Nothing followed").past(MISSING),
        Example::git("The second try").pair("x-token-auth:{access_token}"),
        Example::rest("curl with an empty password has no second try").pair("jane:"),
    ],
    ..Rule::PLAIN
};

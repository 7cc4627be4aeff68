//! The credentials as they came: which scheme, and what stands behind it.

use crate::sandbox::call::Call;
use crate::sandbox::reading::{Disputed, Reading};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;

/// What a call presents. Nothing is known here of what it is worth.
// Printed and compared by tests alone: it holds the secret.
#[cfg_attr(test, derive(Debug, PartialEq, Eq))]
pub enum Presented {
    Nothing,
    Pair {
        user: String,
        secret: String,
    },
    Bearer(String),
    /// The scheme of Connect apps (A16).
    Jwt(String),
    /// A value without a scheme (A9).
    Schemeless(String),
    /// `?access_token=` (B13); an `Authorization` beside it wins. One in the body of a form counts for nothing here
    /// on any date.
    InQuery(String),
    /// A scheme that Bitbucket has never heard of (B17).
    OtherScheme,
    /// Basic without a pair, or more than one `Authorization`.
    Unreadable,
}

impl Presented {
    pub fn by(call: &Call, reading: &Reading) -> Self {
        let mut fields = call.headers.get_all(AUTHORIZATION).iter();
        match (fields.next(), fields.next()) {
            (None, _) => in_query(call).map_or(Self::Nothing, Self::InQuery),
            // Bytes beyond UTF-8 become something that no secret holds.
            (Some(value), None) => {
                Self::parse(String::from_utf8_lossy(value.as_bytes()).trim(), reading)
            }
            (Some(_), Some(_)) => Self::Unreadable,
        }
    }

    fn parse(value: &str, reading: &Reading) -> Self {
        let (scheme, rest) = match value.split_once(' ') {
            Some((scheme, rest)) => (scheme, rest.trim_start()),
            None => (value, ""),
        };
        let any_case = reading.otherwise(Disputed::B17);
        if scheme.eq_ignore_ascii_case("basic") {
            return pair(rest).unwrap_or(Self::Unreadable);
        }
        if scheme == "Bearer" || any_case && scheme.eq_ignore_ascii_case("bearer") {
            return Self::Bearer(rest.to_owned());
        }
        if scheme == "JWT" {
            return Self::Jwt(rest.to_owned());
        }
        match rest.is_empty() {
            true => Self::Schemeless(scheme.to_owned()),
            false => Self::OtherScheme,
        }
    }
}

/// Split at the first colon: an account id falls apart there (A25).
fn pair(encoded: &str) -> Option<Presented> {
    let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (user, secret) = text.split_once(':')?;
    Some(Presented::Pair {
        user: user.to_owned(),
        secret: secret.to_owned(),
    })
}

fn in_query(call: &Call) -> Option<String> {
    let mut parameters = call.query.as_deref()?.split('&');
    let token = parameters.find_map(|parameter| parameter.strip_prefix("access_token="))?;
    Some(token.replace("%3D", "=").replace("%3d", "="))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(value: &str) -> Presented {
        Presented::parse(value, &Reading::default())
    }

    #[test]
    fn each_form_is_told_apart() {
        let pair = |user: &str, secret: &str| Presented::Pair {
            user: user.into(),
            secret: secret.into(),
        };
        assert_eq!(parse("Basic YTpi"), pair("a", "b"));
        assert_eq!(parse("basic YTpi"), pair("a", "b"));
        assert_eq!(parse("Basic Og=="), pair("", ""));
        assert_eq!(parse("Basic MTIzOjQ6NQ=="), pair("123", "4:5"));
        for unreadable in ["Basic", "Basic a:b", "Basic YWI=", "Basic Basic YTpi"] {
            assert_eq!(parse(unreadable), Presented::Unreadable, "{unreadable}");
        }
        assert_eq!(parse("Bearer x"), Presented::Bearer("x".into()));
        assert_eq!(
            parse("Bearer Bearer x"),
            Presented::Bearer("Bearer x".into())
        );
        assert_eq!(parse("Bearer"), Presented::Bearer(String::new()));
        assert_eq!(parse("JWT x"), Presented::Jwt("x".into()));
        assert_eq!(parse("x"), Presented::Schemeless("x".into()));
        assert_eq!(parse("token x"), Presented::OtherScheme);
    }

    #[test]
    fn the_case_of_bearer_matters_unless_it_is_read_otherwise() {
        assert_eq!(parse("bearer x"), Presented::OtherScheme);
        let otherwise = Reading::from_iter([Disputed::B17]);
        assert_eq!(
            Presented::parse("bearer x", &otherwise),
            Presented::Bearer("x".into())
        );
        assert_eq!(
            Presented::parse("jwt x", &otherwise),
            Presented::OtherScheme
        );
    }
}

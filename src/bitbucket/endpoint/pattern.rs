//! Paths of operations as patterns.

/// `*` is one segment, `a|b` either of two, a last `**` all that follows, even nothing.
pub(in crate::bitbucket) fn matches(pattern: &str, path: &str) -> bool {
    let mut segments = path
        .strip_prefix('/')
        .map(|path| path.split('/'))
        .into_iter()
        .flatten();
    for expected in pattern.split('/').skip(1) {
        if expected == "**" {
            return true;
        }
        let fits = |segment: &str| match expected {
            "*" => !segment.is_empty(),
            _ => expected.split('|').any(|word| word == segment),
        };
        if !segments.next().is_some_and(fits) {
            return false;
        }
    }
    segments.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_match_one_by_one() {
        for (pattern, path, expected) in [
            ("/user", "/user", true),
            ("/user", "/users", false),
            ("/user", "/user/emails", false),
            ("/users/*", "/users/%7B1b671a64%7D", true),
            ("/users/*", "/users/{1b671a64}", true),
            ("/users/*", "/users/", false),
            ("/users/*", "/users", false),
            ("/a/**", "/a", true),
            ("/a/**", "/a/b/c", true),
            ("/a/**", "/ab", false),
            ("/a/b|c/d", "/a/c/d", true),
            ("/a/b|c/d", "/a/d/d", false),
            ("/a", "", false),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }
}

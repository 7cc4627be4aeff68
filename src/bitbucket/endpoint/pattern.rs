//! Paths of operations as patterns.

/// A pattern, cut into segments once: there are hundreds. `*` is one segment, `a|b` either of two, a last `**` all that
/// follows, even nothing.
pub(in crate::bitbucket) struct Pattern {
    segments: Vec<Segment>,
    /// It ends in `**`.
    is_open: bool,
}

enum Segment {
    Any,
    OneOf(Vec<&'static str>),
}

impl Pattern {
    pub fn of(pattern: &'static str) -> Self {
        let mut segments = cut(pattern);
        let is_open = segments.pop_if(|last| *last == "**").is_some();
        let read = |segment: &'static str| match segment {
            "*" => Segment::Any,
            _ => Segment::OneOf(segment.split('|').collect()),
        };
        Self {
            segments: segments.into_iter().map(read).collect(),
            is_open,
        }
    }

    /// `path`: what [`cut`] gives.
    pub fn fits(&self, path: &[&str]) -> bool {
        let is_long_enough = match self.is_open {
            true => path.len() >= self.segments.len(),
            false => path.len() == self.segments.len(),
        };
        let fits = |(expected, segment): (&Segment, &&str)| match expected {
            Segment::Any => !segment.is_empty(),
            Segment::OneOf(words) => words.contains(segment),
        };
        is_long_enough && self.segments.iter().zip(path).all(fits)
    }
}

/// The segments of a path.
pub(in crate::bitbucket) fn cut(path: &str) -> Vec<&str> {
    path.split('/').skip(1).collect()
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
            let fits = Pattern::of(pattern).fits(&cut(path));
            assert_eq!(fits, expected, "{pattern} {path}");
        }
    }
}

//! What a slug that does not exist may have been meant to be.

/// The three that are spelt most alike, best first.
pub fn nearest<'a>(name: &str, slugs: impl Iterator<Item = &'a str>) -> String {
    let name = name.to_ascii_lowercase();
    let likeness = |slug: &str| strsim::jaro_winkler(slug, &name);
    let mut slugs: Vec<&str> = slugs.collect();
    slugs.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
    slugs.truncate(3);
    slugs.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_most_alike_are_named_best_first() {
        let slugs = ["no-access", "plain-http", "no-credentials", "scheme-case"];
        let nearest = nearest("NO-CREDENTIAL", slugs.into_iter());
        assert!(
            nearest.starts_with("no-credentials, no-access, "),
            "{nearest}"
        );
        assert_eq!(nearest.split(", ").count(), 3);
    }
}

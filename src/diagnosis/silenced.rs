//! Findings that the configuration switched off.

use super::taxonomy::{TAXONOMY, position};

/// A closed list of slugs that are never reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Silenced(Vec<&'static str>);

/// A name that no finding has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the name of a finding")]
pub struct UnknownSlug(pub String);

impl Silenced {
    /// Refuses the first name that is not in the taxonomy: a misspelt one would silence nothing, silently.
    pub fn of<S: AsRef<str>>(slugs: &[S]) -> Result<Self, UnknownSlug> {
        let known = |slug: &str| position(slug).map(|place| TAXONOMY[place].slug);
        let named = slugs
            .iter()
            .map(|slug| known(slug.as_ref()).ok_or_else(|| UnknownSlug(slug.as_ref().to_owned())));
        named.collect::<Result<_, _>>().map(Self)
    }

    pub fn contains(&self, slug: &str) -> bool {
        self.0.contains(&slug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_is_refused_by_name() {
        let error = Silenced::of(&["no-credentials", "no-credential"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"no-credential\" is not the name of a finding"
        );
    }

    #[test]
    fn findings_of_later_versions_can_be_silenced_already() {
        assert!(
            Silenced::of(&["masked-secret"])
                .unwrap()
                .contains("masked-secret")
        );
    }
}

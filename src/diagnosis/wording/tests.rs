use super::*;
use crate::bitbucket::scope::Scope;

fn lacking(names: &[&str]) -> Evidence {
    let scope = |name: &&str| Scope::named(name).expect("a scope");
    let mut evidence = Evidence::default();
    evidence.missing = names.iter().map(scope).collect();
    evidence
}

#[test]
fn all_missing_scopes_are_named_while_there_is_room() {
    let two = lacking(&["read:user:bitbucket", "read:workspace:bitbucket"]);
    let filled = fill("Add {missing}.", &two, 140);
    assert_eq!(
        filled,
        "Add read:user:bitbucket and read:workspace:bitbucket."
    );
}

#[test]
fn with_little_room_they_are_counted() {
    let three = lacking(&[
        "read:user:bitbucket",
        "read:workspace:bitbucket",
        "write:repository:bitbucket",
    ]);
    assert_eq!(
        fill("Add {missing}.", &three, 60),
        "Add read:user:bitbucket and 2 more."
    );
    assert_eq!(fill("Add {missing}.", &three, 20), "Add 3 scopes.");
    assert_eq!(
        fill("Add {missing}.", &lacking(&["read:user:bitbucket"]), 20),
        "Add a scope."
    );
}

#[test]
fn unknown_scopes_are_a_scope() {
    assert_eq!(
        fill("it lacks {missing}", &Evidence::default(), 50),
        "it lacks a scope"
    );
}

#[test]
fn a_length_takes_at_most_four_characters() {
    let with = |length| {
        let mut evidence = Evidence::default();
        evidence.length = length;
        evidence
    };
    assert_eq!(
        fill("{length} characters", &with(Some(128)), 50),
        "128 characters"
    );
    assert_eq!(
        fill("{length} characters", &with(Some(65_000)), 50),
        "many characters"
    );
    assert_eq!(
        fill("{length} characters", &with(None), 50),
        "many characters"
    );
}

#[test]
fn text_without_places_is_borrowed() {
    assert!(matches!(
        fill("plain", &Evidence::default(), 50),
        Cow::Borrowed("plain")
    ));
}

//! Every finding of the taxonomy, produced once: by a real exchange with the sandbox or, where it cannot, by a record.
//!
//! The tables below `produced/` name which, and for a record why. A record may not stand for what the sandbox can do:
//! its requests are sent there as well, and must not get the finding.

mod access;
mod entry;
mod form;
mod kind;
mod life;
mod other;
mod places;
mod play;
mod record;
mod user;

use entry::{By, Entry};
use play::Stage;
use why401::diagnosis::taxonomy::{Family, TAXONOMY};

fn tables() -> [(Family, &'static [Entry]); 6] {
    [
        (Family::Form, form::ENTRIES),
        (Family::Kind, kind::ENTRIES),
        (Family::User, user::ENTRIES),
        (Family::Life, life::ENTRIES),
        (Family::Access, access::ENTRIES),
        (Family::Other, other::ENTRIES),
    ]
}

#[test]
fn every_finding_has_one_entry_in_the_order_of_the_taxonomy() {
    for (family, entries) in tables() {
        let expected = TAXONOMY.iter().filter(|row| row.family == family);
        let expected: Vec<&str> = expected.map(|row| row.slug).collect();
        let found: Vec<&str> = entries.iter().map(|entry| entry.mistake).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn whoever_does_without_an_exchange_says_why() {
    let all = tables().into_iter().flat_map(|(_, entries)| entries);
    for entry in all {
        if let By::Record { why, .. } | By::Observation { why, .. } = entry.by {
            let is_a_reason = why.ends_with('.') && why.split(' ').count() > 5;
            assert!(is_a_reason, "{}: {why:?}", entry.mistake);
        }
    }
}

/// A family is a test, so that several run at once.
macro_rules! families {
    ($($name:ident => $table:path;)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                all_are_produced($table).await;
            }
        )*
    };
}

families! {
    findings_of_form_are_produced => form::ENTRIES;
    findings_of_kind_are_produced => kind::ENTRIES;
    findings_of_user_are_produced => user::ENTRIES;
    findings_of_life_are_produced => life::ENTRIES;
    findings_of_access_are_produced => access::ENTRIES;
    other_findings_are_produced => other::ENTRIES;
}

async fn all_are_produced(entries: &[Entry]) {
    let stage = Stage::reading(&[]).await;
    let mut faults = Vec::new();
    for entry in entries {
        let produced = match &entry.by {
            By::Exchange(scene) if scene.disputed.is_empty() => stage.produced(scene).await,
            By::Exchange(scene) => {
                let stage = Stage::reading(scene.disputed).await;
                stage.produced(scene).await
            }
            By::Record { text, .. } => record::findings(text).await,
            By::Observation { seen, .. } => record::findings_of(seen),
        };
        let first = entry.after.unwrap_or(entry.mistake);
        let is_first = produced.first().is_some_and(|slug| slug == first);
        if !is_first || !produced.iter().any(|slug| slug == entry.mistake) {
            faults.push(format!("{}: {produced:?}", entry.mistake));
        }
    }
    assert!(faults.is_empty(), "not produced:\n{}", faults.join("\n"));
}

#[tokio::test]
async fn no_record_stands_for_what_the_sandbox_can_do() {
    let stage = Stage::reading(&[]).await;
    let all = tables().into_iter().flat_map(|(_, entries)| entries);
    for entry in all {
        if let By::Record { text, .. } = entry.by {
            let said = stage.said_to_requests_of(text).await;
            assert!(
                !said.contains(entry.mistake),
                "{}: the sandbox shows it; make it an exchange",
                entry.mistake
            );
        }
    }
}

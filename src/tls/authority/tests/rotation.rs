//! Two roots in one folder: which of them signs, what clients trust meanwhile, and what a cut leaves.

use super::*;
use crate::tls::leaf::Leaf;

const LATER: UtcDateTime = utc_datetime!(2027-10-01 12:00);
const NONE: [String; 0] = [];

fn ca() -> (TempDir, PathBuf, Authority) {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("ca");
    let first = create(&dir);
    (parent, dir, first)
}

fn open(dir: &Path, now: UtcDateTime) -> Authority {
    Authority::open(dir, None, now).unwrap()
}

fn roots(dir: &Path) -> Vec<Vec<u8>> {
    let found = public(dir).unwrap().roots;
    found.iter().map(|root| root.der().to_vec()).collect()
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// H-A10.
#[test]
fn both_are_trusted_and_the_first_signs_until_the_second_is_activated() {
    let (_parent, dir, first) = ca();
    let made = rotate(&dir, &NONE, false, None, LATER).unwrap();
    assert!(made.is_new && !made.is_active);
    let during = open(&dir, LATER);
    assert_eq!(during.root_der(), first.root_der());
    assert_eq!(roots(&dir).len(), 2);
    let file = fs::read_to_string(dir.join("root.pem")).unwrap();
    assert_eq!(file, during.root_pem());
    assert_eq!(file.matches("BEGIN CERTIFICATE").count(), 2);
    assert!(
        file.starts_with(&first.root().pem()),
        "what signs comes first"
    );
    assert_eq!(mode(&dir.join("next")), 0o700);
    assert_eq!(mode(&dir.join("next/issuing.key")), 0o600);

    let again = rotate(&dir, &NONE, false, None, LATER).unwrap();
    assert!(!again.is_new, "one next root is enough");
    let activated = rotate(&dir, &NONE, true, None, LATER).unwrap();
    assert!(activated.is_active && !activated.is_new);
    let after = open(&dir, LATER);
    assert_ne!(after.root_der(), first.root_der());
    let both = [after.root_der().to_vec(), first.root_der().to_vec()];
    assert_eq!(roots(&dir), both);
    assert_eq!(
        names(&dir),
        ["issuing.key", "issuing.pem", "previous.pem", "root.pem"],
        "the key of the former is gone"
    );
}

/// The one of a proxy that has been running since before, too.
#[test]
fn the_second_signs_from_14_days_before_the_first_ends() {
    let (_parent, dir, first) = ca();
    rotate(&dir, &NONE, false, None, LATER).unwrap();
    let running = open(&dir, LATER);
    let takeover = first.not_after() - Duration::days(14);
    let before = takeover - Duration::minutes(1);
    let issuer = |now| running.signer(now).issuing.der().clone();
    assert_eq!(issuer(before), *first.issuing_der());
    assert_ne!(issuer(takeover), *first.issuing_der());
    assert_eq!(open(&dir, before).root_der(), first.root_der());
    assert_ne!(open(&dir, takeover).root_der(), first.root_der());
    let leaf = Leaf::mint(
        &running,
        "bitbucket.org",
        first.not_after() + Duration::days(1),
    );
    assert!(leaf.unwrap().not_after() > first.not_after());
    assert_eq!(
        open(&dir, first.not_after() + Duration::days(9))
            .roots()
            .len(),
        2
    );
}

#[test]
fn a_second_root_may_sign_for_more_and_never_for_less() {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("ca");
    let wide = Constraint::widened(&["one.example"]).unwrap();
    Authority::create(&dir, &wide, None, NOW).unwrap();
    rotate(&dir, &["two.example".to_owned()], false, None, NOW).unwrap();
    let error = rotate(&dir, &["three.example".to_owned()], true, None, NOW);
    let error = error.err().unwrap().to_string();
    assert!(
        error.contains("not for three.example") && error.contains("rm -r "),
        "{error}"
    );
    rotate(&dir, &["two.example".to_owned()], true, None, NOW).unwrap();
    let now = open(&dir, NOW);
    for host in ["bitbucket.org", "one.example", "two.example"] {
        assert!(now.covers(host), "{host}");
    }
}

#[test]
fn of_rotations_at_once_one_makes_the_root_and_all_tell_of_it() {
    for activate in [false, true] {
        let (_parent, dir, first) = ca();
        let start = std::sync::Barrier::new(8);
        let one = || {
            start.wait();
            // A reader meanwhile always finds a whole CA.
            open(&dir, LATER);
            rotate(&dir, &NONE, activate, None, LATER)
                .unwrap()
                .is_active
        };
        let told: Vec<bool> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        assert!(told.iter().all(|is_active| *is_active == activate));
        let roots = roots(&dir);
        assert!(roots.contains(&first.root_der().to_vec()), "{activate}");
        assert!(roots.len() >= 2 && !names(&dir).iter().any(|name| name.starts_with('.')));
    }
}

/// The states that a kill can leave: each is whole to a reader, and the next call ends it.
#[test]
fn a_rotation_that_was_cut_off_is_whole_and_gets_finished() {
    let (_parent, dir, first) = ca();
    let only_first = fs::read(dir.join("root.pem")).unwrap();
    fs::create_dir(dir.join(".why401-ca-cut")).unwrap();
    rotate(&dir, &NONE, false, None, LATER).unwrap();
    assert_eq!(
        names(&dir),
        ["issuing.key", "issuing.pem", "next", "root.pem"]
    );
    // Before the list of roots was written.
    fs::write(dir.join("root.pem"), &only_first).unwrap();
    assert_eq!(roots(&dir).len(), 2);

    let next = fs::read_to_string(dir.join("next/root.pem")).unwrap();
    fs::write(dir.join("next/active"), "").unwrap();
    for part in ["none", "issuing.pem", "issuing.key"] {
        if part != "none" {
            fs::copy(dir.join("next").join(part), dir.join(part)).unwrap();
        }
        let found = open(&dir, LATER);
        assert_eq!(found.root().pem(), next, "cut after {part}");
        assert!(
            found.root_pem().contains(&first.root().pem()),
            "cut after {part}"
        );
    }
    rotate(&dir, &NONE, false, None, LATER).unwrap();
    assert_eq!(open(&dir, LATER).root().pem(), next);
    assert!(dir.join("previous.pem").exists());
}

#[test]
fn a_next_key_that_others_can_read_is_refused() {
    let (_parent, dir, _) = ca();
    rotate(&dir, &NONE, false, None, LATER).unwrap();
    let key = dir.join("next/issuing.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let error = Authority::open(&dir, None, LATER).unwrap_err().to_string();
    assert!(
        error.contains("chmod 600") && error.contains("next/issuing.key"),
        "{error}"
    );
    fs::remove_file(key).unwrap();
    let error = Authority::open(&dir, None, LATER).unwrap_err().to_string();
    assert!(error.contains("why401 ca rotate --ca-dir"), "{error}");
}

/// H-A10.
#[test]
fn notice_is_given_30_days_before_the_end_and_says_that_trust_is_a_new_step() {
    let (_parent, dir, first) = ca();
    let end = first.not_after();
    assert_eq!(first.notice(end - Duration::days(30)), None);
    let told = first.notice(end - Duration::days(29)).unwrap().to_string();
    for part in [
        "key of its root was destroyed",
        "new step of trust",
        "why401 ca rotate --ca-dir",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    rotate(&dir, &NONE, false, None, LATER).unwrap();
    let both = open(&dir, LATER);
    let told = both.notice(end - Duration::days(20)).unwrap().to_string();
    assert!(
        told.contains("why401 ca trust") && told.contains("2027-11-08"),
        "{told}"
    );
    assert_eq!(
        both.notice(end - Duration::days(13)),
        None,
        "it has taken over"
    );
}

/// What our own CA signed is never an origin, whichever of its roots.
#[test]
fn all_roots_are_known_as_our_own() {
    let (_parent, dir, first) = ca();
    rotate(&dir, &NONE, true, None, LATER).unwrap();
    rotate(&dir, &NONE, false, None, LATER).unwrap();
    let now = open(&dir, LATER);
    assert_eq!(now.roots().len(), 3);
    let marks: Vec<&[u8]> = now.marks().collect();
    for root in now.roots().iter().chain([first.root()]) {
        assert!(root.marks().iter().all(|mark| marks.contains(mark)));
    }
}

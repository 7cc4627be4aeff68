//! Making and opening CA folders: profile, permissions, races.

mod passphrase;
mod permissions;
mod rotation;

use super::*;
use crate::tls::testing::{only, text, tool};
use rcgen::KeyPair;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use tempfile::TempDir;
use time::Duration;
use time::macros::utc_datetime;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer;

const NOW: UtcDateTime = utc_datetime!(2026-11-24 12:00);

fn create(dir: &Path) -> Authority {
    Authority::create(dir, &Constraint::default(), None, NOW).unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

/// H-A4: the profile; what strict verifiers say of it stands with the leaves.
#[test]
fn both_certificates_are_constrained_and_live_a_year() {
    let authority = Authority::in_memory(&Constraint::default(), NOW).unwrap();
    for (der, path_length) in [(authority.root_der(), 1), (authority.issuing_der(), 0)] {
        let (_, cert) = X509Certificate::from_der(der).unwrap();
        let basic = cert.basic_constraints().unwrap().unwrap();
        assert!(basic.critical && basic.value.ca);
        assert_eq!(basic.value.path_len_constraint, Some(path_length));
        let usage = cert.key_usage().unwrap().unwrap();
        assert!(usage.critical && usage.value.key_cert_sign() && usage.value.crl_sign());
        assert_eq!(usage.value.flags.count_ones(), 2);
        assert_eq!(cert.public_key().parsed().unwrap().key_size(), 256);

        let names = cert.name_constraints().unwrap().unwrap();
        assert!(names.critical);
        let permitted = names.value.permitted_subtrees.as_ref().unwrap();
        let permitted: Vec<_> = permitted.iter().map(|subtree| &subtree.base).collect();
        assert_eq!(permitted, [&GeneralName::DNSName("bitbucket.org")]);
        let excluded = names.value.excluded_subtrees.as_ref().unwrap();
        let excluded: Vec<_> = excluded.iter().map(|subtree| &subtree.base).collect();
        assert_eq!(
            excluded,
            [
                &GeneralName::IPAddress(&[0; 8]),
                &GeneralName::IPAddress(&[0; 32])
            ]
        );

        let life = cert.validity().not_after.timestamp() - cert.validity().not_before.timestamp();
        assert_eq!(life, Duration::days(365).whole_seconds());
        assert!(cert.validity().not_before.timestamp() < NOW.unix_timestamp());
    }
}

/// H-A3: and no program brings a key along, which tests of the commands look into.
#[test]
fn two_installs_differ_in_name_and_key() {
    let [a, b] = [0, 1].map(|_| Authority::in_memory(&Constraint::default(), NOW).unwrap());
    assert_ne!(a.root().subject, b.root().subject);
    assert_ne!(a.root().public_key, b.root().public_key);
    assert_ne!(a.signing.issuing.public_key, b.signing.issuing.public_key);
    let serial = |one: &Authority| {
        let (_, parsed) = X509Certificate::from_der(one.root_der()).unwrap();
        parsed.raw_serial().to_vec()
    };
    assert_ne!(serial(&a), serial(&b));
    assert!(
        a.root().subject.contains("2026-11-24"),
        "{}",
        a.root().subject
    );
    assert_ne!(a.root().public_key, a.signing.issuing.public_key);
}

#[test]
fn what_is_made_is_what_is_opened() {
    let dir = TempDir::new().unwrap();
    let dir = dir.path().join("state/ca");
    let constraint = Constraint::widened(&["git.example.com"]).unwrap();
    let made = Authority::create(&dir, &constraint, None, NOW).unwrap();
    let opened = Authority::open(&dir, None, NOW).unwrap();
    assert_eq!(opened.root_der(), made.root_der());
    assert_eq!(
        opened.root_pem(),
        fs::read_to_string(dir.join("root.pem"))
            .unwrap()
            .replace('\r', "")
    );
    assert_eq!(opened.constraint(), &constraint);
    assert_eq!(opened.not_after(), made.not_after());
    assert!(opened.covers("git.example.com") && !opened.covers("example.com"));
}

#[test]
fn an_existing_ca_keeps_its_constraint_and_is_never_overwritten() {
    let dir = TempDir::new().unwrap();
    let dir = dir.path().join("ca");
    let made = create(&dir);
    let wider = Constraint::widened(&["git.example.com"]).unwrap();
    let (opened, created) = Authority::open_or_create(&dir, &wider, None, NOW).unwrap();
    assert!(!created && !opened.covers("git.example.com"));
    let error = Authority::create(&dir, &wider, None, NOW).unwrap_err();
    assert!(matches!(error, AuthorityError::Exists(_)), "{error}");
    assert_eq!(
        Authority::open(&dir, None, NOW).unwrap().root_der(),
        made.root_der()
    );
}

/// H-A4: the key of the root is nowhere: the folder holds one key, and it is the issuing CA's.
#[test]
fn the_folder_holds_three_files_and_one_key() {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("ca");
    let made = create(&dir);
    let mut names: Vec<_> = fs::read_dir(&dir)
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["issuing.key", "issuing.pem", "root.pem"]);
    let texts = names
        .iter()
        .map(|name| fs::read_to_string(dir.join(name)).unwrap());
    assert_eq!(texts.filter(|text| text.contains("PRIVATE KEY")).count(), 1);
    let key = KeyPair::from_pem(&fs::read_to_string(dir.join("issuing.key")).unwrap()).unwrap();
    assert_eq!(
        rcgen::PublicKeyData::subject_public_key_info(&key),
        made.signing.issuing.public_key
    );
    let beside = fs::read_dir(parent.path()).unwrap().count();
    assert_eq!(beside, 1, "the draft is gone");
}

#[test]
fn of_many_first_starts_one_makes_the_ca_and_all_use_it() {
    for ready_made in [false, true] {
        let parent = TempDir::new().unwrap();
        let dir = parent.path().join("ca");
        if ready_made {
            fs::create_dir(&dir).unwrap();
        }
        let start = std::sync::Barrier::new(8);
        let results: Vec<(Vec<u8>, bool)> = std::thread::scope(|scope| {
            let one = || {
                start.wait();
                let (ca, created) =
                    Authority::open_or_create(&dir, &Constraint::default(), None, NOW).unwrap();
                (ca.root_der().to_vec(), created)
            };
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        assert_eq!(results.iter().filter(|(_, created)| *created).count(), 1);
        assert!(results.iter().all(|(root, _)| *root == results[0].0));
        assert_eq!(
            Authority::open(&dir, None, NOW)
                .unwrap()
                .root_der()
                .as_ref(),
            results[0].0
        );
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_ca_outside_its_year_is_not_used() {
    let dir = TempDir::new().unwrap();
    let dir = dir.path().join("ca");
    create(&dir);
    let late = Authority::open(&dir, None, NOW + Duration::days(364))
        .unwrap_err()
        .to_string();
    assert!(
        late.contains("expired on 2027-11-22") && late.contains("why401 ca init"),
        "{late}"
    );
    let early = Authority::open(&dir, None, NOW - Duration::days(3))
        .unwrap_err()
        .to_string();
    assert!(
        early.contains("valid from 2026-11-22") && early.contains("clock"),
        "{early}"
    );
    Authority::open(&dir, None, NOW + Duration::days(362)).unwrap();
}

#[test]
fn each_missing_or_foreign_part_is_named() {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("ca");
    let error = Authority::open(&dir, None, NOW).unwrap_err();
    assert!(matches!(error, AuthorityError::Absent(_)), "{error}");
    assert!(
        error.to_string().contains("why401 ca init --ca-dir"),
        "{error}"
    );

    create(&dir);
    for file in folder::FILES {
        let kept = fs::read(dir.join(file)).unwrap();
        fs::remove_file(dir.join(file)).unwrap();
        let error = Authority::open_or_create(&dir, &Constraint::default(), None, NOW).unwrap_err();
        assert!(
            matches!(error, AuthorityError::Incomplete(_, named) if named == file),
            "{error}"
        );
        for damage in [
            "",
            "garbage",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ] {
            write(&dir.join(file), damage);
            let error = Authority::open(&dir, None, NOW).unwrap_err().to_string();
            assert!(
                error.contains(file) && error.lines().count() == 1,
                "{error}"
            );
        }
        write(&dir.join(file), std::str::from_utf8(&kept).unwrap());
    }
    Authority::open(&dir, None, NOW).unwrap();

    let other = parent.path().join("other");
    create(&other);
    for file in ["issuing.key", "root.pem"] {
        let kept = fs::read_to_string(dir.join(file)).unwrap();
        write(
            &dir.join(file),
            &fs::read_to_string(other.join(file)).unwrap(),
        );
        let error = Authority::open(&dir, None, NOW).unwrap_err();
        assert!(matches!(error, AuthorityError::Mismatch(..)), "{error}");
        assert!(error.to_string().contains(file), "{error}");
        write(&dir.join(file), &kept);
    }
}

fn write(file: &Path, content: &str) {
    fs::write(file, content).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

/// A umask belongs to a process, so another one is asked, with the widest and the usual one.
#[test]
fn modes_are_right_whatever_the_umask() {
    const CHILD: &str = "WHY401_TEST_CA_DIR";
    if let Some(dir) = std::env::var_os(CHILD) {
        create(Path::new(&dir));
        return;
    }
    for umask in ["0000", "0022", "0077"] {
        let parent = TempDir::new().unwrap();
        let dir = parent.path().join("state/ca");
        let mut child = Command::new("sh");
        child
            .args(["-c", &format!("umask {umask}; exec \"$@\""), "sh"])
            .arg(std::env::current_exe().unwrap())
            .args(only(module_path!(), "modes_are_right_whatever_the_umask"))
            .env(CHILD, &dir);
        let Some(output) = tool(&mut child) else {
            return;
        };
        assert!(output.status.success(), "{}", text(&output));
        assert_eq!(
            (mode(&dir), mode(dir.parent().unwrap())),
            (0o700, 0o700),
            "umask {umask}"
        );
        assert_eq!(mode(&dir.join("issuing.key")), 0o600, "umask {umask}");
        assert_eq!(mode(&dir.join("root.pem")) & 0o022, 0, "umask {umask}");
    }
}

/// H-A5: signing leaves no trace on disk.
#[test]
fn leaves_and_their_keys_are_in_memory_only() {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("ca");
    let authority = create(&dir);
    let state = || {
        let mut files: Vec<_> = fs::read_dir(&dir)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (fs::read(&path).unwrap(), path))
            .collect();
        files.sort();
        files
    };
    let before = state();
    for host in ["bitbucket.org", "api.bitbucket.org", "x.bitbucket.org"] {
        crate::tls::leaf::Leaf::mint(&authority, host, NOW).unwrap();
    }
    assert_eq!(state(), before);
    assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1);
}

//! Plans for machines that are folders, and what the tools print as we read it.

use super::*;
use crate::tls::authority::CaCertificate;
use crate::tls::testing::authority;
use place::{Hindrance, Place};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use tempfile::TempDir;

/// A machine with these programs in /usr/bin, and files.
struct Fake {
    root: TempDir,
    machine: Machine,
}

impl Fake {
    fn new(programs: &[&str], files: &[&str]) -> Self {
        let root = TempDir::new().unwrap();
        let machine = Machine {
            root: root.path().canonicalize().unwrap(),
            system: "linux",
            is_root: true,
            home: Some("/home/j".into()),
            java_home: None,
            path: vec!["/usr/bin".into()],
        };
        let fake = Self { root, machine };
        for program in programs {
            let file = fake.put(&format!("usr/bin/{program}"), b"");
            fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
        }
        for file in files {
            fake.put(file, b"");
        }
        fake
    }

    fn put(&self, file: &str, bytes: &[u8]) -> PathBuf {
        let file = self.root.path().canonicalize().unwrap().join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, bytes).unwrap();
        file
    }

    fn place(&self, store: Store) -> Box<dyn Place> {
        let mut places = self.machine.places(store);
        assert_eq!(places.len(), 1, "{store:?}");
        places.remove(0)
    }

    /// The lines of a plan, with the root of the machine taken off.
    fn lines(&self, plan: &[plan::Action]) -> Vec<String> {
        let root = self.machine.root.to_str().unwrap();
        plan.iter()
            .map(|action| action.line().replace(root, ""))
            .collect()
    }

    /// What `trust` and `untrust` say of the places of a store.
    fn told(&self, store: Store, root: Option<&Root>, mark: &Mark) -> String {
        let task = Task {
            mark,
            root,
            is_dry: false,
            program: "/opt/why401".into(),
            folder: Path::new("/ca"),
        };
        let mut told = String::new();
        work(&self.machine, &[store], &task, |store, path, outcome| {
            told += &outcome.text(store.word(), path);
            Ok(())
        })
        .unwrap();
        told.replace(self.machine.root.to_str().unwrap(), "")
    }
}

fn certificate() -> CaCertificate {
    CaCertificate::parse(authority().root_der().clone()).unwrap()
}

fn root() -> Root {
    Root::new(
        Path::new("/nowhere/ca"),
        certificate(),
        Path::new("root.pem"),
    )
}

fn mark(root: &Root) -> Mark {
    Mark::new(Path::new("/nowhere/ca"), vec![root.certificate.clone()])
}

const CRT: &str = "usr/local/share/ca-certificates";
const ANCHORS: &str = "etc/pki/ca-trust/source/anchors";

#[test]
fn debian_and_alpine_get_a_crt_and_their_tool() {
    let fake = Fake::new(&["update-ca-certificates"], &[&format!("{CRT}/other.crt")]);
    let (place, root) = (fake.place(Store::System), root());
    let name = &root.name;
    assert_eq!(
        fake.lines(&place.add(&root)),
        [
            format!("install -m 644 /nowhere/ca/root.pem /{CRT}/{name}.crt"),
            "/usr/bin/update-ca-certificates".to_owned()
        ]
    );
    assert_eq!(
        fake.lines(&place.remove(&["a.crt".to_owned()])),
        [
            format!("rm /{CRT}/a.crt"),
            "/usr/bin/update-ca-certificates --fresh".to_owned()
        ]
    );
}

#[test]
fn fedora_gets_an_anchor_and_its_tool() {
    let fake = Fake::new(&["update-ca-trust"], &[&format!("{ANCHORS}/other.pem")]);
    let (place, root) = (fake.place(Store::System), root());
    let name = &root.name;
    assert_eq!(
        fake.lines(&place.add(&root)),
        [
            format!("install -m 644 /nowhere/ca/root.pem /{ANCHORS}/{name}.pem"),
            "/usr/bin/update-ca-trust".to_owned()
        ]
    );
}

#[test]
fn a_folder_without_its_tool_is_no_store() {
    let fake = Fake::new(&[], &[&format!("{CRT}/x"), &format!("{ANCHORS}/x")]);
    assert!(fake.machine.places(Store::System).is_empty());
    let root = root();
    let told = fake.told(Store::System, Some(&root), &mark(&root));
    assert!(
        told.starts_with("[fail] system: neither") && told.contains("ca-certificates\n"),
        "{told}"
    );
    let told = fake.told(Store::System, None, &mark(&root));
    assert!(told.starts_with("[skip] system: because neither"), "{told}");
}

#[test]
fn who_is_not_root_gets_the_line_with_sudo() {
    let mut fake = Fake::new(&["update-ca-certificates"], &[&format!("{CRT}/other.crt")]);
    fake.machine.is_root = false;
    let root = root();
    assert_eq!(
        fake.told(Store::System, Some(&root), &mark(&root)),
        format!(
            "[fail] system /{CRT}: only root may change it; \
             next: sudo /opt/why401 ca trust --store system --ca-dir /ca\n"
        )
    );
    assert!(
        !fake
            .machine
            .root
            .join(CRT)
            .join(format!("{}.crt", root.name))
            .exists()
    );
}

#[test]
fn where_none_of_ours_is_nobody_needs_root() {
    let mut fake = Fake::new(&["update-ca-certificates"], &[]);
    fake.machine.is_root = false;
    fake.put(&format!("{CRT}/other.crt"), certificate().pem().as_bytes());
    let told = fake.told(Store::System, None, &mark(&root()));
    assert!(
        told.contains("[skip] system") && told.contains("no root of this CA"),
        "{told}"
    );
}

#[test]
fn a_tool_that_changes_nothing_is_found_out() {
    let fake = Fake::new(&[], &[&format!("{CRT}/other.crt")]);
    let tool = fake.put("usr/bin/update-ca-certificates", b"#!/bin/sh\n");
    fs::set_permissions(tool, fs::Permissions::from_mode(0o755)).unwrap();
    let root = root();
    let told = fake.told(Store::System, Some(&root), &mark(&root));
    assert!(
        told.starts_with("[fail] system") && told.contains("nothing has changed"),
        "{told}"
    );
}

#[test]
fn what_a_failing_tool_left_in_the_bundle_is_taken_out_the_next_time() {
    let root = root();
    let fake = Fake::new(&[], &[&format!("{CRT}/other.crt")]);
    let bundle = fake.put(
        "etc/ssl/certs/ca-certificates.crt",
        root.certificate.pem().as_bytes(),
    );
    let script = format!("#!/bin/sh\n: > {}\n", bundle.display());
    let tool = fake.put("usr/bin/update-ca-certificates", script.as_bytes());
    fs::set_permissions(tool, fs::Permissions::from_mode(0o755)).unwrap();
    let told = fake.told(Store::System, None, &mark(&root));
    assert!(
        told.contains("[ ok ] system") && told.contains("out of the bundle"),
        "{told}"
    );
    let told = fake.told(Store::System, None, &mark(&root));
    assert!(told.contains("[skip] system"), "{told}");
}

#[test]
fn the_words_of_a_tool_that_fails_come_with_the_line_to_try() {
    let fake = Fake::new(&[], &[&format!("{CRT}/other.crt")]);
    let tool = fake.put(
        "usr/bin/update-ca-certificates",
        b"#!/bin/sh\nprintf 'E: \\033[2J full' >&2\nexit 3\n",
    );
    fs::set_permissions(tool, fs::Permissions::from_mode(0o755)).unwrap();
    let root = root();
    let told = fake.told(Store::System, Some(&root), &mark(&root));
    assert!(
        told.contains("full; next: /usr/bin/update-ca-certificates\n"),
        "{told}"
    );
    assert!(!told.contains('\u{1b}'), "{told:?}");
}

/// The file of an earlier root of this folder goes, that of another folder's CA stays, and so does what is no root.
#[test]
fn only_files_of_this_ca_are_ours() {
    let fake = Fake::new(&["update-ca-certificates"], &[]);
    let (root, old) = (root(), root());
    let other = Root::new(
        Path::new("/nowhere/else"),
        certificate(),
        Path::new("root.pem"),
    );
    for one in [&root, &old, &other] {
        fake.put(
            &format!("{CRT}/{}.crt", one.name),
            one.certificate.pem().as_bytes(),
        );
    }
    fake.put(
        &format!("{CRT}/by-hand.crt"),
        root.certificate.pem().as_bytes(),
    );
    let two = [root.certificate.pem(), other.certificate.pem()].concat();
    fake.put(&format!("{CRT}/bundle.crt"), two.as_bytes());
    let ours = perform::ours(&*fake.place(Store::System), &mark(&root)).unwrap();
    let mut expected = vec![
        format!("{}.crt", root.name),
        format!("{}.crt", old.name),
        "by-hand.crt".to_owned(),
    ];
    expected.sort();
    assert_eq!(ours, expected);
}

#[test]
fn every_database_of_nss_is_found_and_folders_without_one_are_not() {
    let fake = Fake::new(
        &["certutil"],
        &[
            "home/j/.pki/nssdb/cert9.db",
            "home/j/.mozilla/firefox/a.default/cert9.db",
            "home/j/.mozilla/firefox/Crash Reports/events",
            "home/j/snap/firefox/common/.mozilla/firefox/b/cert9.db",
        ],
    );
    let root = root();
    let places = fake.machine.places(Store::Nss);
    let paths: Vec<_> = places
        .iter()
        .map(|place| fake.machine.root.join(place.path()))
        .collect();
    let home = fake.machine.root.join("home/j");
    assert_eq!(
        paths,
        [
            home.join(".pki/nssdb"),
            home.join(".mozilla/firefox/a.default"),
            home.join("snap/firefox/common/.mozilla/firefox/b")
        ]
    );
    assert_eq!(
        fake.lines(&places[0].add(&root)),
        [format!(
            "/usr/bin/certutil -A -d sql:/home/j/.pki/nssdb -n {} -t C,, -i /nowhere/ca/root.pem",
            root.name
        )]
    );
    assert_eq!(
        fake.lines(&places[0].remove(&["x".to_owned()])),
        ["/usr/bin/certutil -D -d sql:/home/j/.pki/nssdb -n x"]
    );
}

#[test]
fn without_certutil_the_package_is_named() {
    let fake = Fake::new(&["dnf"], &["home/j/.pki/nssdb/cert9.db"]);
    let root = root();
    let told = fake.told(Store::Nss, Some(&root), &mark(&root));
    assert!(
        told.contains("[fail]")
            && told.contains("certutil is missing; next: sudo dnf install nss-tools"),
        "{told}"
    );
    let told = fake.told(Store::Nss, None, &mark(&root));
    assert!(told.starts_with("[skip]"), "{told}");
}

#[test]
fn names_are_read_from_the_list_of_certutil() {
    let fake = Fake::new(&["certutil"], &["home/j/.pki/nssdb/cert9.db"]);
    let root = root();
    let printed = format!(
        "\nCertificate Nickname            Trust Attributes\n\nAn other CA      CT,C,C\n{}     C,,  \n",
        root.name
    );
    assert_eq!(
        fake.place(Store::Nss).ours(&printed, &mark(&root)),
        [root.name]
    );
}

#[test]
fn one_cacerts_of_several_installations_is_changed_once() {
    let mut fake = Fake::new(
        &[],
        &[
            "usr/lib/jvm/a/lib/security/cacerts",
            "opt/jdk8/jre/lib/security/cacerts",
        ],
    );
    for keytool in ["usr/lib/jvm/a/bin/keytool", "opt/jdk8/bin/keytool"] {
        let keytool = fake.put(keytool, b"");
        fs::set_permissions(keytool, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let jvms = fake.machine.root.join("usr/lib/jvm");
    std::os::unix::fs::symlink(jvms.join("a"), jvms.join("default")).unwrap();
    assert_eq!(fake.machine.places(Store::Java).len(), 1);
    // Who names one means that one.
    fake.machine.java_home = Some("/opt/jdk8".into());
    let places = fake.machine.places(Store::Java);
    assert_eq!(places.len(), 1);
    assert_eq!(
        fake.lines(&places[0].add(&root()))
            .concat()
            .split(" -alias ")
            .next()
            .unwrap(),
        "/opt/jdk8/bin/keytool '-J-Duser.language=en' -importcert -keystore \
         /opt/jdk8/jre/lib/security/cacerts -storepass changeit -noprompt"
    );
}

#[test]
fn cacerts_that_the_system_writes_are_left_to_it() {
    let fake = Fake::new(&["keytool"], &["etc/ssl/certs/java/cacerts"]);
    let link = fake
        .put("usr/lib/jvm/a/lib/security/x", b"")
        .with_file_name("cacerts");
    std::os::unix::fs::symlink(fake.machine.root.join("etc/ssl/certs/java/cacerts"), link).unwrap();
    let root = root();
    let told = fake.told(Store::Java, Some(&root), &mark(&root));
    assert!(
        told.contains("[skip] java /etc/ssl/certs/java/cacerts: because the system's tool"),
        "{told}"
    );
    // What the tool never takes out is taken out with the system's store.
    let asked = fake.told(Store::System, None, &mark(&root));
    assert!(
        asked.contains("java /etc/ssl/certs/java/cacerts"),
        "{asked}"
    );
}

#[test]
fn entries_of_cacerts_are_known_by_alias_or_fingerprint() {
    let fake = Fake::new(&["keytool"], &["usr/lib/jvm/a/lib/security/cacerts"]);
    let (root, old) = (root(), root());
    let entry = |alias: &str, fingerprint: &str| {
        format!(
            "{alias}, Nov 25, 2026, trustedCertEntry, \nCertificate fingerprint (SHA-256): {fingerprint}\n"
        )
    };
    let printed = [
        entry("a, b", "00:11"),
        entry("by, hand", &root.certificate.fingerprint()),
        entry(&format!("debian:{}.pem", old.name), "22:33"),
    ];
    assert_eq!(
        fake.place(Store::Java)
            .ours(&printed.concat(), &mark(&root)),
        ["by, hand".to_owned(), format!("debian:{}.pem", old.name)]
    );
}

#[test]
fn macos_uses_the_login_keychain() {
    let mut fake = Fake::new(
        &["security"],
        &["home/j/Library/Keychains/login.keychain-db"],
    );
    fake.machine.system = "macos";
    let (place, root) = (fake.place(Store::System), root());
    let keychain = "/home/j/Library/Keychains/login.keychain-db";
    assert_eq!(
        fake.lines(&place.add(&root)),
        [format!(
            "/usr/bin/security add-trusted-cert -r trustRoot -p ssl -k {keychain} /nowhere/ca/root.pem"
        )]
    );
    let hash = root.certificate.fingerprint().replace(':', "");
    let printed = format!("SHA-256 hash: {hash}\nSHA-1 hash: 00\nkeychain: \"x\"\n");
    let ours = place.ours(&printed, &mark(&root));
    assert_eq!(ours, [hash.as_str()]);
    assert!(place.is_current(&ours[0], &root) && !place.is_current("00", &root));
    assert_eq!(
        fake.lines(&place.remove(&ours)),
        [format!(
            "/usr/bin/security delete-certificate -t -Z {hash} {keychain}"
        )]
    );
}

#[test]
fn windows_uses_the_roots_of_the_user() {
    let mut fake = Fake::new(&["certutil.exe", "powershell.exe"], &[]);
    fake.machine.system = "windows";
    let (place, root) = (fake.place(Store::System), root());
    assert_eq!(
        fake.lines(&place.add(&root)),
        ["/usr/bin/certutil.exe -addstore -user Root /nowhere/ca/root.pem"]
    );
    let ours = place.ours("AB12\r\nCD34\r\n", &mark(&root));
    assert_eq!(
        fake.lines(&place.remove(&ours)),
        [
            "/usr/bin/certutil.exe -delstore -user Root AB12",
            "/usr/bin/certutil.exe -delstore -user Root CD34"
        ]
    );
}

#[test]
fn java_of_another_user_needs_sudo_with_its_home() {
    let variables = vec![("JAVA_HOME", PathBuf::from("/opt/a jdk"))];
    let fake = Fake::new(&["keytool"], &["usr/lib/jvm/a/lib/security/cacerts"]);
    let place = fake.place(Store::Java);
    let root = root();
    let task = Task {
        mark: &mark(&root),
        root: None,
        is_dry: false,
        program: "/opt/why401".into(),
        folder: Path::new("/ca"),
    };
    assert_eq!(
        task.with_sudo(&*place, &variables),
        "sudo env 'JAVA_HOME=/opt/a jdk' /opt/why401 ca untrust --store java --ca-dir /ca"
    );
    assert_ne!(place.hindrance(), Some(Hindrance::Root(variables)));
}

/// The folder's place is what the names stand for: it may be reached by a link, and be gone.
#[test]
fn a_folder_has_one_mark_however_it_is_named() {
    let parent = TempDir::new().unwrap();
    let (dir, link) = (parent.path().join("ca"), parent.path().join("link"));
    fs::create_dir(&dir).unwrap();
    std::os::unix::fs::symlink(&dir, &link).unwrap();
    let name = Root::new(&dir, certificate(), Path::new("root.pem")).name;
    assert!(Mark::new(&link, Vec::new()).names(&name));
    fs::remove_dir(&dir).unwrap();
    assert!(Mark::new(&dir, Vec::new()).names(&name));
    assert!(!Mark::new(&parent.path().join("other"), Vec::new()).names(&name));
}

//! `why401 ca` as a person meets it, and the exports as other programs read them.

use super::*;
use crate::tls::testing::{text, tool};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use tempfile::TempDir;
use time::macros::utc_datetime;

const NOW: UtcDateTime = utc_datetime!(2026-11-24 12:00);
const NONE: [&str; 0] = [];

fn ca() -> (TempDir, PathBuf) {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("ca");
    init(&dir, &NONE, None, NOW).unwrap();
    (parent, dir)
}

#[test]
fn init_says_what_it_made_and_what_to_trust() {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("ca");
    let said = init(&dir, &["git.example.com"], None, NOW).unwrap();
    assert!(
        said.contains("bitbucket.org, git.example.com and below, until 2027-11-22"),
        "{said}"
    );
    assert!(
        said.contains(dir.join("root.pem").to_str().unwrap()),
        "{said}"
    );
}

#[test]
fn init_never_overwrites() {
    let (_parent, dir) = ca();
    let root = fs::read(dir.join("root.pem")).unwrap();
    let error = init(&dir, &NONE, None, NOW).unwrap_err();
    assert!(
        error.to_string().contains("never overwritten") && !error.is_usage(),
        "{error}"
    );
    assert_eq!(fs::read(dir.join("root.pem")).unwrap(), root);
}

#[test]
fn a_host_that_cannot_be_signed_for_is_a_fault_of_the_command_line() {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("ca");
    let error = init(&dir, &["10.0.0.1"], None, NOW).unwrap_err();
    assert!(
        error.to_string().starts_with("--for: 10.0.0.1") && error.is_usage(),
        "{error}"
    );
    assert!(!dir.exists());
}

#[test]
fn path_is_one_absolute_line() {
    let (_parent, dir) = ca();
    assert_eq!(
        path(&dir).unwrap(),
        format!("{}\n", dir.join("root.pem").display())
    );
    let error = path(&dir.join("nowhere")).unwrap_err().to_string();
    assert!(error.contains("why401 ca init --ca-dir"), "{error}");
    fs::remove_file(dir.join("root.pem")).unwrap();
    assert!(
        path(&dir)
            .unwrap_err()
            .to_string()
            .contains("root.pem is missing")
    );
}

#[test]
fn show_tells_the_facts_and_what_is_wrong() {
    let (_parent, dir) = ca();
    let shown = show(&dir, NOW).unwrap();
    for fact in [
        "CN=why401 root CA ",
        "CN=why401 issuing CA ",
        "2026-11-22 to 2027-11-22",
        "(mode 0600)",
        "(mode 0700)",
        "bitbucket.org and below; never for an IP address",
        "Usable      yes",
    ] {
        assert!(shown.contains(fact), "{fact}: {shown}");
    }
    assert!(!shown.contains("PRIVATE"));
    let openssl = ["x509", "-noout", "-fingerprint", "-sha256", "-in"];
    if let Some(output) = tool(
        Command::new("openssl")
            .args(openssl)
            .arg(dir.join("root.pem")),
    ) {
        let theirs = text(&output);
        let (_, fingerprint) = theirs.trim().split_once('=').unwrap();
        assert!(shown.contains(fingerprint), "{fingerprint}: {shown}");
    }
    fs::set_permissions(dir.join("issuing.key"), fs::Permissions::from_mode(0o644)).unwrap();
    let shown = show(&dir, NOW).unwrap();
    assert!(
        shown.contains("(mode 0644)") && shown.contains("no: ") && shown.contains("chmod 600"),
        "{shown}"
    );
}

#[test]
fn pem_and_der_hold_the_root_alone() {
    let (parent, dir) = ca();
    let pem = export(&dir, ExportFormat::Pem, None, true).unwrap();
    assert_eq!(pem, fs::read(dir.join("root.pem")).unwrap());
    let der = export(&dir, ExportFormat::Der, Some(Path::new("-")), false).unwrap();
    let root = CaCertificate::parse(der.into()).unwrap();
    assert_eq!(root.pem().into_bytes(), pem);

    let out = parent.path().join("root.der");
    let said = export(&dir, ExportFormat::Der, Some(&out), true).unwrap();
    assert_eq!(said, format!("Wrote {}\n", out.display()).into_bytes());
    assert_eq!(fs::read(out).unwrap(), root.der().as_ref());
}

/// H-A8: a key that somebody appended to root.pem is not exported.
#[test]
fn no_export_ever_holds_a_key() {
    let (_parent, dir) = ca();
    let both = [
        fs::read(dir.join("root.pem")).unwrap(),
        fs::read(dir.join("issuing.key")).unwrap(),
    ];
    fs::write(dir.join("root.pem"), both.concat()).unwrap();
    let pem = export(&dir, ExportFormat::Pem, None, false).unwrap();
    assert_eq!(pem, both[0]);
}

#[test]
fn binary_does_not_go_to_a_terminal_and_a_bad_file_is_named() {
    let (parent, dir) = ca();
    let error = export(&dir, ExportFormat::P12, None, true).unwrap_err();
    assert!(error.to_string().contains("--out FILE") && error.is_usage());
    let out = parent.path().join("no/such/root.p12");
    let error = export(&dir, ExportFormat::P12, Some(&out), true).unwrap_err();
    assert!(
        error.to_string().contains("no/such/root.p12: No such file"),
        "{error}"
    );
}

/// Facts runtimes 1.3: a store without the trustedKeyUsage attribute shows no entries in Java.
#[test]
fn java_finds_one_trusted_entry_in_the_store() {
    let (parent, dir) = ca();
    let store = parent.path().join("root.p12");
    let said = export(&dir, ExportFormat::P12, Some(&store), true).unwrap();
    assert!(String::from_utf8(said).unwrap().contains("changeit"));
    let mut keytool = Command::new("keytool");
    keytool.args([
        "-J-Duser.language=en",
        "-list",
        "-storetype",
        "PKCS12",
        "-storepass",
        "changeit",
    ]);
    let Some(output) = tool(keytool.arg("-keystore").arg(&store)) else {
        return;
    };
    let listed = text(&output);
    assert!(listed.contains("contains 1 entry"), "{listed}");
    assert!(
        listed.contains("why401, ") && listed.contains("trustedCertEntry"),
        "{listed}"
    );
    let root = authority::public(&dir).unwrap().root;
    assert!(listed.contains(&root.fingerprint()), "{listed}");
}

/// H-A10: as long as both roots are in use, each export holds both, and `show` says which is which.
#[test]
fn during_a_rotation_exports_hold_both_roots() {
    let (parent, dir) = ca();
    let first = authority::public(&dir).unwrap().root;
    authority::rotate(&dir, &[], false, None, NOW).unwrap();
    let second = authority::public(&dir).unwrap().next.unwrap().0;
    let both = [first.pem(), second.pem()].concat();
    assert_eq!(
        export(&dir, ExportFormat::Pem, None, false).unwrap(),
        both.as_bytes()
    );
    assert_eq!(
        fs::read_to_string(path(&dir).unwrap().trim_end()).unwrap(),
        both
    );
    let der = export(&dir, ExportFormat::Der, None, false).unwrap();
    assert_eq!(der, first.der().as_ref());
    assert!(left_out(&dir, ExportFormat::Der).unwrap().contains("two"));
    assert_eq!(left_out(&dir, ExportFormat::Pem), None);
    let shown = show(&dir, NOW).unwrap();
    for fact in [
        first.fingerprint(),
        second.fingerprint(),
        "from 2027-11-08 on".into(),
    ] {
        assert!(shown.contains(&fact), "{fact}: {shown}");
    }
    let late = show(&dir, NOW + time::Duration::days(340)).unwrap();
    assert!(
        late.contains("Soon") && late.contains("why401 ca trust"),
        "{late}"
    );

    let store = parent.path().join("roots.p12");
    export(&dir, ExportFormat::P12, Some(&store), true).unwrap();
    let mut keytool = Command::new("keytool");
    keytool.args(["-J-Duser.language=en", "-list", "-storetype", "PKCS12"]);
    keytool
        .args(["-storepass", "changeit", "-keystore"])
        .arg(&store);
    if let Some(output) = tool(&mut keytool) {
        let listed = text(&output);
        assert!(listed.contains("contains 2 entries"), "{listed}");
        assert!(listed.contains(&second.fingerprint()), "{listed}");
    }
}

//! The files of the onboarding page, as curl fetches them and as `ca export` and keytool know them.

use crate::run::{Outcome, why401};
use crate::serving::Serving;
use std::path::Path;
use std::process::Command;

#[test]
fn files_through_the_proxy_are_those_of_export_and_java_reads_the_store() {
    let serving = Serving::start();
    let folder = tempfile::tempdir().unwrap();
    let fetch = |file: &str| {
        let saved = folder.path().join(file);
        let proxy = format!("http://{}", serving.proxy);
        let curl = Command::new("curl")
            .args(["-fsS", "-x", &proxy, "-o"])
            .arg(&saved)
            .arg(format!("http://why401.invalid/{file}"))
            .output()
            .unwrap();
        assert!(curl.status.success(), "{}", Outcome::from(curl).err);
        std::fs::read(saved).unwrap()
    };
    for format in ["pem", "der"] {
        let exported = export(&serving.ca(), format);
        assert_eq!(fetch(&format!("ca.{format}")), exported, "{format}");
    }
    fetch("ca.p12");
    let keytool = Command::new("keytool")
        .args(["-list", "-v", "-storepass", "changeit", "-keystore"])
        .arg(folder.path().join("ca.p12"))
        .output();
    let Ok(keytool) = keytool else { return };
    let listed = Outcome::from(keytool).out;
    assert!(listed.contains("trustedCertEntry"), "{listed}");
    let page = serving.admin("/");
    let fingerprint = listed
        .lines()
        .find_map(|line| line.trim().strip_prefix("SHA256: "))
        .unwrap();
    assert!(page.contains(fingerprint), "{fingerprint} in {page}");
}

fn export(ca: &Path, format: &str) -> Vec<u8> {
    let home = tempfile::tempdir().unwrap();
    let output = why401(home.path())
        .args(["ca", "export", "--format", format, "--ca-dir"])
        .arg(ca)
        .output()
        .unwrap();
    assert!(output.status.success());
    output.stdout
}

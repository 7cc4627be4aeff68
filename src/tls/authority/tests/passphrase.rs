//! The issuing key under a passphrase: what opens it, what does not, and that OpenSSL reads it.

use super::*;

fn secret(text: &str) -> Secret {
    Secret::new(text.as_bytes().to_vec())
}

/// H-A9: what a start makes of it, the tests of the commands show.
#[test]
fn only_its_passphrase_opens_the_key_and_openssl_reads_it() {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("ca");
    let right = secret("correct horse");
    let made = Authority::create(&dir, &Constraint::default(), Some(&right), NOW).unwrap();
    let key = dir.join("issuing.key");
    let pem = fs::read_to_string(&key).unwrap();
    assert!(pem.starts_with("-----BEGIN ENCRYPTED "), "{pem}");
    assert!(is_sealed(&dir) && mode(&key) == 0o600);

    let opened = Authority::open(&dir, Some(&right), NOW).unwrap();
    assert_eq!(opened.root_der(), made.root_der());
    let without = Authority::open(&dir, None, NOW).unwrap_err();
    assert!(matches!(without, AuthorityError::Locked(_)), "{without}");
    for wrong in ["correct horsf", "", "x"] {
        let error = Authority::open(&dir, Some(&secret(wrong)), NOW).unwrap_err();
        assert!(
            matches!(error, AuthorityError::WrongPassphrase(_)),
            "{error}"
        );
        assert_eq!(error.to_string().lines().count(), 1, "{error}");
    }
    let openssl = ["pkey", "-passin", "pass:correct horse", "-noout", "-in"];
    if let Some(output) = tool(Command::new("openssl").args(openssl).arg(&key)) {
        assert!(output.status.success(), "{}", text(&output));
    }
}

#[test]
fn a_key_in_the_clear_opens_with_a_passphrase_given_for_nothing() {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("ca");
    create(&dir);
    assert!(!is_sealed(&dir));
    Authority::open(&dir, Some(&secret("x")), NOW).unwrap();
}

#[test]
fn the_next_key_gets_the_passphrase_of_the_first() {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("ca");
    let right = secret("correct horse");
    Authority::create(&dir, &Constraint::default(), Some(&right), NOW).unwrap();
    for (passphrase, fits) in [(None, false), (Some(secret("wrong")), false)] {
        let rotated = rotate(&dir, &[], false, passphrase.as_ref(), NOW);
        assert_eq!(rotated.is_ok(), fits);
        assert!(!dir.join("next").exists());
    }
    rotate(&dir, &[], false, Some(&right), NOW).unwrap();
    assert!(is_sealed(&dir.join("next")));
    rotate(&dir, &[], true, Some(&right), NOW).unwrap();
    assert!(is_sealed(&dir));
    Authority::open(&dir, Some(&right), NOW).unwrap();
}

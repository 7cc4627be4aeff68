//! A home that is set up for a proxy that runs, for tests of `why401 doctor` to spoil.

use crate::run::{Outcome, why401};
use crate::serving::Serving;
use serde_json::Value;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// A home whose clients are led to a proxy that runs and trust its CA.
pub struct Setup {
    pub home: TempDir,
    pub proxy: Serving,
}

impl Setup {
    pub fn new() -> Self {
        let setup = Self {
            home: tempfile::tempdir().unwrap(),
            proxy: Serving::with(&["--intercept=bitbucket.org"]),
        };
        fs::create_dir(setup.file("bin")).unwrap();
        for tool in ["curl", "git", "wget"] {
            setup.link(tool);
        }
        let roots = format!("ca_certificate = {}\n", setup.root().display());
        setup.write(".wgetrc", &roots);
        setup
    }

    /// Below the home.
    pub fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.file(name), text).unwrap();
    }

    /// A program that prints this.
    pub fn program(&self, name: &str, script: &str) {
        let name = format!("bin/{name}");
        self.write(&name, &format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(self.file(&name), Permissions::from_mode(0o755)).unwrap();
    }

    /// The PATH of `doctor` holds nothing else, whatever this machine has.
    fn link(&self, tool: &str) {
        let path = std::env::var_os("PATH").unwrap();
        let mut files = std::env::split_paths(&path).map(|folder| folder.join(tool));
        let file = files.find(|file| file.is_file());
        symlink(file.unwrap(), self.file("bin").join(tool)).unwrap();
    }

    pub fn root(&self) -> PathBuf {
        self.proxy.ca().join("root.pem")
    }

    /// With the variables that `serve` tells to set.
    pub fn doctor(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Outcome {
        self.command(arguments, variables).output().unwrap().into()
    }

    fn command(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
        let mut command = why401(self.home.path());
        let proxy = format!("http://{}", self.proxy.proxy);
        // Its own settings for git's programs, not those of this machine.
        let path = format!("{}:/usr/bin:/bin", self.file("bin").display());
        command
            .arg("doctor")
            .arg(format!("--listen={}", self.proxy.proxy))
            .arg(format!("--admin-listen={}", self.proxy.admin))
            .arg("--ca-dir")
            .arg(self.proxy.ca())
            .arg("--intercept=bitbucket.org")
            .args(arguments)
            .current_dir(self.home.path())
            .envs([("HTTPS_PROXY", &proxy), ("https_proxy", &proxy)])
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("PATH", path);
        for name in ["CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "SSL_CERT_FILE"] {
            command.env(name, self.root());
        }
        command.envs(variables.iter().copied());
        command
    }

    /// The one fault of a client.
    #[track_caller]
    pub fn expect(&self, client: &str, variables: &[(&str, &str)], code: i32, words: &[&str]) {
        let arguments = ["--client", client, "--format=json"];
        let outcome = self.doctor(&arguments, variables);
        let read: Value = serde_json::from_str(&outcome.out).unwrap();
        let findings = read.as_array().unwrap();
        let faults = findings.iter().filter(|finding| finding["status"] != "ok");
        let faults: Vec<String> = faults.map(ToString::to_string).collect();
        assert_eq!(faults.len(), 1, "{faults:#?}");
        for words in words {
            assert!(faults[0].contains(words), "{words}: {faults:#?}");
        }
        assert_eq!(outcome.code, Some(code), "{faults:#?}");
    }
}

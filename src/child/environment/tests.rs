//! The child's environment, from what a user has and what the machine holds.

use super::*;

const PROXY: &str = "http://127.0.0.1:4711";

fn plan(user: &[(&str, &str)]) -> Plan {
    with_java(user, None)
}

fn with_java(user: &[(&str, &str)], java: Option<&Path>) -> Plan {
    Plan::of(&Ground {
        user: &user.iter().copied().collect(),
        proxy: PROXY,
        hosts: &["api.bitbucket.org".to_owned(), "bitbucket.org".to_owned()],
        folder: Path::new("/t"),
        wgetrc: None,
        git_roots: &[],
        java,
        run_id: Some("9f3a1c07"),
    })
}

impl Plan {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.set.iter().find(|(set, _)| *set == name)?;
        found.1.to_str()
    }

    fn parts(&self, name: &str) -> &[Part] {
        let path = Path::new(self.get(name).unwrap());
        let name = path.strip_prefix("/t").unwrap().to_str().unwrap();
        &self
            .files
            .iter()
            .find(|file| file.name == name)
            .unwrap()
            .parts
    }
}

fn own(place: &'static str, path: &str) -> Part {
    Part::Named {
        place,
        path: path.into(),
    }
}

#[test]
fn an_empty_environment_gets_every_variable_but_those_that_only_override() {
    let plan = plan(&[]);
    for variable in VARIABLES {
        let expected = variable.when == When::Always && variable.value != Value::JavaOptions;
        assert_eq!(plan.get(variable.name).is_some(), expected, "{variable:?}");
    }
    for name in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"] {
        assert_eq!(plan.get(name), Some(PROXY));
    }
    assert_eq!(plan.get("NO_PROXY"), Some("localhost,127.0.0.1,::1"));
    assert_eq!(plan.get("PHP_INI_SCAN_DIR"), Some(":/t"));
    assert_eq!(plan.get("WHY401_RUN_ID"), Some("9f3a1c07"));
    assert_eq!(plan.parts("SSL_CERT_FILE"), [Part::System, Part::Own]);
    assert_eq!(plan.parts("NODE_EXTRA_CA_CERTS"), [Part::Own]);
    // One file for all that need the same.
    assert_eq!(plan.get("GIT_SSL_CAINFO"), plan.get("AWS_CA_BUNDLE"));
}

#[test]
fn the_users_own_roots_stay_trusted_each_where_it_was() {
    let plan = plan(&[
        ("SSL_CERT_FILE", "/corp.pem"),
        ("REQUESTS_CA_BUNDLE", "/python.pem"),
        ("NODE_EXTRA_CA_CERTS", "/node.pem"),
    ]);
    let roots = |place, path| vec![Part::System, own(place, path), Part::Own];
    assert_eq!(
        plan.parts("SSL_CERT_FILE"),
        roots("SSL_CERT_FILE", "/corp.pem")
    );
    // curl reads SSL_CERT_FILE as long as nothing sets CURL_CA_BUNDLE, as we now do.
    assert_eq!(
        plan.parts("CURL_CA_BUNDLE"),
        roots("SSL_CERT_FILE", "/corp.pem")
    );
    for name in ["REQUESTS_CA_BUNDLE", "PIP_CERT", "AWS_CA_BUNDLE"] {
        assert_eq!(
            plan.parts(name),
            roots("REQUESTS_CA_BUNDLE", "/python.pem"),
            "{name}"
        );
    }
    assert_eq!(plan.parts("GIT_SSL_CAINFO"), [Part::System, Part::Own]);
    assert_eq!(
        plan.parts("NODE_EXTRA_CA_CERTS"),
        [own("NODE_EXTRA_CA_CERTS", "/node.pem"), Part::Own]
    );
    assert_eq!(plan.parts("DENO_CERT"), [Part::Own]);
}

#[test]
fn entries_that_lead_past_the_proxy_are_taken_out_of_both_spellings() {
    let plan = plan(&[
        ("no_proxy", "corp.example,.bitbucket.org"),
        ("NO_PROXY", "10.0.0.0/8"),
    ]);
    let list = "10.0.0.0/8,corp.example,localhost,127.0.0.1,::1";
    assert_eq!(plan.get("NO_PROXY"), Some(list));
    assert_eq!(plan.get("no_proxy"), Some(list));
    assert_eq!(plan.taken_out, [".bitbucket.org"]);
}

#[test]
fn what_would_override_ours_is_replaced_and_stays_absent_otherwise() {
    let plan = plan(&[("npm_config_https_proxy", "http://corp:3128")]);
    assert_eq!(plan.get("npm_config_https_proxy"), Some(PROXY));
    assert_eq!(plan.get("npm_config_cafile"), None);
}

#[test]
fn phps_own_folders_stay() {
    let plan = plan(&[("PHP_INI_SCAN_DIR", "/etc/php/conf.d")]);
    assert_eq!(plan.get("PHP_INI_SCAN_DIR"), Some("/etc/php/conf.d:/t"));
}

#[test]
fn settings_files_with_roots_of_their_own_keep_them() {
    let plan = Plan::of(&Ground {
        user: &Variables::default(),
        proxy: PROXY,
        hosts: &[],
        folder: Path::new("/t"),
        wgetrc: Some("ca_certificate=/corp.pem\n".into()),
        git_roots: &["/git.pem".into()],
        java: None,
        run_id: Some(""),
    });
    let Part::Text(text) = &plan.parts("WGETRC")[0] else {
        panic!()
    };
    let roots = plan
        .files
        .iter()
        .find(|file| file.name.starts_with("roots-wgetrc-"))
        .unwrap();
    let line = format!("\nca_certificate = /t/{}\n", roots.name);
    assert!(text.contains(&line), "{text}");
    let expected = [Part::System, own("wgetrc", "/corp.pem"), Part::Own];
    assert_eq!(roots.parts, expected);
    let of_git = [Part::System, own("http.sslCAInfo", "/git.pem"), Part::Own];
    assert_eq!(plan.parts("GIT_SSL_CAINFO"), of_git);
}

#[test]
fn jvms_are_left_alone_without_a_store() {
    let user = [("JAVA_TOOL_OPTIONS", "-Xmx1g")];
    assert_eq!(plan(&user).get("JAVA_TOOL_OPTIONS"), None);
    let plan = with_java(&user, Some(Path::new("/t/java.p12")));
    let options = plan.get("JAVA_TOOL_OPTIONS").unwrap();
    assert!(
        options.starts_with("-Xmx1g -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=4711 "),
        "{options}"
    );
}

#[test]
fn shells_that_name_different_roots_do_not_share_a_file() {
    let file = |path| {
        let plan = plan(&[("SSL_CERT_FILE", path)]);
        plan.get("SSL_CERT_FILE").unwrap().to_owned()
    };
    assert_ne!(file("/a.pem"), file("/b.pem"));
    assert_eq!(file("/a.pem"), file("/a.pem"));
}

#[test]
fn what_outlives_the_process_has_no_run_and_leaves_a_users_wgetrc_alone() {
    let lasting = |wgetrc: Option<&str>| {
        Plan::of(&Ground {
            user: &Variables::default(),
            proxy: PROXY,
            hosts: &[],
            folder: Path::new("/t"),
            wgetrc: wgetrc.map(ToOwned::to_owned),
            git_roots: &[],
            java: None,
            run_id: None,
        })
    };
    assert_eq!(lasting(None).get("WHY401_RUN_ID"), None);
    assert_eq!(lasting(None).get("WGETRC"), Some("/t/wgetrc"));
    assert_eq!(lasting(Some("password = x")).get("WGETRC"), None);
}

//! PHP's curl extension: a setting names its roots, no variable does. Its streams never use a proxy.

use super::line::line;
use super::route::by_variables;
use super::trust::{Source, Trust};
use crate::doctor::machine::{Asked, Machine};
use crate::output::checkup::Finding;
use crate::tls::authority::shell;

pub fn check(machine: &Machine) -> Vec<Finding> {
    let php = match &machine.runtimes.php {
        Asked::Told(php) if php.has_curl => php,
        Asked::Told(_) | Asked::Nothing => return Vec::new(),
        Asked::Silent => {
            return vec![Finding::warn(
                "php",
                "php did not say in time which roots it reads",
                "php -r 'echo ini_get(\"curl.cainfo\");'",
            )];
        }
    };
    let own = php
        .cainfo
        .clone()
        .map(|path| Source::Named("curl.cainfo", path));
    let trust = Trust {
        sources: vec![own.clone().unwrap_or(Source::System)],
        variable: "",
        adds: false,
    };
    let route = by_variables(machine, &["https_proxy", "HTTPS_PROXY", "ALL_PROXY"]);
    let mut finding = line("php", machine, route, &trust);
    let needs_root = finding.action.as_deref() == Some(&*trust.remedy(machine));
    if let (true, Some(Source::Named(_, path))) = (needs_root, own) {
        // It reads no variable that could name another file.
        let (root, path) = (machine.root(), shell(&path));
        finding.action = Some(format!("cat {root} >> {path}"));
    }
    vec![finding]
}

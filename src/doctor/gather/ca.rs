//! The CA folder, read as the proxy reads it.

use crate::doctor::machine::{Ca, Settings};
use crate::tls::authority::{Authority, AuthorityError, ISSUING_KEY, ROOT_CERTIFICATE, public};
use std::fs;
use std::path::Path;
use time::{OffsetDateTime, UtcDateTime};

pub fn read(settings: &Settings, now: UtcDateTime) -> Ca {
    let folder = &settings.ca_folder;
    let public = public(folder).ok();
    let root = folder.join(ROOT_CERTIFICATE);
    let root = std::path::absolute(&root).unwrap_or(root);
    let mut ca = Ca {
        root: public.as_ref().map(|_| root),
        begins: public.as_ref().map(|found| found.root.not_before),
        ends: public
            .as_ref()
            .map(|found| found.root.not_after.min(found.issuing.not_after)),
        next: public
            .as_ref()
            .and_then(|found| found.next.as_ref())
            .map(|(root, issuing)| root.not_after.min(issuing.not_after)),
        written: written(folder),
        ..Ca::default()
    };
    match Authority::open(folder, None, now) {
        Err(AuthorityError::Absent(_)) => ca.is_absent = true,
        // Nobody is asked here; what it is for can be read without.
        Err(AuthorityError::Locked(_)) => {}
        Err(error) => ca.fault = Some(error.to_string()),
        Ok(authority) => {
            let hosts = settings.hosts.iter();
            let outside = hosts.filter(|host| !authority.covers(host));
            ca.outside = outside.map(|host| authority.outside(host)).collect();
        }
    }
    ca
}

fn written(folder: &Path) -> Option<UtcDateTime> {
    let modified = fs::metadata(folder.join(ISSUING_KEY))
        .ok()?
        .modified()
        .ok()?;
    Some(OffsetDateTime::from(modified).into())
}

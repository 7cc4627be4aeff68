//! The names that the stand-in answers to.

use super::call::Site;

pub const API: &str = "api.bitbucket.org";
pub const WEB: &str = "bitbucket.org";
/// The website's other name; git and the token endpoint answer here too.
pub const WWW: &str = "www.bitbucket.org";
/// Where Bitbucket keeps uploads and downloads: a bucket of S3 (B31).
pub const FILES: &str = "bbuseruploads.s3.amazonaws.com";

/// All of them, on one port.
pub const ALL: [&str; 4] = [API, WEB, WWW, FILES];

/// Which site a host is, without its port; `None` for a name that is not Bitbucket's.
pub fn site(host: &str) -> Option<Site> {
    match host.to_ascii_lowercase().as_str() {
        API => Some(Site::Api),
        WEB | WWW => Some(Site::Web),
        FILES => Some(Site::Files),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_its_site_in_any_case() {
        assert!(ALL.iter().all(|name| site(name).is_some()));
        assert_eq!(site("API.Bitbucket.org"), Some(Site::Api));
        assert_eq!(site("bitbucket.org.example"), None);
    }
}

//! Where a request goes: the surface, the REST path, and the operations that are gone.

use http::Method;
use time::Date;

/// What kind of service a request addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Surface {
    /// `api.bitbucket.org`.
    Rest,
    /// git smart HTTP and LFS on `bitbucket.org`.
    Git,
    /// `bitbucket.org/site/oauth2/access_token`.
    TokenEndpoint,
    /// Anything else on `bitbucket.org`.
    Website,
    /// Not one of Bitbucket's own hosts.
    Foreign,
}

impl Surface {
    /// `host` canonical, `path` as sent without the query.
    pub fn of(_host: &str, _path: &str) -> Self {
        todo!()
    }

    /// One of Bitbucket's own hosts: rules about user names, kinds and dates hold here only.
    pub fn is_bitbucket(self) -> bool {
        self != Self::Foreign
    }
}

/// An operation that Bitbucket has removed (B21, B22, table C).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removed {
    /// `None`: the day is not known.
    pub since: Option<Date>,
    /// What to call instead, if there is anything.
    pub instead: Option<&'static str>,
}

/// The REST path below `/2.0`, without a trailing slash; `None` for any other version.
pub fn rest_path(_path: &str) -> Option<&str> {
    todo!()
}

/// Whether this call of the REST API was gone on `date`; `path` as sent.
pub fn removed(_method: &Method, _path: &str, _date: Date) -> Option<Removed> {
    todo!()
}

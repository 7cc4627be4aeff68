//! All knowledge of the origin: its hosts, dates, endpoints, scopes, words. Nothing else hard-codes it.

use http::Method;

pub mod endpoint;
pub mod error_body;
pub mod links;
pub mod scope;
pub mod timeline;

/// What kind of service a request addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    pub fn of(_host: &str, _method: &Method, _path: &str) -> Self {
        todo!()
    }
}

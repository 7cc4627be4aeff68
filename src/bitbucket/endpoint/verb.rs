//! Methods as bits, for tables.

use http::Method;

pub(in crate::bitbucket) const GET: u8 = 1;
pub(in crate::bitbucket) const POST: u8 = 2;
pub(in crate::bitbucket) const PUT: u8 = 4;
pub(in crate::bitbucket) const DELETE: u8 = 8;

/// HEAD counts as GET; `None` for what no operation is documented with.
pub(in crate::bitbucket) fn bit(method: &Method) -> Option<u8> {
    Some(match method.as_str() {
        "GET" | "HEAD" => GET,
        "POST" => POST,
        "PUT" => PUT,
        "DELETE" => DELETE,
        _ => return None,
    })
}

//! The Basic scheme (RFC 7617) as people send it.

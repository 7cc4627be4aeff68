//! Tokens of real shape for the sandbox and the tests: checksum-valid, never issued by anyone.

/// An API token of 192 characters.
pub fn api_token(_seed: u64) -> String {
    todo!()
}

/// A repository, project or workspace access token of 192 characters.
pub fn access_token(_seed: u64) -> String {
    todo!()
}

/// An app password of 36 characters.
pub fn app_password(_seed: u64) -> String {
    todo!()
}

/// An unsigned JWT in the shape of an OAuth access token.
pub fn jwt(_seed: u64) -> String {
    todo!()
}

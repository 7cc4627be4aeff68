//! Pages of the vendor that a finding may point at.

/// Causes of a 401 from the REST API.
pub const REST_401: &str = "https://support.atlassian.com/bitbucket-cloud/kb/getting-401-http-error-while-authenticating-to-bitbucket-cloud-rest-apis/";
/// Authentication methods of the REST API.
pub const AUTHENTICATION: &str =
    "https://developer.atlassian.com/cloud/bitbucket/rest/intro/#authentication";
/// Using API tokens, on REST and on git.
pub const USING_API_TOKENS: &str =
    "https://support.atlassian.com/bitbucket-cloud/docs/using-api-tokens/";
/// The scopes of API tokens.
pub const API_TOKEN_PERMISSIONS: &str =
    "https://support.atlassian.com/bitbucket-cloud/docs/api-token-permissions/";
/// How to see the scopes of a token.
pub const TOKEN_SCOPES: &str = "https://support.atlassian.com/bitbucket-cloud/kb/how-to-fetch-the-scope-of-a-token-via-command-line/";
/// Endpoints that refuse a kind of credential.
pub const MECHANISM_REFUSED: &str = "https://support.atlassian.com/bitbucket-cloud/kb/this-api-is-not-accessible-by-this-authentication-mechanism/";
/// Repository, project and workspace access tokens.
pub const ACCESS_TOKENS: &str = "https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/";
/// The end of app passwords.
pub const CHANGE_3222: &str =
    "https://developer.atlassian.com/cloud/bitbucket/changelog#CHANGE-3222";
/// What was removed, and when.
pub const CHANGELOG: &str = "https://developer.atlassian.com/cloud/bitbucket/changelog/";
/// Request limits.
pub const REQUEST_LIMITS: &str =
    "https://support.atlassian.com/bitbucket-cloud/docs/api-request-limits/";
/// The end of REST 1.0.
pub const REST_1: &str =
    "https://developer.atlassian.com/cloud/bitbucket/deprecation-notice-v1-apis/";

//! The signals: a closed list of things that an exchange can show, each with the sentence that people read.

/// Declares the enum together with its sentences, so that neither can be forgotten.
macro_rules! signals {
    ($($(#[$doc:meta])* $name:ident = $sentence:literal,)+) => {
        /// One thing that an exchange, its date or its past shows. The order is the order of telling.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Signal {
            $($(#[$doc])* $name,)+
        }

        impl Signal {
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// For `auth.because`: our own words only, never a byte of client or origin.
            pub const fn sentence(self) -> &'static str {
                match self {
                    $(Self::$name => $sentence,)+
                }
            }
        }
    };
}

signals! {
    // Where and who.
    OnRest = "REST call",
    OnGit = "git over HTTPS",
    OnWebsite = "a page of the website, neither REST nor git",
    OnTokenEndpoint = "OAuth token endpoint",
    /// `GET /2.0/user` (D8).
    UserEndpoint = "GET /2.0/user, which tools use to test a login",
    /// Gone on the date of the exchange (B22).
    RemovedOperation = "the API no longer has this call",
    ReplacementKnown = "another call replaces it",
    /// Sends credentials only after a 401 (F1).
    ChallengerClient = "this client sends its first try without credentials",
    /// F2.
    CredentialManagerProbe = "Git Credential Manager tests a stored credential",

    // Form.
    NoAuthorization = "no Authorization field and no token elsewhere",
    /// Or what stands for one (E20).
    TokenInQuery = "a token travels in the query",
    TokenInForm = "a token travels in a form body",
    /// A15, I1.
    SignedByOAuth1 = "an OAuth 1 signature",
    SeveralCredentials = "credentials travel in several ways at once",
    RepeatedAuthorization = "several Authorization values in one request",
    AuthorizationNominated = "Connection names Authorization",
    PlainHttp = "the credentials travel without TLS",
    /// Unlike git, which keeps asking; these give up on a 404.
    PatientClient = "this client sends credentials only when a 401 asks for them",
    OnLfs = "git LFS over HTTPS",
    MissingScheme = "no scheme stands before the credentials",
    /// Of this kind of secret.
    ForeignScheme = "a scheme that Bitbucket does not take for it",
    /// B17.
    SchemeCase = "the scheme is written in unusual case",
    Basic = "scheme Basic",
    Bearer = "scheme Bearer",
    WellFormed = "the field is well formed",
    EmptyCredentials = "nothing stands after the scheme, or both halves are empty",
    EmptyUserId = "the user-id is empty",
    EmptySecret = "the secret is empty",
    NotBase64 = "the value is not base64",
    NoColon = "the value decodes to text without a colon",
    LenientBase64 = "the base64 is url-safe or lacks its padding",
    NotEncoded = "the pair stands in clear, not in base64",
    NoUser = "a bare token without user-id and colon",
    NewlineAfterUserId = "a line end follows the user-id",
    NewlineAfterSecret = "a line end follows the secret",
    Placeholder = "a variable or template was sent as it is written",
    PlaceholderWord = "a word that stands for a missing value was sent",
    LineWrapped = "the base64 was broken into lines",
    Quoted = "quotes, brackets or blanks around a value",
    Invisible = "characters that nobody sees",
    NonAscii = "characters outside ASCII",
    Masked = "a mask was sent instead of a value",
    MaskWord = "nothing but the letter x was sent",
    EscapedUserId = "the user-id still has its escapes",
    /// Only where undoing them makes the checksum fit.
    EscapedSecret = "without its escapes the token is whole",
    EscapedValue = "the value still has its escapes",
    DuplicateScheme = "more than one scheme stands before the credentials",
    TextAroundToken = "more text stands around a whole token",
    DoubleEncoded = "encoded in base64 once too often",
    SwappedHalves = "user-id and secret have changed places",
    PairWithoutBasic = "user:secret stands where no pair belongs",

    // The user-id.
    EmailUser = "user-id is an email",
    NotEmail = "user-id is not an email",
    XTokenAuth = "user-id is x-token-auth",
    NotXTokenAuth = "user-id is not x-token-auth",
    /// One of the two literals for git.
    LiteralUser = "user-id is a literal for git",
    /// May be a person's Bitbucket username, or is `x-bitbucket-api-token-auth`.
    GitUser = "user-id is right for git",
    LabelUser = "user-id has the shape of a label",
    /// A `{uuid}` or the digits of an account id (A25).
    IdUser = "user-id is an id, not a name",
    NearLiteral = "user-id is nearly x-token-auth",

    // The secret.
    ApiToken = "API token by its prefix",
    AccessToken = "access token by its prefix",
    AppPassword = "app password by its prefix",
    OldAppPassword = "20 alphanumerics, as old app passwords had",
    Jwt = "a JWT",
    /// A16.
    ConnectJwt = "signed by a Connect app for one request",
    OAuthToken = "the shape of an OAuth token",
    CutJwt = "begins like a JWT and is not whole",
    PasswordShaped = "the secret fits no token",
    /// Unknown, or shaped like a Bitbucket secret without a finding of its own.
    OtherSecret = "the secret is of no known kind",
    ChecksumFits = "its checksum fits",
    ChecksumFails = "its checksum fails",
    UnknownGeneration = "its beginning is of an unknown generation",

    // The answer.
    Refused = "refused without x-credential-type",
    Plain401 = "401 without x-credential-type",
    Plain403 = "403 without x-credential-type",
    Plain404 = "404 without x-credential-type",
    Status400 = "status 400",
    Status402 = "status 402",
    Status403 = "status 403",
    Status404 = "status 404",
    Status410 = "status 410",
    Status429 = "status 429",
    ServerFault = "status 5xx",
    /// B1-B6.
    Recognised = "the credential was recognised",
    RecognisedApiToken = "the credential is an API token",
    RecognisedAccessToken = "the credential is an access token",
    RecognisedOAuth = "the credential is an OAuth token",
    /// B18.
    SaysScopesLacking = "the server says that a scope is missing",
    /// By `x-oauth-scopes` against the documentation or `x-accepted-oauth-scopes`.
    ScopesFallShort = "x-oauth-scopes lacks what this call needs",
    /// D3.
    ScopeNeverGranted = "this kind of token cannot have that scope",
    /// B23.
    SaysAuthenticate = "the server says: make sure you are authenticated",
    /// B21, I4.
    SaysRemoved = "the server says that this call was removed",
    /// A body of text or JSON, whatever it says.
    WordsRead = "the server's words were read",
    /// B20, I3.
    SaysAppPasswordsEnded = "the server says that app passwords are deprecated",
    /// B32.
    SaysAccountPasswordsEnded = "the server says that account passwords are no longer supported",
    /// B12.
    SaysExpired = "the server says that a token expired",

    // The date.
    AppPasswordsWork = "app passwords worked on that day",
    InBrownouts = "in the weeks of app-password brownouts",
    InKnownWindow = "within an announced brownout window",
    AppPasswordsGone = "after the removal of app passwords",
    /// B13.
    QueryTokensRefused = "since 2026-05-04 no token is taken from a query or form",
    QueryTokensFading = "in the two weeks of brownouts for tokens in a query",
    /// I12.
    QueryTokensDoubtful = "tokens in a query were already reported as refused",
    /// I1.
    OAuth1Gone = "after the reported end of OAuth 1",
    ClocksApart = "the origin's clock and ours disagree",
    AccountPasswordsGone = "after the end of account passwords",

    // The past.
    AcceptedBefore = "this very credential was accepted before",
    AcceptedHere = "it was accepted here under the same user-id",
    Followed = "a request with credentials followed",
    NotFollowed = "no request with credentials followed",
}

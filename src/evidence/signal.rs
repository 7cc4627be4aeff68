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
    /// `/2.0/user`, below it, or the list of all workspaces (B19).
    UserLevelPath = "a call about the person behind the credential",
    /// By the documentation.
    UnknownOperation = "the documentation has no such call",
    /// Which leaves room for calls that came later.
    UnknownBeginning = "no documented call begins like this path",
    /// C2.
    WebsiteApi = "the API at bitbucket.org/api",
    /// Jira, Confluence and the rest.
    OtherAtlassianHost = "a host of Atlassian's other products",
    ElsewhereHost = "a host that is not Atlassian's",
    /// Or of git, on whatever host.
    BitbucketPath = "a path as Bitbucket has them",
    /// Gone on the date of the exchange (B22).
    RemovedOperation = "the API no longer has this call",
    ReplacementKnown = "another call replaces it",
    /// Sends credentials only after a 401 (F1).
    ChallengerClient = "this client sends its first try without credentials",
    /// F1.
    NameAlone = "git sent the user name of its address alone",
    /// F2.
    CredentialManagerProbe = "Git Credential Manager tests a stored credential",
    /// C.
    RestOne = "a call of REST 1.0",
    /// Its 404 is about access or the name, not about something inside (B23).
    ResourceItself = "what is asked for is a workspace or repository itself",
    OnWorkspacePath = "the call is about a workspace",
    /// B24, E35.
    AddressPlaceholder = "a variable or template was left in the path",
    AddressStandIn = "a word of the documentation was left in the path",
    NoSuchCall = "no call of the API begins like this path",
    /// B31.
    OnStore = "the store of downloads, which has signed addresses instead",
    PrefersHtml = "the client prefers a web page",
    /// E27.
    PythonRequests = "python-requests, which lets .netrc win",
    InClearToProxy = "an https address came to the proxy without TLS",
    RecordRedacted = "the recorder's own mark stands where the value was",
    RecordDoubtful = "the record hides or drops the credentials",

    // The token endpoint.
    NotFormEncoded = "the parameters do not travel as a form",
    RefreshGrant = "a refresh token is exchanged",

    // Before there was a request.
    Status407 = "status 407",
    TlsOnPlainPort = "a TLS handshake where plain HTTP is spoken",
    /// `unknown_ca`, `bad_certificate`.
    DistrustAlert = "the client's alert says that it does not trust the CA",
    /// `certificate_unknown`.
    CertificateAlert = "the client's alert says that it cannot accept the certificate",
    /// `internal_error`.
    StoreAlert = "the client's alert is the one of an empty trust store",
    CutHandshake = "the client ended the handshake without a word",
    ServedOtherwise = "the same client came through on another connection",
    SilentHandshake = "the client finished the handshake and asked for nothing",
    GnuTlsClient = "a client that rejects certificates like this",
    JavaScriptClient = "a JavaScript runtime, which rejects certificates like this",
    RClient = "R's curl, which reads no variable for roots",

    // Form.
    NoAuthorization = "no Authorization field and no token elsewhere",
    /// I2.
    ConsumerInQuery = "key and secret of an OAuth consumer in the query",
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
    /// B17.
    SchemeCaseDoubtful = "in years in which such spellings were reported as not recognised",
    Basic = "scheme Basic",
    Bearer = "scheme Bearer",
    /// As Basic has them, whatever scheme stands before them.
    Pair = "a Basic pair",
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
    ApiTokenAuth = "user-id is x-bitbucket-api-token-auth",
    NotXTokenAuth = "user-id is not x-token-auth",
    /// One of the two literals for git.
    LiteralUser = "user-id is a literal for git",
    /// May be a person's Bitbucket username, or is `x-bitbucket-api-token-auth`.
    GitUser = "user-id is right for git",
    /// Neither an email nor a word of the protocol.
    NamedUser = "user-id may be somebody's name",
    WorkspaceUser = "user-id is the workspace of the path",
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
    /// A18.
    PipelinesToken = "issued by Bitbucket Pipelines for other services",
    /// A24.
    ForeignToken = "a token of another vendor by its prefix",
    /// A19.
    DataCenterToken = "a Data Center token by its prefix",
    DataCenterShape = "the shape of a Data Center token",
    PrivateKey = "a private key",
    /// E22.
    ConsumerPair = "key and secret of an OAuth consumer by their shape",
    /// Sent to a host that is not Bitbucket's, where nothing else is said about the credential.
    AtlassianToken = "a whole token of Atlassian's cloud",
    BitbucketToken = "a token that only Bitbucket takes",
    /// A16.
    ConnectJwt = "signed by a Connect app for one request",
    OAuthToken = "the shape of an OAuth token",
    /// A13.
    JwtExpired = "the exp of the JWT has passed",
    /// A21.
    LegacyToken = "24 alphanumerics, as older Atlassian tokens have",
    CutJwt = "begins like a JWT and is not whole",
    PasswordShaped = "the secret fits no token",
    /// Unknown, or shaped like a Bitbucket secret without a finding of its own.
    OtherSecret = "the secret is of no known kind",
    ChecksumFits = "its checksum fits",
    ChecksumFails = "its checksum fails",
    /// A4.
    UsualLength = "as long as whole ones are",
    UnknownGeneration = "its beginning is of an unknown generation",

    // The answer.
    Refused = "refused without x-credential-type",
    Plain401 = "401 without x-credential-type",
    Plain403 = "403 without x-credential-type",
    Plain404 = "404 without x-credential-type",
    Status400 = "status 400",
    Succeeded = "status 2xx",
    Status401 = "status 401",
    Status402 = "status 402",
    Status403 = "status 403",
    Status404 = "status 404",
    Status410 = "status 410",
    Status429 = "status 429",
    ServerFault = "status 5xx",
    /// B34.
    DiffTooLarge = "status 555",
    /// B30.
    ToLoginPage = "a redirect to a login page",
    /// Of a closed list; none of them read means nothing where no body was.
    NamesAnotherCause = "the server names another cause",
    NothingKnownSaid = "no word on authentication",
    EmptyListing = "an empty listing",
    PublicListing = "a listing of public things only",
    /// B1-B6.
    Recognised = "the credential was recognised",
    RecognisedApiToken = "the credential is an API token",
    RecognisedAccessToken = "the credential is an access token",
    /// Of a repository or project, as `x-credential-type` says.
    NarrowToken = "a token of one repository or project",
    RecognisedOAuth = "the credential is an OAuth token",
    /// B19b.
    SaysForbidden = "the server says no more than Forbidden",
    /// B18.
    SaysScopesLacking = "the server says that a scope is missing",
    /// By `x-oauth-scopes` against the documentation or `x-accepted-oauth-scopes`.
    ScopesFallShort = "x-oauth-scopes lacks what this call needs",
    /// D3.
    ScopeNeverGranted = "this kind of token cannot have that scope",
    /// E32.
    WriteWithoutRead = "write is granted and the read that is needed is not",
    /// B19c.
    SaysWorkspaceHidden = "the server says: no access to this workspace",
    SaysIpNotAllowed = "the server says that this address is not on the allowlist",
    SaysTwoStepRequired = "the server asks for two-step verification",
    SaysSingleSignOn = "the server says that single sign-on is required",
    SaysSuspended = "the server says that the workspace is suspended",
    /// B25.
    SaysUserLimit = "the server says that the user limit of the plan is exceeded",
    /// E42, E43.
    SaysAccountLocked = "the server says that the account is locked",
    /// I9.
    SaysBranchRestricted = "the server says BRANCH_PERMISSION_VIOLATED",
    SaysHookDeclined = "git was told: pre-receive hook declined",
    SaysOneMechanism = "the server says: only one auth mechanism allowed",
    SaysSchemeUnsupported = "the server says: unsupported Authorization type",
    /// B19b.
    /// B24.
    SaysNoApiHere = "the server says that there is no API at this address",
    /// I8.
    SaysGrantMissing = "the server says: unsupported grant type None",
    SaysGrantUnsupported = "the server says that it does not offer this grant type",
    /// B27.
    SaysClientInvalid = "the server says: invalid OAuth client credentials",
    SaysClientMissing = "the server says that client credentials are missing",
    SaysClientPublic = "the server says that the consumer is public",
    SaysCallbackMissing = "the server says that the consumer has no callback address",
    SaysRedirectRefused = "the authorize page says: Invalid redirect_uri",
    /// I5.
    SaysRefreshInvalid = "the server says: invalid refresh_token",
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
    /// B19.
    SaysMechanismRefused = "the server says that this call refuses such credentials",
    /// A26, I7.
    SaysTokensRefused = "the server says that tokens are not supported here",
    /// B15.
    SaysAppJwtRequired = "the server says that it wants the JWT of an app",
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
    /// C2.
    ApiHostOnly = "since 2026-05-04 tokens go to api.bitbucket.org only",
    ClocksApart = "the origin's clock and ours disagree",
    /// C.
    OldTokensEnding = "in the weeks in which older API tokens ended",
    AccountPasswordsGone = "after the end of account passwords",

    // The past.
    AcceptedBefore = "this very credential was accepted before",
    AcceptedHere = "it was accepted here under the same user-id",
    /// I6.
    ChecksumDisproved = "a token that begins like it was accepted although its checksum fails",
    AcceptedElsewhere = "it was accepted under another user-id or elsewhere",
    Alternates = "the same request was accepted minutes before",
    NewerAccepted = "a newer secret of the same user is accepted",
    ClientAuthenticates = "this client sends credentials on other calls",
    NetrcSuspect = "this client sends a Bearer token elsewhere, or has a netrc entry",
    AcceptedInOtherResource = "it was accepted in another repository, project or workspace",
    RefreshTokenUsed = "this refresh token was exchanged before",
    RefreshTokenIsAccess = "the same value was sent as an access token",
    Followed = "a request with credentials followed",
    NotFollowed = "no request with credentials followed",
}

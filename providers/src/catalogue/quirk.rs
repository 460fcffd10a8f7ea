use super::words::words;

words! {
    /// What a service does unlike the standards or unlike the others, as far as the rest of an [`Entry`](super::Entry) does not tell it.
    Quirk {
        /// A login must ask for one scope at least.
        ScopeRequired = "scope-required",
        /// Without a scope, far too much is granted.
        ScopeDefaultWide = "scope-default-wide",
        /// Spaces between scopes are written `%20`; a `+` is not understood.
        ScopePercent20 = "scope-percent20",
        /// The metadata lists `openid`, and the server refuses it.
        OpenidScopeRefused = "openid-scope-refused",
        /// The client's ID may be, or is, the URL of a client-ID metadata document.
        ClientIdUrl = "client-id-url",
        /// The client's ID is any text: there is no registration.
        ClientIdFree = "client-id-free",
        /// There is no client ID.
        ClientIdNone = "client-id-none",
        /// The code challenge is written in hexadecimal, for desktop applications.
        PkceChallengeHex = "pkce-challenge-hex",
        /// Authorization requests are pushed (RFC 9126), or refused.
        ParRequired = "par-required",
        /// A request without `nonce` is refused.
        NonceRequired = "nonce-required",
        /// `state` does not come back reliably.
        StateNotEchoed = "state-not-echoed",
        /// The authorization response ends in a stray fragment.
        RedirectFragment = "redirect-fragment",
        /// The authorization response is signed, and the signature must be checked.
        CallbackSigned = "callback-signed",
        /// The granted scope stands in the authorization response.
        ScopeInCallback = "scope-in-callback",
        /// `iss` in the authorization response must be checked (RFC 9207).
        IssInCallback = "iss-in-callback",
        /// A redirect URI is `https`, on localhost too.
        RedirectHttpsOnly = "redirect-https-only",
        /// On this machine a redirect URI names `127.0.0.1` or `[::1]`, not `localhost`.
        LoopbackIpOnly = "loopback-ip-only",
        /// A loopback redirect URI takes any port (RFC 8252 §7.3).
        LoopbackAnyPort = "loopback-any-port",
        /// `redirect_uri` is a name that was registered, and no URL.
        RedirectUriIsName = "redirect-uri-is-name",
        /// HTTP Basic takes the credentials as they are, not form-encoded.
        BasicRaw = "basic-raw",
        /// A public client sends HTTP Basic with an empty password.
        BasicForPublic = "basic-for-public",
        /// The client's secret is a JWT that the client signs.
        SecretIsJwt = "secret-is-jwt",
        /// The client's secret says who it is: a token request has no client ID.
        ClientAuthSpecial = "client-auth-special",
        /// A program's own token takes a client assertion (`private_key_jwt`).
        PrivateKeyJwtMachine = "private-key-jwt-machine",
        /// An assertion of the client names the certificate of its key (`x5t#S256`, RFC 7515 §4.1.8).
        KeyByCertificate = "key-by-certificate",
        /// A program's own token may be that of a user that its settings name, by the JWT bearer grant (RFC 7523 §2.1).
        JwtBearer = "jwt-bearer",
        /// DPoP (RFC 9449) is supported.
        Dpop = "dpop",
        /// DPoP is required.
        DpopRequired = "dpop-required",
        /// The token request has no `redirect_uri`.
        TokenNoRedirectUri = "token-no-redirect-uri",
        /// Requests need a `User-Agent` that says who asks.
        UserAgentNeeded = "user-agent-needed",
        /// The device flow differs from RFC 8628.
        DeviceNonstandard = "device-nonstandard",
        /// A refresh names the scope again.
        RefreshNeedsScope = "refresh-needs-scope",
        /// A refresh names the redirect URI again.
        RefreshNeedsRedirectUri = "refresh-needs-redirect-uri",
        /// `refresh_token` may be `null`.
        RefreshNull = "refresh-null",
        /// A short-lived token is exchanged for one that lives long and is renewed by itself.
        LongLivedExchange = "long-lived-exchange",
        /// Errors come with the HTTP status 200.
        ErrorIn200 = "error-in-200",
        /// Errors are not in the form of RFC 6749 §5.2.
        ErrorNonstandard = "error-nonstandard",
        /// The token response is JSON under another content type.
        ContentTypeOdd = "content-type-odd",
        /// The token response has no `token_type`.
        TokenTypeMissing = "token-type-missing",
        /// `token_type` is another word, and the token is used as Bearer.
        TokenTypeOdd = "token-type-odd",
        /// `scope` in the token response is an array.
        ScopeArray = "scope-array",
        /// `scope` in the token response has commas.
        ScopeCommaAnswer = "scope-comma-answer",
        /// `scope` in the token response is `null`.
        ScopeNull = "scope-null",
        /// `expires_in` may be a text.
        ExpiresInString = "expires-in-string",
        /// There is no `expires_in`: the token does not expire, or its life is not told.
        ExpiresInMissing = "expires-in-missing",
        /// `expires_in` 0 means never.
        ExpiresInZero = "expires-in-zero",
        /// `expires_in` may be in milliseconds.
        ExpiresInMs = "expires-in-ms",
        /// `expires_at` in place of `expires_in`.
        ExpiresAtOnly = "expires-at-only",
        /// The base URL of the API takes a request of its own.
        ApiHostFromSecondRequest = "api-host-from-second-request",
        /// `id_token` in the token response is none, or is missing.
        IdTokenInvalid = "id-token-invalid",
        /// The person's ID is inside the access token.
        IdFromAccessToken = "id-from-access-token",
        /// The ID is a DID, whose document has to lead back to the server that names it.
        IdIsDid = "id-is-did",
        /// The only ID is a name that the person can change.
        IdUsername = "id-username",
        /// The profile request must be signed.
        ProfileSigned = "profile-signed",
        /// The userinfo response is a signed JWT.
        UserinfoJwt = "userinfo-jwt",
        /// The issuer in the metadata is a template.
        IssuerTemplate = "issuer-template",
        /// The issuer stands on another host than the endpoints or the metadata.
        IssuerMismatch = "issuer-mismatch",
        /// The issuer depends on who asks.
        IssuerUnstable = "issuer-unstable",
        /// The ID token has no `nonce`.
        NonceMissing = "nonce-missing",
        /// The ID token is signed with the client's secret.
        IdTokenHs256 = "id-token-hs256",
        /// The ID token is encrypted.
        IdTokenEncrypted = "id-token-encrypted",
        /// Logout has parameters of its own.
        LogoutNonstandard = "logout-nonstandard",
        /// Only access tokens can be revoked, and the login ends with them.
        RevokeAccessOnly = "revoke-access-only",
        /// Only refresh tokens can be revoked.
        RevokeRefreshOnly = "revoke-refresh-only",
        /// Clients can be registered by request.
        DynamicRegistration = "dynamic-registration",
    }
}

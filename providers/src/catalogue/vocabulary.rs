use super::field::Field;
use super::words::words;

words! {
    /// Which protocol a service speaks.
    Kind {
        /// OAuth 2.
        OAuth2 = "oauth2",
        /// OpenID Connect.
        Oidc = "oidc",
        /// No protocol: a token that is copied from the service's settings.
        ApiToken = "api_token",
        /// OpenID 2.0, the protocol before OpenID Connect.
        OpenId2 = "openid2",
    }
}

words! {
    /// A way to a token.
    Grant {
        /// RFC 6749 §4.1.
        AuthorizationCode = "authorization_code",
        /// RFC 6749 §6.
        RefreshToken = "refresh_token",
        /// RFC 6749 §4.4.
        ClientCredentials = "client_credentials",
        /// RFC 8628.
        DeviceCode = "device_code",
    }
}

words! {
    /// How a client authenticates at the token endpoint (RFC 6749 §2.3, OpenID Connect Core §9, RFC 8705).
    AuthMethod {
        /// HTTP Basic.
        ClientSecretBasic = "client_secret_basic",
        /// The secret as a parameter.
        ClientSecretPost = "client_secret_post",
        /// A JWT signed with the secret.
        ClientSecretJwt = "client_secret_jwt",
        /// A JWT signed with the client's key.
        PrivateKeyJwt = "private_key_jwt",
        /// A TLS client certificate.
        TlsClientAuth = "tls_client_auth",
        /// Not at all: a public client.
        None = "none",
    }
}

words! {
    /// What becomes of a code challenge (RFC 7636).
    Pkce {
        /// A request without one is refused, of public clients at least.
        Required = "required",
        /// It is checked.
        Supported = "supported",
        /// It is ignored, as far as is known: sending it does no harm.
        Unsupported = "unsupported",
        /// A request with one fails.
        Refused = "refused",
    }
}

words! {
    /// Whether a request names scopes.
    ScopeParameter {
        /// It does.
        Used = "used",
        /// It may; the client's settings say what is granted.
        Optional = "optional",
        /// It does not; the client's settings say what is granted.
        Absent = "absent",
    }
}

words! {
    /// An HTTP method.
    Method {
        /// `GET`
        Get = "GET",
        /// `POST`
        Post = "POST",
        /// `DELETE`
        Delete = "DELETE",
    }
}

words! {
    /// How the parameters of a request are written.
    RequestBody {
        /// `application/x-www-form-urlencoded`, as in the standards.
        Form = "form",
        /// A JSON object.
        Json = "json",
        /// The query of a `GET`.
        Query = "query",
        /// Not at all.
        Empty = "empty",
    }
}

words! {
    /// Who authenticates at the revocation endpoint.
    RevocationAuth {
        /// The client, as at the token endpoint (RFC 7009 §2.1).
        Client = "client",
        /// The client by HTTP Basic, whatever it does at the token endpoint.
        Basic = "client_secret_basic",
        /// The client by parameters, whatever it does at the token endpoint.
        Post = "client_secret_post",
        /// The access token itself, as `Authorization: Bearer`.
        Token = "token",
        /// The access token itself, as `Authorization: Bearer`, and the client by parameters.
        TokenAndPost = "token and client_secret_post",
        /// The client by its secret alone, as `Authorization: Bearer`.
        SecretBearer = "client_secret_bearer",
        /// None.
        None = "none",
    }
}

words! {
    /// A URL of a service.
    Endpoint {
        /// The issuer (OpenID Connect Discovery §3).
        Issuer = "issuer",
        /// The metadata document, where it is not at `{issuer}/.well-known/openid-configuration`.
        Discovery = "discovery_url",
        /// The authorization endpoint (RFC 6749 §3.1).
        Authorization = "authorization_endpoint",
        /// The token endpoint (RFC 6749 §3.2).
        Token = "token_endpoint",
        /// Where refresh tokens are spent, if not at the token endpoint.
        Refresh = "refresh_endpoint",
        /// Where the short-lived token of a login is exchanged for a long-lived one, if not where that is refreshed.
        Exchange = "exchange_endpoint",
        /// Where a program gets its own token, if not at the token endpoint.
        ClientCredentials = "client_credentials_endpoint",
        /// The revocation endpoint (RFC 7009), or what the service has in its place.
        Revocation = "revocation_endpoint",
        /// The introspection endpoint (RFC 7662).
        Introspection = "introspection_endpoint",
        /// The device authorization endpoint (RFC 8628).
        DeviceAuthorization = "device_authorization_endpoint",
        /// Where a device code is exchanged, if not at the token endpoint.
        DeviceToken = "device_token_endpoint",
        /// The userinfo endpoint (OpenID Connect Core §5.3).
        Userinfo = "userinfo_endpoint",
        /// The end-session endpoint (OpenID Connect RP-Initiated Logout).
        EndSession = "end_session_endpoint",
        /// The pushed authorization request endpoint (RFC 9126).
        PushedAuthorizationRequest = "pushed_authorization_request_endpoint",
    }
}

impl Endpoint {
    pub(super) fn field(self) -> Field {
        match self {
            Self::Issuer => Field::Issuer,
            Self::Discovery => Field::Discovery,
            Self::Authorization => Field::Authorization,
            Self::Token => Field::Token,
            Self::Refresh => Field::Refresh,
            Self::Exchange => Field::Exchange,
            Self::ClientCredentials => Field::ClientCredentials,
            Self::Revocation => Field::Revocation,
            Self::Introspection => Field::Introspection,
            Self::DeviceAuthorization => Field::DeviceAuthorization,
            Self::DeviceToken => Field::DeviceToken,
            Self::Userinfo => Field::Userinfo,
            Self::EndSession => Field::EndSession,
            Self::PushedAuthorizationRequest => Field::PushedAuthorizationRequest,
        }
    }
}

/// Where an access token goes in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenPlace {
    /// `Authorization: Bearer`
    Bearer,
    /// `Authorization` with another scheme; empty if the token stands alone.
    Scheme(&'static str),
    /// A header of its own, without a scheme.
    Header(&'static str),
    /// A parameter of the query.
    Query(&'static str),
    /// A parameter of the body.
    Body(&'static str),
    /// Nowhere, or in the URL by its placeholder.
    Nowhere,
}

impl TokenPlace {
    /// From `scheme OAuth`, `header X-Token`, `query access_token`, `body access_token` or `none`; a bearer token otherwise.
    pub(super) fn read(text: Option<&'static str>) -> Self {
        let Some((place, name)) = text.map(|text| text.split_once(' ').unwrap_or((text, ""))) else {
            return Self::Bearer;
        };
        match place {
            "scheme" => Self::Scheme(name),
            "header" => Self::Header(name),
            "query" => Self::Query(name),
            "body" => Self::Body(name),
            "none" => Self::Nowhere,
            _ => Self::Bearer,
        }
    }
}

/// The audience of the assertions that a client signs (`aud`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Audience<'a> {
    /// The token endpoint, by the address that the request goes to.
    TokenEndpoint,
    /// The endpoint that each request goes to.
    Endpoint,
    /// This text, which may have placeholders.
    Named(&'a str),
}

impl<'a> Audience<'a> {
    /// From `{token_endpoint}`, `{endpoint}`, or a text.
    pub fn read(text: &'a str) -> Self {
        match text {
            "{token_endpoint}" => Self::TokenEndpoint,
            "{endpoint}" => Self::Endpoint,
            name => Self::Named(name),
        }
    }
}

/// What is asked for a person's profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProfileSource<'a> {
    /// This URL, which may have placeholders.
    Url(&'a str),
    /// The introspection endpoint: the profile is what it says of the access token.
    Introspection,
}

impl<'a> ProfileSource<'a> {
    /// From `{introspection_endpoint}`, or a URL.
    pub fn read(text: &'a str) -> Self {
        if text == "{introspection_endpoint}" { Self::Introspection } else { Self::Url(text) }
    }
}

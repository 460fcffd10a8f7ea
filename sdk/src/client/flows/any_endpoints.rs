use crate::authorize::{AuthorizationCode, IntoRedirectUri};
use crate::client::builder::endpoints::{EndpointState, Endpoints};
use crate::client::{Client, ServerCapabilities};
use crate::client_auth::Identity;
use crate::discovery::ServerMetadata;
use crate::endpoint::{Introspection, LogoutRequest, Revocation, Userinfo};
use crate::error::{Error, Result};
use crate::grant::{BackchannelAuthentication, BackchannelHint, DeviceAuthorization};
use crate::registration::Registration;
use crate::transport::Transport;
use crate::wire::{EndpointUrl, PlainHttp};

/// The endpoints of a [`Client`] whose type does not say which it has: those of its server's metadata document, or those that it
/// was built with before [`erased`](Client::erased). It shows at run time whether there is one.
#[derive(Clone, Debug)]
pub struct AnyEndpoints {
    authorization: Option<EndpointUrl>,
    device: Option<EndpointUrl>,
    backchannel: Option<EndpointUrl>,
    revocation: Option<EndpointUrl>,
    revocation_identity: Result<Identity>,
    introspection: Option<EndpointUrl>,
    introspection_identity: Result<Identity>,
    userinfo: Option<EndpointUrl>,
    registration: Option<EndpointUrl>,
    end_session: Option<EndpointUrl>,
    knows_pkce: bool,
    source: Source,
}

/// Where the endpoints come from, and so what to do about one that is missing.
#[derive(Clone, Copy, Debug)]
enum Source {
    Metadata,
    Builder,
}

/// Who the client is at each endpoint: it may have to prove it in different ways (RFC 8414 §2).
pub(in crate::client) struct Identities {
    pub(in crate::client) token: Identity,
    pub(in crate::client) revocation: Result<Identity>,
    pub(in crate::client) introspection: Result<Identity>,
}

impl Client {
    pub(in crate::client) fn discovered(
        identities: Identities,
        metadata: &ServerMetadata,
        given: &ServerCapabilities,
        transport: Transport,
        plain_http: PlainHttp,
    ) -> Result<Self> {
        let identity = identities.token;
        // RFC 8705 §5: a client that presents a certificate asks where it is looked at.
        let with_certificate = identity.authentication().is_by_certificate() || transport.presents_certificate();
        let aliases = metadata.mtls_endpoint_aliases.as_ref().filter(|_| with_certificate);
        let url = |name: &str, url: Option<&String>| {
            // To these goes the browser, which has no certificate of the client's.
            let is_for_the_browser = matches!(name, "authorization_endpoint" | "end_session_endpoint");
            let alias = aliases.and_then(|aliases| aliases.get(name)).filter(|_| !is_for_the_browser);
            let url = alias.or(url);
            let what = format!("{} of the metadata", name.replace('_', " "));
            url.map(|url| EndpointUrl::parse(&what, url, plain_http)).transpose()
        };
        let token_endpoint = url("token_endpoint", metadata.token_endpoint.as_ref())?
            .ok_or_else(|| Error::unsupported(
                    "the server's metadata names no token endpoint: name it by `.token_endpoint(url)?.build()` in place of `.discover(..)`",
                ))?;
        let jwks_uri = metadata.jwks_uri.as_deref();
        let server = ServerCapabilities {
            issuer: metadata.issuer_name().map(str::to_owned),
            names_itself_in_responses: metadata.authorization_response_iss_parameter_supported,
            jwks_uri: jwks_uri
                .map(|url| EndpointUrl::parse("jwks_uri of the metadata", url, plain_http))
                .transpose()?,
            pushed_requests: url(
                "pushed_authorization_request_endpoint",
                metadata.pushed_authorization_request_endpoint.as_ref(),
            )?,
            requires_pushed_requests: metadata.require_pushed_authorization_requests || given.requires_pushed_requests,
            requires_signed_requests: metadata.require_signed_request_object || given.requires_signed_requests,
            request_algorithms: metadata.request_object_algorithms(),
            backchannel_request_algorithms: metadata.backchannel_request_algorithms(),
            tokens: given.tokens.clone(),
            default_max_age: given.default_max_age,
            default_prompt: given.default_prompt.clone(),
            hooks: given.hooks.clone(),
            plain_http,
            signed_messages: given.signed_messages.clone().announced_by(metadata),
        };
        // A server that does not say may know it all the same.
        let ways = metadata.code_challenge_methods_supported.as_ref();
        let endpoints = AnyEndpoints {
            source: Source::Metadata,
            knows_pkce: ways.is_none_or(|ways| ways.iter().any(|way| way == "S256")),
            authorization: url("authorization_endpoint", metadata.authorization_endpoint.as_ref())?,
            device: url("device_authorization_endpoint", metadata.device_authorization_endpoint.as_ref())?,
            backchannel: url(
                "backchannel_authentication_endpoint",
                metadata.backchannel_authentication_endpoint.as_ref(),
            )?,
            revocation: url("revocation_endpoint", metadata.revocation_endpoint.as_ref())?,
            revocation_identity: identities.revocation,
            introspection: url("introspection_endpoint", metadata.introspection_endpoint.as_ref())?,
            introspection_identity: identities.introspection,
            userinfo: url("userinfo_endpoint", metadata.userinfo_endpoint.as_ref())?,
            registration: url("registration_endpoint", metadata.registration_endpoint.as_ref())?,
            end_session: url("end_session_endpoint", metadata.end_session_endpoint.as_ref())?,
        };
        Ok(Self::assembled(identity, token_endpoint, server, Ok(transport), endpoints))
    }

    /// The authorization-code grant; see [`AuthorizationCode`].
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where the metadata has no `authorization_endpoint`, or says that the server does
    /// not know PKCE with S256 (RFC 7636); [`is_configuration`](Error::is_configuration) where the redirect URI is none.
    ///
    /// Where the metadata, or the client's registration, says that requests have to be pushed, the login begins with
    /// [`push`](AuthorizationCode::push); where one says that they have to be signed, with a [`request_signer`](AuthorizationCode::request_signer).
    pub fn authorization_code(&self, redirect_uri: impl IntoRedirectUri) -> Result<AuthorizationCode> {
        let redirect_uri = redirect_uri.into_redirect_uri()?;
        if !self.endpoints.knows_pkce {
            return Err(Error::unsupported(
                "the server's metadata says that it does not know PKCE with S256 (RFC 7636)",
            ));
        }
        let endpoint = self.endpoints.required(self.endpoints.authorization.as_ref(), "authorization_endpoint")?;
        if self.core.server.requires_pushed_requests {
            self.endpoints
                .required(self.core.server.pushed_requests.as_ref(), "pushed_authorization_request_endpoint")?;
        }
        Ok(self.authorization_code_at(endpoint, Ok(redirect_uri)))
    }

    /// The authorization-code grant with a pushed request (PAR, RFC 9126): begins with `push` instead of `start`.
    ///
    /// # Errors
    ///
    /// As [`authorization_code`](Self::authorization_code), and where the metadata has no `pushed_authorization_request_endpoint`.
    pub fn pushed_authorization_code(&self, redirect_uri: impl IntoRedirectUri) -> Result<AuthorizationCode> {
        self.endpoints.required(self.core.server.pushed_requests.as_ref(), "pushed_authorization_request_endpoint")?;
        self.authorization_code(redirect_uri).map(AuthorizationCode::pushed_only)
    }

    /// The device authorization grant; see [`DeviceAuthorization`].
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where the metadata has no `device_authorization_endpoint`.
    pub fn device_authorization(&self) -> Result<DeviceAuthorization> {
        let endpoint = self.endpoints.required(self.endpoints.device.as_ref(), "device_authorization_endpoint")?;
        Ok(self.device_authorization_at(endpoint))
    }

    /// Client-initiated backchannel authentication; see [`BackchannelAuthentication`].
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where the metadata has no `backchannel_authentication_endpoint`.
    pub fn backchannel_authentication(&self, hint: BackchannelHint) -> Result<BackchannelAuthentication> {
        let endpoint =
            self.endpoints.required(self.endpoints.backchannel.as_ref(), "backchannel_authentication_endpoint")?;
        Ok(self.backchannel_authentication_at(endpoint, hint))
    }

    /// The revocation endpoint; see [`Revocation`].
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where the metadata has no `revocation_endpoint`, or no way to authenticate there
    /// with the secret or key that was given (`revocation_endpoint_auth_methods_supported`).
    pub fn revocation(&self) -> Result<Revocation> {
        let endpoint = self.endpoints.required(self.endpoints.revocation.as_ref(), "revocation_endpoint")?;
        let identity = self.endpoints.revocation_identity.clone()?;
        Ok(self.revocation_of(self.authenticated_as(identity, endpoint)))
    }

    /// The introspection endpoint; see [`Introspection`].
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where the metadata has no `introspection_endpoint`, or no way to authenticate
    /// there with the secret or key that was given (`introspection_endpoint_auth_methods_supported`).
    pub fn introspection(&self) -> Result<Introspection> {
        let endpoint = self.endpoints.required(self.endpoints.introspection.as_ref(), "introspection_endpoint")?;
        let identity = self.endpoints.introspection_identity.clone()?;
        Ok(self.introspection_of(self.authenticated_as(identity, endpoint)))
    }

    /// The userinfo endpoint; see [`Userinfo`].
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where the metadata has no `userinfo_endpoint`.
    pub fn userinfo(&self) -> Result<Userinfo> {
        self.endpoints
            .required(self.endpoints.userinfo.as_ref(), "userinfo_endpoint")
            .map(|endpoint| self.userinfo_at(endpoint))
    }

    /// The registration endpoint: registers further clients, and looks after this one's registration; see [`Registration`].
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where the metadata has no `registration_endpoint`.
    pub fn registration(&self) -> Result<Registration> {
        self.endpoints
            .required(self.endpoints.registration.as_ref(), "registration_endpoint")
            .map(|endpoint| self.registration_at(endpoint))
    }

    /// A logout at the server, of this client; see [`LogoutRequest`].
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where the metadata has no `end_session_endpoint`.
    pub fn logout_request(&self) -> Result<LogoutRequest> {
        self.endpoints
            .required(self.endpoints.end_session.as_ref(), "end_session_endpoint")
            .map(|endpoint| self.logout_request_at(endpoint))
    }
}

impl AnyEndpoints {
    pub(in crate::client) fn required(&self, endpoint: Option<&EndpointUrl>, name: &str) -> Result<EndpointUrl> {
        endpoint.cloned().ok_or_else(|| {
            Error::unsupported(match self.source {
                Source::Metadata => format!(
                    "the server's metadata has no `{name}`: if the server has that endpoint all the same, build the client by hand, with \
                     `.token_endpoint(..)?.{name}(..)?.build()` in place of `.discover(..)`"
                ),
                Source::Builder => {
                    format!("this client was built without `{name}`: call `.{name}(..)?` on its builder")
                }
            })
        })
    }
}

impl<A, D, R, I, U, S, J, B, P, G, L> Client<Endpoints<A, D, R, I, U, S, J, B, P, G, L>>
where
    A: EndpointState,
    D: EndpointState,
    R: EndpointState,
    I: EndpointState,
    U: EndpointState,
    B: EndpointState,
    G: EndpointState,
    L: EndpointState,
{
    /// The same client with a type that can be written down: `Client`, as one that was discovered.
    ///
    /// What needs an endpoint returns a [`Result`] from then on, as the compiler does not know any more which there are.
    ///
    /// ```
    /// use grantkit::prelude::*;
    ///
    /// struct App {
    ///     client: Client,
    /// }
    ///
    /// let client = Client::builder()
    ///     .client_id("billing")
    ///     .client_secret_basic("s3cret")
    ///     .token_endpoint("https://as.example/token")?
    ///     .revocation_endpoint("https://as.example/revoke")?
    ///     .build();
    /// let app = App { client: client.erased() };
    /// assert!(app.client.revocation().is_ok());
    /// assert!(app.client.userinfo().is_err_and(|error| error.is_unsupported()));
    /// # Ok::<(), grantkit::Error>(())
    /// ```
    pub fn erased(&self) -> Client {
        fn url(state: &impl EndpointState) -> Option<EndpointUrl> {
            state.endpoint().map(EndpointUrl::checked)
        }
        let endpoints = AnyEndpoints {
            authorization: url(&self.endpoints.authorization),
            device: url(&self.endpoints.device),
            backchannel: url(&self.endpoints.backchannel),
            revocation: url(&self.endpoints.revocation),
            revocation_identity: Ok(self.core.identity.clone()),
            introspection: url(&self.endpoints.introspection),
            introspection_identity: Ok(self.core.identity.clone()),
            userinfo: url(&self.endpoints.userinfo),
            registration: url(&self.endpoints.registration),
            end_session: url(&self.endpoints.end_session),
            knows_pkce: true,
            source: Source::Builder,
        };
        Client { core: self.core.clone(), endpoints }
    }
}

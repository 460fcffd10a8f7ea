use std::sync::Arc;
use std::time::Duration;

use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, RedirectUrl, ResponseType};
use url::Url;

use super::login_finder::LoginFinder;
use super::parameters::LoginParameters;
use super::request_hook::AuthorizationHook;
use super::response_hook::ResponseHook;
use super::token_parameters::token_parameters;
use super::{PendingLogin, Prompt, RedirectUri};
use crate::client_auth::{AuthenticatedEndpoint, Identity};
use crate::error::{Error, Result};
#[cfg(feature = "axum")]
use crate::grant::StoredLogin;
use crate::grant::{LoginServer, RequestParameters, request_parameter_methods};
use crate::keys::{AnnouncedAlgorithms, Signer};
use crate::oidc::{RequestEncryption, SignedMessages};
use crate::time::Time;
use crate::wire::{EndpointUrl, Form};

/// 256 bits for `state` and `nonce`, so that neither can be guessed (RFC 6749 §10.10).
const RANDOM_BYTES: u32 = 32;

/// The authorization-code grant with PKCE: a token for a person who logs in with a browser (RFC 6749 §4.1, RFC 7636).
///
/// `start` gives the address for the browser and a [`PendingLogin`] to keep; `finish` takes it back with the address that
/// the browser came back to. With the scope `openid` the ID token is verified, `nonce` included (feature `oidc`).
///
/// ```
/// use grantkit::prelude::*;
///
/// let client = Client::builder()
///     .client_id("app")
///     .public()
///     .token_endpoint("https://as.example/token")?
///     .authorization_endpoint("https://as.example/authorize")?
///     .build();
/// let login = client.authorization_code(RedirectUri::new("https://app.example/callback")?).scope("read:invoices");
/// let (url, pending) = login.start()?;
/// assert!(url.as_str().starts_with("https://as.example/authorize?response_type=code&client_id=app&state="));
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "call `.start()`"]
pub struct AuthorizationCode {
    pub(super) server: Server,
    /// What is wrong with it is an error of `start`, as with a scope.
    redirect_uri: Result<RedirectUri>,
    parameters: RequestParameters,
    pub(super) login_parameters: LoginParameters,
    /// Where the request can be pushed to.
    pub(super) push_endpoint: Option<AuthenticatedEndpoint>,
    pub(super) has_to_be_pushed: bool,
    pub(super) request_signer: Option<Arc<dyn Signer>>,
    pub(super) request_lifetime: Option<Duration>,
    pub(super) request_encryption: Option<RequestEncryption>,
    /// What finds the server, where the issuer alone is known.
    pub(super) finder: Option<Arc<dyn LoginFinder>>,
}

/// The server as this flow sees it.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) authorization_endpoint: EndpointUrl,
    pub(crate) identity: Identity,
    pub(crate) issuer: Option<String>,
    pub(crate) requires_iss: bool,
    /// The `max_age` of a login that says none, by the client's registration (OpenID Connect Registration §2).
    pub(crate) default_max_age: Option<Duration>,
    /// The `prompt` of a login that says none.
    pub(crate) default_prompt: Vec<Prompt>,
    /// Whether authorization requests have to be signed (RFC 9101 §10.5).
    pub(crate) requires_signed_request: bool,
    /// What they may be signed with.
    pub(crate) request_algorithms: AnnouncedAlgorithms,
    pub(crate) login: LoginServer,
    /// What changes the request before it is sent.
    pub(crate) hook: Option<AuthorizationHook>,
    /// What looks at its answer.
    pub(crate) response_hook: Option<ResponseHook>,
}

impl AuthorizationCode {
    pub(crate) fn new(server: Server, redirect_uri: Result<RedirectUri>) -> Self {
        let login_parameters = LoginParameters::with_default_prompt(server.default_prompt.clone());
        Self {
            server,
            redirect_uri,
            parameters: RequestParameters::default(),
            login_parameters,
            push_endpoint: None,
            has_to_be_pushed: false,
            request_lifetime: None,
            request_signer: None,
            request_encryption: None,
            finder: None,
        }
    }

    request_parameter_methods!();

    /// Begins a login: returns the URL for the browser, and the [`PendingLogin`] to keep until the callback.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if the client ID, the redirect URI or a scope is invalid, a parameter is one that the SDK sets, an
    /// ID token is requested and could not be verified, the request has to be [pushed](Self::push) or
    /// [signed](Self::start_signed), or the server is yet to be [discovered](crate::client::ClientBuilder::discover_lazily): [`begin`](Self::begin) does
    /// each of these.
    pub fn start(&self) -> Result<(Url, PendingLogin)> {
        self.check_found()?;
        self.check_not_pushed()?;
        self.check_not_signed()?;
        let (parameters, pending) = self.request()?;
        Ok((self.address(&parameters), pending))
    }
}

/// The request, before it is known which way it goes.
impl AuthorizationCode {
    /// Whether it could begin, and what would be kept of it: for those that begin it later, when a person asks for it.
    #[cfg(feature = "axum")]
    pub(crate) fn check(&self) -> Result<PendingLogin> {
        self.request().map(|(_, pending)| pending)
    }

    /// Its parameters, and what is kept of it.
    pub(super) fn request(&self) -> Result<(Form, PendingLogin)> {
        self.server.identity.check()?;
        let redirect_uri = self.redirect_uri()?;
        self.check_signer()?;
        self.check_encryption()?;
        self.check_response_mode()?;
        let asks_for_id_token = self.asks_for_id_token();
        self.login_parameters.check(self.parameters.extra().map(|(name, _)| name), asks_for_id_token)?;
        self.server.login.check(&self.parameters)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut login_parameters = self.login_parameters.clone();
        login_parameters.max_age = self.max_age_asked();
        let nonce = asks_for_id_token.then(|| CsrfToken::new_random_len(RANDOM_BYTES).into_secret());
        let endpoint = self.server.authorization_endpoint.url();
        let client = BasicClient::new(ClientId::new(self.client_id().to_owned()))
            .set_auth_uri(AuthUrl::from_url(endpoint.clone()))
            .set_redirect_uri(redirect_url(redirect_uri)?);
        let mut request = client
            .authorize_url(|| CsrfToken::new_random_len(RANDOM_BYTES))
            .add_scopes(self.parameters.scopes().cloned())
            .set_pkce_challenge(challenge);
        if self.login_parameters.hybrid {
            request = request.set_response_type(&ResponseType::new("code id_token".to_owned()));
        }
        for (name, value) in self.parameters.extra() {
            request = request.add_extra_param(name, value);
        }
        for (name, value) in login_parameters.pairs() {
            request = request.add_extra_param(name, value);
        }
        if let Some(nonce) = &nonce {
            request = request.add_extra_param("nonce", nonce);
        }
        let dpop_jkt = self.dpop_jkt();
        if let Some(jkt) = &dpop_jkt {
            // An intercepted code is of no use without the key (RFC 9449 §10).
            request = request.add_extra_param("dpop_jkt", jkt);
        }
        let (url, state) = request.url();
        // What stands in the endpoint's own query is no parameter of the request.
        let mut parameters = Form::new();
        for (name, value) in url.query_pairs().into_owned().skip(endpoint.query_pairs().count()) {
            parameters.push(name, value);
        }
        let own_scope = parameters.get("scope").map(str::to_owned);
        let redirect_uri_of_issuer = redirect_uri.is_of_issuer();
        let (parameters, redirect_uri) = match &self.server.hook {
            Some(hook) => hook.change(parameters, redirect_uri.as_str())?,
            None => (parameters, redirect_uri.as_str().to_owned()),
        };
        // Where a program's own function has changed it, the login's own says less.
        let other_scope = parameters.get("scope").filter(|scope| Some(*scope) != own_scope.as_deref());
        let other_scope = other_scope.map(|scope| ("scope as it is sent", scope));
        let asked = token_parameters(parameters.iter().map(|(name, value, _)| (name, value)).chain(other_scope));
        let pending = PendingLogin {
            asked: Some(asked),
            state: state.into_secret(),
            code_verifier: verifier.into_secret(),
            redirect_uri,
            redirect_uri_of_issuer,
            nonce,
            max_age: login_parameters.max_age.map(|age| age.as_secs()),
            asked_at: self.time().unix().as_secs(),
            expires_at: None,
            acr_values: self.login_parameters.acr_values.clone(),
            response_mode: self.login_parameters.response_mode,
            hybrid: self.login_parameters.hybrid,
            dpop_jkt,
            server: Some(self.server_name().to_owned()),
            request_expires_in: None,
        };
        Ok((parameters, pending))
    }

    /// How long ago the person may have authenticated at most: what the login says, or the client's registration.
    pub(super) fn max_age_asked(&self) -> Option<Duration> {
        let by_registration = self.server.default_max_age.filter(|_| self.asks_for_id_token());
        self.login_parameters.max_age.or(by_registration)
    }

    /// The key that the code and the tokens are bound to, by its thumbprint.
    pub(super) fn dpop_jkt(&self) -> Option<String> {
        self.server.identity.dpop().map(|key| key.thumbprint().to_owned())
    }

    /// The server by its issuer, or by its authorization endpoint where that is not known.
    pub(crate) fn server_name(&self) -> &str {
        self.issuer().unwrap_or(self.server.authorization_endpoint.as_str())
    }

    pub(crate) fn asks_for_id_token(&self) -> bool {
        self.parameters.has_scope("openid")
    }

    pub(super) fn issuer(&self) -> Option<&str> {
        self.server.issuer.as_deref()
    }

    /// The client's clock.
    pub(crate) fn time(&self) -> &Time {
        self.server.identity.time()
    }

    pub(super) fn signed_messages(&self) -> &SignedMessages {
        &self.server.login.signed_messages
    }

    pub(super) fn client_secret(&self) -> Option<&str> {
        self.server.identity.authentication().secret()
    }

    pub(super) fn request_algorithms(&self) -> &AnnouncedAlgorithms {
        &self.server.request_algorithms
    }

    pub(crate) fn client_id(&self) -> &str {
        self.server.identity.client_id()
    }

    /// The authorization endpoint with these parameters behind those that it has of its own, each given once (RFC 6749 §3.1).
    pub(super) fn address(&self, parameters: &Form) -> Url {
        let mut url = self.server.authorization_endpoint.url().clone();
        if url.query_pairs().any(|(name, _)| parameters.has(&name)) {
            // An address copied from a browser, as a rule: what the request says counts.
            let own: Vec<_> = url.query_pairs().into_owned().filter(|(name, _)| !parameters.has(name)).collect();
            url.query_pairs_mut().clear().extend_pairs(own);
        }
        url.query_pairs_mut().extend_pairs(parameters.iter().map(|(name, value, _)| (name, value)));
        // A plus sign is a space for those who read forms, and a plus for the servers that do not (Apple, Cognito).
        let query = url.query().map(|query| query.replace('+', "%20"));
        url.set_query(query.as_deref());
        url
    }

    /// As a login that begins here is checked before it does; with a nonce its ID token is verified whatever the scope.
    pub(super) fn check_received(&self, has_nonce: bool) -> Result<()> {
        self.server.identity.check()?;
        self.server.login.check(&self.parameters)?;
        if has_nonce { self.signed_messages().check_id_token_support() } else { Ok(()) }
    }

    pub(crate) fn redirect_uri(&self) -> Result<&RedirectUri> {
        self.redirect_uri.as_ref().map_err(Clone::clone)
    }

    pub(super) fn parameters(&self) -> &RequestParameters {
        &self.parameters
    }

    pub(super) fn login_server(&self) -> &LoginServer {
        &self.server.login
    }

    /// The login that was finished here and stored under this name, by the same further parameters of its refreshes.
    #[cfg(feature = "axum")]
    pub(crate) fn stored_login(&self, name: String) -> StoredLogin {
        let stored = StoredLogin::of_login(name, self.login_server().clone(), &self.parameters);
        self.login_parameters.apis().fold(stored, |stored, api| stored.login_parameter("audience", api))
    }

    /// Refuses to send a request that the server refuses (RFC 9101 §10.5).
    fn check_signer(&self) -> Result<()> {
        if self.server.requires_signed_request && self.request_signer.is_none() {
            return Err(Error::configuration(
                "this login's request has to be signed (RFC 9101), as the server's metadata or the client's registration says: \
                 call `.request_signer(..)`, and `.start_signed().await` or `.push().await`",
            ));
        }
        Ok(())
    }
}

fn redirect_url(uri: &RedirectUri) -> Result<RedirectUrl> {
    RedirectUrl::new(uri.as_str().to_owned()).map_err(|error| {
        Error::configuration(format!(
            "the redirect URI {:?} is not a URL: write it in full, as `https://app.example/callback`",
            uri.as_str()
        ))
        .with_source(error)
    })
}

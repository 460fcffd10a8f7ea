use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, RedirectUrl};
use url::Url;

use super::callback::{Callback, Expectation};
use super::{Login, LoginRefresh, PendingLogin, RedirectUri};
use crate::authn::Identity;
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::grant::{CodeExchange, RequestParameters, TokenEndpoint, check_names, request_parameter_methods};
#[cfg(feature = "oidc")]
use crate::oidc::{Expected, IdTokenClaims, IdTokenVerifier};
use crate::token::OAuthToken;
use crate::wire::EndpointUrl;

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
    server: Server,
    redirect_uri: RedirectUri,
    parameters: RequestParameters,
    login_parameters: Vec<(String, String)>,
}

/// The server as this flow sees it.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) authorization_endpoint: EndpointUrl,
    pub(crate) token_endpoint: TokenEndpoint,
    pub(crate) identity: Identity,
    pub(crate) issuer: Option<String>,
    pub(crate) requires_iss: bool,
    #[cfg(feature = "oidc")]
    pub(crate) id_tokens: Result<IdTokenVerifier>,
}

impl AuthorizationCode {
    pub(crate) fn new(server: Server, redirect_uri: RedirectUri) -> Self {
        Self { server, redirect_uri, parameters: RequestParameters::default(), login_parameters: Vec::new() }
    }

    request_parameter_methods!();

    /// Adds a parameter to the authorization request alone, such as `prompt` or `login_hint` (OpenID Connect Core §3.1.2.1).
    pub fn login_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.login_parameters.push((name.into(), value.into()));
        self
    }

    /// The address to send the browser to, and what to keep until it comes back.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the client ID or a scope is none, a parameter is one that the SDK
    /// sets, or an ID token is asked for and could not be verified.
    pub fn start(&self) -> Result<(Url, PendingLogin)> {
        self.server.identity.check()?;
        self.parameters.check()?;
        check_names(self.login_parameters.iter().map(|(name, _)| name.as_str()))?;
        let asks_for_id_token = self.parameters.has_scope("openid");
        if asks_for_id_token {
            self.check_id_token_support()?;
        }
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let nonce = asks_for_id_token.then(|| CsrfToken::new_random_len(RANDOM_BYTES).into_secret());
        let client = BasicClient::new(ClientId::new(self.server.identity.client_id().to_owned()))
            .set_auth_uri(AuthUrl::from_url(self.server.authorization_endpoint.url().clone()))
            .set_redirect_uri(redirect_url(&self.redirect_uri)?);
        let mut request = client
            .authorize_url(|| CsrfToken::new_random_len(RANDOM_BYTES))
            .add_scopes(self.parameters.scopes().cloned())
            .set_pkce_challenge(challenge);
        for (name, value) in self.all_login_parameters(nonce.as_deref()) {
            request = request.add_extra_param(name, value);
        }
        let (url, state) = request.url();
        let pending = PendingLogin {
            state: state.into_secret(),
            code_verifier: verifier.into_secret(),
            redirect_uri: self.redirect_uri.as_str().to_owned(),
            nonce,
        };
        Ok((url, pending))
    }

    /// Takes the address that the browser came back to (or its query) and gets the token.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where it is not the answer to this login (another `state` or `iss`, an ID token
    /// that does not verify); [`oauth_code`](Error::oauth_code) `access_denied` where the person refused; or what the token
    /// endpoint answered.
    pub async fn finish(&self, pending: PendingLogin, callback: impl AsRef<str> + Send) -> Result<Login> {
        let expected = Expectation {
            state: &pending.state,
            issuer: self.server.issuer.as_deref(),
            requires_iss: self.server.requires_iss,
        };
        let code = Callback::parse(callback.as_ref())?.into_code(&expected)?;
        let exchange = CodeExchange {
            code: &code,
            redirect_uri: &pending.redirect_uri,
            code_verifier: &pending.code_verifier,
            parameters: &self.parameters,
        };
        let token = self.server.token_endpoint.exchange(exchange).await?;
        self.login(token, &pending, &code).await
    }

    #[cfg(feature = "oidc")]
    async fn login(&self, token: OAuthToken, pending: &PendingLogin, code: &str) -> Result<Login> {
        let Some(nonce) = &pending.nonce else {
            let refresh = self.refresh(self.fingerprint(&token, None), None);
            return Ok(Login { token, refresh });
        };
        let id_token = token.id_token().ok_or_else(|| {
            Error::invalid_response("the scope `openid` was asked for, and the token response has no `id_token`")
        })?;
        let expected = Expected {
            nonce: Some(nonce),
            access_token: Some(token.access_token().secret()),
            code: Some(code),
            ..Expected::default()
        };
        let claims = self.server.id_tokens.as_ref().map_err(Clone::clone)?.verify(id_token, expected).await?;
        let fingerprint = self.fingerprint(&token, Some(claims.subject()));
        Ok(Login { refresh: self.refresh(fingerprint, Some(claims)), token })
    }

    #[cfg(feature = "oidc")]
    fn refresh(&self, fingerprint: Fingerprint, claims: Option<IdTokenClaims>) -> LoginRefresh {
        LoginRefresh {
            token_endpoint: self.server.token_endpoint.clone(),
            parameters: self.parameters.without_scopes(),
            fingerprint,
            claims,
            id_tokens: self.server.id_tokens.clone().ok(),
        }
    }

    #[cfg(not(feature = "oidc"))]
    #[allow(clippy::unused_async, reason = "with the feature `oidc` it fetches keys")]
    async fn login(&self, token: OAuthToken, _: &PendingLogin, _: &str) -> Result<Login> {
        let refresh = LoginRefresh {
            token_endpoint: self.server.token_endpoint.clone(),
            parameters: self.parameters.without_scopes(),
            fingerprint: self.fingerprint(&token, None),
        };
        Ok(Login { token, refresh })
    }

    /// What was asked for, and whose it is: the user, or, where no ID token says who that is, this one login.
    fn fingerprint(&self, token: &OAuthToken, subject: Option<&str>) -> Fingerprint {
        let builder = Fingerprint::builder().parameter("grant_type", "authorization_code");
        let builder = self.parameters.fingerprint(self.server.token_endpoint.fingerprint(builder));
        match subject {
            Some(subject) => builder.parameter("sub", subject).finish(),
            None => builder.secret("access_token", token.access_token().secret()).finish(),
        }
    }

    #[cfg(feature = "oidc")]
    fn check_id_token_support(&self) -> Result<()> {
        self.server.id_tokens.as_ref().map(|_| ()).map_err(Clone::clone)
    }

    #[cfg(not(feature = "oidc"))]
    #[allow(clippy::unused_self, reason = "with the feature `oidc` it asks the verifier")]
    fn check_id_token_support(&self) -> Result<()> {
        Err(Error::unsupported(
            "the scope `openid` asks for an ID token: switch on the feature `oidc`, which verifies it",
        ))
    }

    fn all_login_parameters<'a>(&'a self, nonce: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a str)> {
        let own = self.login_parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        self.parameters.extra().chain(own).chain(nonce.map(|nonce| ("nonce", nonce)))
    }
}

fn redirect_url(uri: &RedirectUri) -> Result<RedirectUrl> {
    RedirectUrl::new(uri.as_str().to_owned())
        .map_err(|error| Error::configuration("the redirect URI is no URL").with_source(error))
}

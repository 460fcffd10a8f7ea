use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, RedirectUrl, ResponseType};
use url::Url;

use super::asked::asked;
use super::callback::CallbackExpectations;
use super::parameters::LoginParameters;
use super::request_hook::AuthorizationHook;
use super::response_hook::{ReadResponse, ResponseHook};
use super::{PendingLogin, RedirectUri};
use crate::client_auth::{AuthenticatedEndpoint, Identity};
use crate::error::{Error, Incident, Kind, Result};
use crate::grant::{CodeExchange, Login, LoginServer, RequestParameters, request_parameter_methods};
use crate::keys::{AnnouncedAlgorithms, Signer};
use crate::oidc::{IdTokenExpectations, MaxAge, RequestEncryption, SignedMessages};
use crate::time::Time;
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
        Self {
            server,
            redirect_uri,
            parameters: RequestParameters::default(),
            login_parameters: LoginParameters::default(),
            push_endpoint: None,
            has_to_be_pushed: false,
            request_lifetime: None,
            request_signer: None,
            request_encryption: None,
        }
    }

    request_parameter_methods!();

    /// Begins a login: returns the URL for the browser, and the [`PendingLogin`] to keep until the callback.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if the client ID, the redirect URI or a scope is invalid, a parameter is one that the SDK sets, an
    /// ID token is requested and could not be verified, or the request has to be [pushed](Self::push) or
    /// [signed](Self::start_signed).
    pub fn start(&self) -> Result<(Url, PendingLogin)> {
        self.check_not_pushed()?;
        self.check_not_signed()?;
        let (parameters, pending) = self.request()?;
        Ok((self.address(&parameters), pending))
    }

    /// Finishes a login: checks the callback and exchanges its code for the token. `callback` is the URL that the browser came back
    /// to, or only its query, its fragment or the body of its request, depending on the [response mode](Self::response_mode).
    ///
    /// # Errors
    ///
    /// | question | then |
    /// |---|---|
    /// | [`is_denied`](Error::is_denied) | the person refused |
    /// | [`is_state_mismatch`](Error::is_state_mismatch) | it is the answer to another login, or forged (login CSRF) |
    /// | [`is_mix_up`](Error::is_mix_up) | it is the answer of another server (`iss`), or to a login that began at another |
    /// | [`needs_login`](Error::needs_login) | the login was [sealed](PendingLogin::seal), and its time is over: start again |
    /// | [`is_replay`](Error::is_replay) | the code was already used (in this process, or at the server), or has expired |
    /// | [`is_security`](Error::is_security) | any of these that must not be accepted, or an ID token that does not verify |
    ///
    /// Or the error of the token endpoint or the network.
    pub async fn finish(&self, pending: PendingLogin, callback: impl AsRef<str> + Send) -> Result<Login> {
        self.check_server(&pending)?;
        self.check_expiry(&pending)?;
        let mut answer = self.answer(&pending, callback.as_ref()).await?;
        let id_token = answer.take_id_token().filter(|_| pending.hybrid);
        let expected = CallbackExpectations {
            state: &pending.state,
            issuer: self.issuer(),
            // An ID token says it as well, and is verified next (RFC 9207 §2).
            requires_iss: self.server.requires_iss && id_token.is_none(),
        };
        let parameters = answer.take_parameters();
        let code = answer.into_code(&expected)?;
        let ReadResponse { kept, sent_on } = match &self.server.response_hook {
            Some(hook) => hook.read(parameters)?,
            None => ReadResponse::default(),
        };
        self.check_key(&pending)?;
        let user = self.user_ahead(&pending, id_token.as_deref(), &code).await?;
        // The code can be used once: not before what comes for it can be verified.
        self.server.login.prepare(&self.parameters).await?;
        let exchange = CodeExchange {
            code: &code,
            redirect_uri: &pending.redirect_uri,
            code_verifier: Some(&pending.code_verifier),
            parameters: &self.parameters,
            of_response: &sent_on,
        };
        // From here on a copy of it is of no use, unless the code was not taken up.
        pending.claim()?;
        let token = self.server.login.token_endpoint.exchange(exchange).await.map_err(|error| {
            // Refused, or not sent: no token came of the code, and none will.
            if error.is_connect()
                || !error.is_outcome_unknown() && error.status().is_some_and(|status| !status.is_success())
            {
                pending.give_back();
            }
            refused_code(error)
        })?;
        let kept_as_text = if kept.is_empty() { String::new() } else { asked(kept.iter()) };
        let token = kept.into_iter().fold(token, |token, (name, value)| {
            // What the server says itself is worth more than what came through the browser.
            if token.extra().contains_key(&name) { token } else { token.with_extra(name, value) }
        });
        let since_epoch = |seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        let expected = IdTokenExpectations {
            max_age: pending
                .max_age
                .map(|seconds| MaxAge { age: Duration::from_secs(seconds), asked_at: since_epoch(pending.asked_at) }),
            acr_values: &pending.acr_values,
            subject: user.as_deref(),
            ..beginning(&pending, &code)
        };
        let asked = format!("{}{}", pending.asked.as_deref().unwrap_or_default(), kept_as_text);
        self.server.login.login(token, "authorization_code", &self.parameters, &asked, expected).await
    }

    /// The user that the ID token beside the code is about, once it is verified; `None` where none was asked for.
    async fn user_ahead(&self, pending: &PendingLogin, id_token: Option<&str>, code: &str) -> Result<Option<String>> {
        if !pending.hybrid {
            return Ok(None);
        }
        self.signed_messages().verify_hybrid(id_token, beginning(pending, code)).await.map(Some)
    }
}

/// What each ID token of a login repeats of it.
fn beginning<'a>(pending: &'a PendingLogin, code: &'a str) -> IdTokenExpectations<'a> {
    IdTokenExpectations {
        nonce: pending.nonce.as_deref(),
        code: Some(code),
        state: Some(&pending.state),
        ..IdTokenExpectations::default()
    }
}

/// The request, before it is known which way it goes.
impl AuthorizationCode {
    /// Its parameters, and what is kept of it.
    pub(super) fn request(&self) -> Result<(Vec<(String, String)>, PendingLogin)> {
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
        login_parameters.max_age =
            login_parameters.max_age.or(self.server.default_max_age.filter(|_| asks_for_id_token));
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
        let parameters: Vec<_> = url.query_pairs().into_owned().skip(endpoint.query_pairs().count()).collect();
        let (parameters, redirect_uri) = match &self.server.hook {
            Some(hook) => hook.change(parameters, redirect_uri.as_str())?,
            None => (parameters, redirect_uri.as_str().to_owned()),
        };
        let pending = PendingLogin {
            asked: Some(asked(parameters.iter())),
            state: state.into_secret(),
            code_verifier: verifier.into_secret(),
            redirect_uri,
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

    /// The key that the code and the tokens are bound to, by its thumbprint.
    fn dpop_jkt(&self) -> Option<String> {
        self.server.identity.dpop().map(|key| key.thumbprint().to_owned())
    }

    /// Refuses to spend a code that the server gives no token for without another key (RFC 9449 §10).
    fn check_key(&self, pending: &PendingLogin) -> Result<()> {
        if pending.dpop_jkt.is_some() && pending.dpop_jkt != self.dpop_jkt() {
            if self.server.identity.dpop().is_none() {
                return Err(Error::configuration(
                    "the login began with a DPoP key, and the client that is to finish it has none: call `.dpop(key)` with the same \
                     key on the client's builder in every process",
                ));
            }
            return Err(Error::configuration(
                "the login began with another DPoP key than the client has now: if one process may finish a login that another \
                 began, give all of them the same key, as by `DpopKey::from(SigningKey::from_pem(..)?)`",
            ));
        }
        Ok(())
    }

    /// Refuses to send one server's code to another (mix-up, RFC 9700 §4.4.2).
    fn check_server(&self, pending: &PendingLogin) -> Result<()> {
        if pending.server.as_deref().is_none_or(|server| server == self.server_name()) {
            return Ok(());
        }
        Err(Error::new(
            Kind::Security,
            format!(
                "the login began at another authorization server than {}, which is to finish it (RFC 9700 §4.4.2)",
                self.server_name()
            ),
        )
        .with_incident(Incident::MixUp))
    }

    /// Refuses a sealed login whose time is over.
    fn check_expiry(&self, pending: &PendingLogin) -> Result<()> {
        match pending.expires_at {
            Some(end) if self.time().unix().as_secs() >= end => {
                Err(Error::login_required("the sealed login has expired: start again"))
            }
            _ => Ok(()),
        }
    }

    fn server_name(&self) -> &str {
        self.issuer().unwrap_or(self.server.authorization_endpoint.as_str())
    }

    pub(super) fn asks_for_id_token(&self) -> bool {
        self.parameters.has_scope("openid")
    }

    pub(super) fn issuer(&self) -> Option<&str> {
        self.server.issuer.as_deref()
    }

    /// The client's clock.
    pub(super) fn time(&self) -> &Time {
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

    pub(super) fn client_id(&self) -> &str {
        self.server.identity.client_id()
    }

    /// The authorization endpoint with these parameters behind those that it has of its own, each given once (RFC 6749 §3.1).
    pub(super) fn address(&self, parameters: &[(String, String)]) -> Url {
        let mut url = self.server.authorization_endpoint.url().clone();
        let is_set = |name: &str| parameters.iter().any(|(set, _)| set == name);
        if url.query_pairs().any(|(name, _)| is_set(&name)) {
            // An address copied from a browser, as a rule: what the request says counts.
            let own: Vec<_> = url.query_pairs().into_owned().filter(|(name, _)| !is_set(name)).collect();
            url.query_pairs_mut().clear().extend_pairs(own);
        }
        url.query_pairs_mut().extend_pairs(parameters);
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

    pub(super) fn redirect_uri(&self) -> Result<&RedirectUri> {
        self.redirect_uri.as_ref().map_err(Clone::clone)
    }

    pub(super) fn parameters(&self) -> &RequestParameters {
        &self.parameters
    }

    pub(super) fn login_server(&self) -> &LoginServer {
        &self.server.login
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

/// A code that the server does not take any more was used before, or has expired (RFC 6749 §4.1.2).
pub(super) fn refused_code(error: Error) -> Error {
    let is_refusal = error.kind() == Kind::OAuth && error.oauth_code() == Some("invalid_grant");
    if is_refusal { error.with_incident(Incident::Replay) } else { error }
}

fn redirect_url(uri: &RedirectUri) -> Result<RedirectUrl> {
    RedirectUrl::new(uri.as_str().to_owned())
        .map_err(|error| Error::configuration("the redirect URI is no URL").with_source(error))
}

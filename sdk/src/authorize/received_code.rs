use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

use super::AuthorizationCode;
use super::code_exchange::refused_code;
use super::token_parameters::token_parameters;
use crate::error::{Error, Result};
use crate::grant::{CodeExchange, Login};
use crate::oidc::{IdTokenExpectations, MaxAge};
use crate::token::IntoSecret;

/// An authorization code that another program began the login for and received, as a mobile app hands one to its backend, or a page
/// with a server's own script (`redirect_uri=postmessage`).
///
/// That program has to have checked the answer's `state` and `iss`; here the code's verifier (RFC 7636) and the ID token's
/// `nonce` are what ties the code to the login that it was asked for in: give both where the program used them.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::authorize::ReceivedCode;
/// use grantkit::grant::Login;
///
/// async fn from_app(login: &AuthorizationCode, code: String, verifier: String) -> Result<Login> {
///     login.finish_received(ReceivedCode::new(code).redirect_uri("postmessage").code_verifier(verifier)).await
/// }
/// ```
#[must_use = "give it to `.finish_received(..)`"]
pub struct ReceivedCode {
    code: SecretString,
    redirect_uri: Option<String>,
    code_verifier: Option<SecretString>,
    nonce: Option<SecretString>,
}

impl ReceivedCode {
    /// The code as the other program has it.
    pub fn new(code: impl IntoSecret) -> Self {
        Self { code: code.into(), redirect_uri: None, code_verifier: None, nonce: None }
    }

    /// The `redirect_uri` of the other program's request, repeated as it stands there (RFC 6749 §4.1.3): the login's own unless set. It
    /// need not be a URI (`postmessage`), and is not sent where it is empty.
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uri = Some(uri.into());
        self
    }

    /// The verifier of the other program's PKCE challenge (RFC 7636 §4.5).
    pub fn code_verifier(mut self, verifier: impl IntoSecret) -> Self {
        self.code_verifier = Some(verifier.into());
        self
    }

    /// The `nonce` of its request, which the ID token must repeat (OpenID Connect Core §3.1.3.7, 11).
    pub fn nonce(mut self, nonce: impl IntoSecret) -> Self {
        self.nonce = Some(nonce.into());
        self
    }
}

impl AuthorizationCode {
    /// Gets the token for a code that another program received.
    ///
    /// With the scope `openid`, or a nonce, the ID token is verified as in [`finish`](Self::finish): by this login's
    /// [`max_age`](Self::max_age), or that of the client's registration, and its [`acr_values`](Self::acr_values) too, which the other
    /// program has to have asked for.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the code, the verifier or the nonce is empty, or an ID token is to be
    /// verified and could not be;
    /// [`is_replay`](Error::is_replay) where the server does not take the code; else as `finish`.
    pub async fn finish_received(&self, received: ReceivedCode) -> Result<Login> {
        let ReceivedCode { code, redirect_uri, code_verifier, nonce } = received;
        let given = [("code", Some(&code)), ("code verifier", code_verifier.as_ref()), ("nonce", nonce.as_ref())];
        if let Some((what, _)) = given.iter().find(|(_, it)| it.is_some_and(|it| it.expose_secret().is_empty())) {
            return Err(Error::configuration(format!(
                "the {what} of a received code is empty: give what the other program has"
            )));
        }
        let login = self.found().await?;
        login.check_received(nonce.is_some())?;
        let redirect_uri = match &redirect_uri {
            Some(uri) => uri,
            None => login.redirect_uri()?.as_str(),
        };
        // The code can be used once: not before what comes for it can be verified.
        login.login_server().prepare(login.parameters()).await?;
        let exchange = CodeExchange {
            code: code.expose_secret(),
            redirect_uri,
            code_verifier: code_verifier.as_ref().map(SecretString::expose_secret),
            parameters: login.parameters(),
            of_response: &[],
        };
        let token = login.login_server().token_endpoint.exchange(exchange).await.map_err(refused_code)?;
        let expected = IdTokenExpectations {
            nonce: nonce.as_ref().map(SecretString::expose_secret),
            code: Some(code.expose_secret()),
            // What this login asks for, the other program has to have asked for.
            max_age: login.max_age_asked().map(|age| MaxAge { age, asked_at: None }),
            acr_values: &login.login_parameters.acr_values,
            ..IdTokenExpectations::default()
        };
        let pairs = login.login_parameters.pairs();
        let asked = token_parameters(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let finished =
            login.login_server().login(token, "authorization_code", login.parameters(), &asked, expected).await?;
        Ok(finished.begun_for(login.login_parameters.apis()))
    }
}

impl fmt::Debug for ReceivedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedCode").field("redirect_uri", &self.redirect_uri).finish_non_exhaustive()
    }
}

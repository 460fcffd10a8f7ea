use std::time::Duration;

use super::ClientBuilder;
use super::endpoints::{Endpoints, IssuerGiven, JwksUriGiven};
use crate::client::Client;
use crate::discovery::IntoServerDiscovery;
use crate::error::{Error, Result};
use crate::oidc::LogoutTokenVerifier;

/// How the server signs what it sends to the client.
impl<Id, Authentication, Token, E> ClientBuilder<Id, Authentication, Token, E> {
    /// How the client's ID tokens are signed, by its registration (RFC 7591, OpenID Connect Registration §2): no other
    /// algorithm is accepted then. `HS256` and its like, which are checked with the client secret, are accepted only if named.
    ///
    /// Without it: every algorithm with a public key that the metadata announces.
    pub fn id_token_signed_response_alg(mut self, algorithm: impl Into<String>) -> Self {
        self.parts.server.signed_messages.id_token_signed_response_alg = Some(algorithm.into());
        self
    }

    /// How the client's authorization responses are signed where it asks for signed ones, by its registration (JARM §3): no
    /// other algorithm is accepted then. `HS256` and its like, which are checked with the client secret, are accepted only if
    /// named.
    ///
    /// Without it: every algorithm with a public key that this crate knows.
    pub fn authorization_signed_response_alg(mut self, algorithm: impl Into<String>) -> Self {
        self.parts.server.signed_messages.authorization_signed_response_alg = Some(algorithm.into());
        self
    }

    /// How answers of the userinfo endpoint are signed, by the client's registration (OpenID Connect Registration §2): one that is
    /// not, or otherwise, is refused. `HS256` and its like are checked with the client secret.
    ///
    /// Without it: an answer may be plain, or signed by every algorithm with a public key that this crate knows.
    pub fn userinfo_signed_response_alg(mut self, algorithm: impl Into<String>) -> Self {
        self.parts.server.signed_messages.userinfo_signed_response_alg = Some(algorithm.into());
        self
    }

    /// Has the issuer's metadata asked for its `jwks_uri` when its keys are first needed, for a client whose endpoints are given
    /// by hand: nothing is sent before a person has logged in. It takes an issuer, or what
    /// [`discover`](ClientBuilder::discover) takes.
    ///
    /// ```
    /// use grantkit::prelude::*;
    ///
    /// let client = Client::builder()
    ///     .client_id("app")
    ///     .client_secret_basic("s3cret")
    ///     .issuer("https://as.example")?
    ///     .discover_jwks_uri("https://as.example")
    ///     .token_endpoint("https://as.example/token")?
    ///     .authorization_endpoint("https://as.example/authorize")?
    ///     .build();
    /// let login = client.authorization_code(RedirectUri::new("https://app.example/callback")?).scope("openid");
    /// let (url, pending) = login.start()?;
    /// # let _ = (url, pending);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn discover_jwks_uri(mut self, server: impl IntoServerDiscovery) -> Self {
        self.parts.server.signed_messages.keys_by = Some(server.into_server_discovery());
        self
    }

    /// Accepts ID tokens without the `nonce` that was sent with the login, for a server that never repeats it, as `LinkedIn`. Gives up
    /// that an ID token of another login is known by it (OpenID Connect Core §3.1.3.7, 11); PKCE still binds the code to this one.
    /// A wrong `nonce` is refused all the same.
    pub fn danger_accept_missing_nonce(mut self) -> Self {
        self.parts.server.signed_messages.accepts_missing_nonce = true;
        self
    }

    /// How far the issuer's clock and this machine's may be apart when something that it has signed is checked (ID tokens, logout
    /// tokens, signed answers); 60 s unless set.
    pub fn clock_leeway(mut self, leeway: Duration) -> Self {
        self.parts.server.signed_messages.clock_leeway = Some(leeway);
        self
    }
}

impl<A, D, R, I, U, S, J, B, P, G, L> Client<Endpoints<A, D, R, I, U, S, J, B, P, G, L>> {
    /// What verifies the tokens by which the server tells this client of logouts; clones share the issuer's keys (OpenID
    /// Connect Back-Channel Logout 1.0).
    pub fn logout_token_verifier(&self) -> LogoutTokenVerifier
    where
        S: IssuerGiven,
        J: JwksUriGiven,
    {
        self.core.signed_messages.logout_tokens()
    }
}

impl Client {
    /// What verifies the tokens by which the server tells this client of logouts; see
    /// [`LogoutTokenVerifier`].
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where the metadata has no `jwks_uri`.
    pub fn logout_token_verifier(&self) -> Result<LogoutTokenVerifier> {
        if self.core.server.issuer.is_none() {
            return Err(Error::unsupported(
                "this client was built without `issuer`: call `.issuer(..)?` on its builder",
            ));
        }
        if self.core.server.signed_messages.keys_by.is_none() {
            self.endpoints.required(self.core.server.jwks_uri.as_ref(), "jwks_uri")?;
        }
        Ok(self.core.signed_messages.logout_tokens())
    }
}

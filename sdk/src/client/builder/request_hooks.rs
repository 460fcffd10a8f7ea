use super::ClientBuilder;
use crate::authorize::{AuthorizationHook, AuthorizationRequest, AuthorizationResponse, Prompt, ResponseHook};
use crate::error::Result;
use crate::fingerprint::FunctionIdentity;
use crate::wire::{EndpointRequest, RequestHook};

/// Requests to other endpoints than the token endpoint, where a server is not quite as the standards have it.
impl<Id, Authentication, Token, E> ClientBuilder<Id, Authentication, Token, E> {
    /// As [`write_token_request`](Self::write_token_request), for requests to the revocation endpoint (RFC 7009).
    pub fn write_revocation_request(
        mut self,
        identity: impl FunctionIdentity,
        change: impl Fn(&mut EndpointRequest) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.parts.server.hooks.revocation = Some(RequestHook::new(identity, change));
        self
    }

    /// As [`write_token_request`](Self::write_token_request), for requests to the device authorization endpoint (RFC 8628 §3.1).
    pub fn write_device_authorization_request(
        mut self,
        identity: impl FunctionIdentity,
        change: impl Fn(&mut EndpointRequest) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.parts.server.hooks.device_authorization = Some(RequestHook::new(identity, change));
        self
    }

    /// Has this function change each authorization request before the browser gets it or it is pushed, for a server that wants
    /// another one than RFC 6749 §4.1.1 has: scopes with commas between them, a client ID under another name.
    ///
    /// `state`, `nonce` and `dpop_jkt` cannot be changed. `code_challenge` can be removed, for a server that refuses PKCE: that gives up the
    /// protection of a stolen code. A `redirect_uri` that it changes is
    /// the one that the code is exchanged with.
    ///
    /// ```
    /// use grantkit::Client;
    ///
    /// let client = Client::builder()
    ///     .client_id("app")
    ///     .client_secret_post("s3cret")
    ///     .token_endpoint("https://www.strava.com/oauth/token")?
    ///     .authorization_endpoint("https://www.strava.com/oauth/authorize")?
    ///     .write_authorization_request(|request| {
    ///         if let Some(scope) = request.get("scope").map(|scope| scope.replace(' ', ",")) {
    ///             request.set("scope", scope);
    ///         }
    ///         Ok(())
    ///     })
    ///     .build();
    /// # Ok::<(), grantkit::Error>(())
    /// ```
    pub fn write_authorization_request(
        mut self,
        change: impl Fn(&mut AuthorizationRequest) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.parts.server.hooks.authorization = Some(AuthorizationHook::new(change));
        self
    }

    /// Adds a prompt to each login for which the program names none: for a service that gives a refresh token to a person who consents
    /// anew, and to no other. [`prompt`](crate::AuthorizationCode::prompt) replaces it.
    ///
    /// ```
    /// use grantkit::Client;
    /// use grantkit::authorize::Prompt;
    ///
    /// let client = Client::builder()
    ///     .client_id("app")
    ///     .client_secret_post("s3cret")
    ///     .token_endpoint("https://oauth2.googleapis.com/token")?
    ///     .authorization_endpoint("https://accounts.google.com/o/oauth2/v2/auth")?
    ///     .default_prompt(Prompt::Consent)
    ///     .build();
    /// # Ok::<(), grantkit::Error>(())
    /// ```
    pub fn default_prompt(mut self, prompt: Prompt) -> Self {
        let prompts = &mut self.parts.server.default_prompt;
        if !prompts.contains(&prompt) {
            prompts.push(prompt);
        }
        self
    }

    /// Has this function look at each authorization response that belongs to its login, before the code is exchanged: for a server that
    /// signs it in a way of its own, or says with it what later requests need. An error that it returns is that of the login, whose code
    /// is not spent.
    ///
    /// ```
    /// use grantkit::Client;
    ///
    /// let client = Client::builder()
    ///     .client_id("app")
    ///     .client_secret_basic("s3cret")
    ///     .token_endpoint("https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer")?
    ///     .authorization_endpoint("https://appcenter.intuit.com/connect/oauth2")?
    ///     .read_authorization_response(|response| {
    ///         response.keep("realmId"); // the company: `login.token().extra()["realmId"]`
    ///         Ok(())
    ///     })
    ///     .build();
    /// # Ok::<(), grantkit::Error>(())
    /// ```
    pub fn read_authorization_response(
        mut self,
        read: impl Fn(&mut AuthorizationResponse) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.parts.server.hooks.authorization_response = Some(ResponseHook::new(read));
        self
    }
}

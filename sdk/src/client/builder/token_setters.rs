use http::{HeaderName, HeaderValue};

use super::ClientBuilder;
use crate::error::Result;
use crate::wire::{AnswerHook, EndpointRequest, RequestHook, TokenAnswer};

/// Token requests and their answers, where a server is not quite as RFC 6749 has it.
impl<Id, Authentication, Token, E> ClientBuilder<Id, Authentication, Token, E> {
    /// Sets a function that rewrites each answer of the token endpoint into the form of RFC 6749 §5, before it is read.
    ///
    /// It sees the JSON object, the status and the headers, of errors too. `name` is a part of the identity of the client's tokens:
    /// give another name to a function that does something else. An error that it returns is the request's, with the answer's
    /// tokens struck out of its text.
    ///
    /// ```
    /// use grantkit::Client;
    ///
    /// let client = Client::builder()
    ///     .client_id("app")
    ///     .client_secret_basic("s3cret")
    ///     .token_endpoint("https://slack.com/api/oauth.v2.access")?
    ///     .read_token_answer("slack-user", |answer| {
    ///         // Slack has a user's token beside that of the app.
    ///         if let Some(serde_json::Value::Object(user)) = answer.remove("authed_user") {
    ///             answer.members_mut().extend(user);
    ///             answer.insert("token_type", "Bearer");
    ///         }
    ///         Ok(())
    ///     })
    ///     .build();
    /// # Ok::<(), grantkit::Error>(())
    /// ```
    pub fn read_token_answer(
        mut self,
        name: impl Into<String>,
        change: impl Fn(&mut TokenAnswer) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.parts.issuer.tokens.rules.hook = Some(AnswerHook::new(name, change));
        self
    }

    /// Has this function change each request to the token endpoint before it is sent, for a server that wants another one than RFC
    /// 6749 has: parameters with other names, JSON instead of a form.
    ///
    /// It sees the request with the client's authentication, once for each time that it is sent. `name` is a part of the identity of
    /// the client's tokens: give another name to a function that does something else. An error that it returns is the request's.
    ///
    /// ```
    /// use grantkit::Client;
    ///
    /// let client = Client::builder()
    ///     .client_id("app")
    ///     .client_secret_post("s3cret")
    ///     .token_endpoint("https://open.tiktokapis.com/v2/oauth/token/")?
    ///     .write_token_request("client_key", |request| {
    ///         request.rename("client_id", "client_key");
    ///         Ok(())
    ///     })
    ///     .build();
    /// # Ok::<(), grantkit::Error>(())
    /// ```
    pub fn write_token_request(
        mut self,
        name: impl Into<String>,
        change: impl Fn(&mut EndpointRequest) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.parts.issuer.tokens.hook = Some(RequestHook::new(name, change));
        self
    }

    /// Accepts a token with this `token_type` as a bearer token, without regard to case; may be repeated. Gives up that a token
    /// of a kind that this crate does not know is never sent (RFC 6749 §7.1).
    pub fn danger_accept_token_type(mut self, token_type: impl Into<String>) -> Self {
        self.parts.issuer.tokens.rules.token_types.accept(token_type);
        self
    }

    /// Accepts a token without a `token_type` as a bearer token. Gives up that the server has to say what it issued (RFC 6749
    /// §5.1).
    pub fn danger_accept_missing_token_type(mut self) -> Self {
        self.parts.issuer.tokens.rules.token_types.accept_missing();
        self
    }

    /// Sets the endpoint for refresh tokens, for a server with a separate one; the token endpoint unless set.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where it is no URL that an endpoint may have.
    pub fn refresh_endpoint(mut self, url: &str) -> Result<Self> {
        self.parts.issuer.tokens.refresh_endpoint = Some(self.parts.url("refresh endpoint", url)?);
        Ok(self)
    }

    /// Refreshes the token of each new login as soon as it is there, for a server whose first token lives shortly and is exchanged for one
    /// that lasts, as Facebook's: a login that nobody uses for an hour would be lost otherwise. Where that fails, the login has its first
    /// token, and the next refresh tries it again.
    pub fn refresh_new_logins(mut self) -> Self {
        self.parts.issuer.tokens.refreshes_new_logins = true;
        self
    }

    /// Sends the scope of a login again with each of its refreshes, for a server that wants to see it: what was granted, or what was
    /// asked for where the server named nothing else. It is left out unless this is set (RFC 6749 §6); a refresh that asks for
    /// less says so in any case.
    ///
    /// ```
    /// use grantkit::Client;
    ///
    /// let client = Client::builder()
    ///     .client_id("app")
    ///     .client_secret_post("s3cret")
    ///     .token_endpoint("https://api.prod.whoop.com/oauth/oauth2/token")?
    ///     .refresh_with_scope()
    ///     .build();
    /// # Ok::<(), grantkit::Error>(())
    /// ```
    pub fn refresh_with_scope(mut self) -> Self {
        self.parts.issuer.tokens.repeats_scope = true;
        self
    }

    /// Sends this header with each token request; a single grant has its own `header`. It is part of the identity of the client's tokens, and treated as a secret. A header
    /// that the SDK sets itself, such as `Authorization`, is an error of the first request.
    pub fn token_request_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.parts.issuer.tokens.headers.insert(name, value);
        self
    }
}

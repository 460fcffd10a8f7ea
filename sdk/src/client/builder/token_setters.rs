use http::{HeaderName, HeaderValue};

use super::ClientBuilder;
use crate::error::Result;
use crate::fingerprint::{Fingerprint, FunctionIdentity};
use crate::wire::{AnswerHook, EndpointRequest, RequestHook, TokenAnswer};

/// Token requests and their answers, where a server is not quite as RFC 6749 has it.
impl<Id, Authentication, Token, E> ClientBuilder<Id, Authentication, Token, E> {
    /// Sets a function that rewrites each answer of the token endpoint into the form of RFC 6749 §5, before it is read.
    ///
    /// It sees the JSON object, the status and the headers, of errors too. `identity` is a part of that of the client's tokens, and tells
    /// the function from every other: a name where it captures nothing, else a [`Fingerprint`](crate::credentials::Fingerprint). An error
    /// that it returns is the request's, with the answer's tokens struck out of its text; the `refresh_token` of an answer of success that it
    /// refuses so is kept all the same, as it leaves it, since the one that was sent is spent: remove it where it is another login's.
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
        identity: impl FunctionIdentity,
        change: impl Fn(&mut TokenAnswer) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.parts.server.tokens.rules.hook = Some(AnswerHook::new(identity, change));
        self
    }

    /// Has this function change each request to the token endpoint before it is sent, for a server that wants another one than RFC
    /// 6749 has: parameters with other names, JSON instead of a form.
    ///
    /// It sees the request with the client's authentication, once for each time that it is sent. `identity` is a part of that of
    /// the client's tokens, as for [`read_token_answer`](Self::read_token_answer). An error that it returns is the request's.
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
        identity: impl FunctionIdentity,
        change: impl Fn(&mut EndpointRequest) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.parts.server.tokens.hook = Some(RequestHook::new(identity, change));
        self
    }

    /// Accepts a token with this `token_type` as a bearer token, without regard to case; may be repeated. Gives up that a token
    /// of a kind that this crate does not know is never sent (RFC 6749 §7.1).
    pub fn danger_accept_token_type(mut self, token_type: impl Into<String>) -> Self {
        self.parts.server.tokens.rules.token_types.accept(token_type);
        self
    }

    /// Accepts a token without a `token_type` as a bearer token. Gives up that the server has to say what it issued (RFC 6749
    /// §5.1).
    pub fn danger_accept_missing_token_type(mut self) -> Self {
        self.parts.server.tokens.rules.token_types.accept_missing();
        self
    }

    /// Sets the endpoint for refresh tokens, for a server with a separate one; the token endpoint unless set.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where it is no URL that an endpoint may have.
    pub fn refresh_endpoint(mut self, url: &str) -> Result<Self> {
        self.parts.server.tokens.refresh_endpoint = Some(self.parts.url("refresh endpoint", url)?);
        Ok(self)
    }

    /// Refreshes the token of each new login as soon as it is there, for a server whose first token lives shortly and is exchanged for one
    /// that lasts, as Facebook's: a login that is not used for an hour would be lost otherwise. Where that fails, the login has its first
    /// token, and the next refresh tries it again; also where only the answer was lost, whatever
    /// [`with_after_lost_response`](crate::credentials::RefreshPolicy::with_after_lost_response) says, which no login has yet.
    pub fn refresh_new_logins(mut self) -> Self {
        self.parts.server.tokens.refreshes_new_logins = true;
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
        self.parts.server.tokens.repeats_scope = true;
        self
    }

    /// States what else the client's tokens and stored logins belong to, in addition to what its requests say: those of a client with another
    /// part are others. For a tenant or an organization that a login is asked for, and that its refreshes do not name. Nothing of it is
    /// sent; may be repeated.
    ///
    /// ```
    /// use grantkit::Client;
    /// use grantkit::credentials::Fingerprint;
    ///
    /// # fn example(organization: &str) -> grantkit::Result<()> {
    /// let client = Client::builder()
    ///     .client_id("app")
    ///     .client_secret_basic("s3cret")
    ///     .token_endpoint("https://as.example/token")?
    ///     .identity_part(Fingerprint::new("organization", organization))
    ///     .build();
    /// # Ok(())
    /// # }
    /// ```
    pub fn identity_part(mut self, part: Fingerprint) -> Self {
        let stated = &mut self.parts.server.tokens.stated;
        *stated = Some(stated.take().unwrap_or_default().part("part", part));
        self
    }

    /// Sends this header with each token request; a single grant has its own `header`. It is part of the identity of the client's tokens,
    /// and treated as a secret. A header that the SDK sets itself, such as `Authorization`, is an error of the first request.
    pub fn token_request_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.parts.server.tokens.headers.insert(name, value);
        self
    }
}

use std::sync::Arc;

use async_trait::async_trait;

use super::security_token::check;
use super::{Grant, RequestParameters, SecurityToken, TokenEndpoint, request_parameter_methods};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::token::{ExchangedToken, OAuthToken, RefreshToken, TokenTypeIdentifier};
use crate::transport::Repeat;
use crate::wire::Form;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const SUBJECT: [&str; 2] = ["subject_token", "subject_token_type"];
const ACTOR: [&str; 2] = ["actor_token", "actor_token_type"];

/// Token exchange: a token for another one (RFC 8693), as for calling the next service on behalf of a user.
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit::grant::SecurityToken;
///
/// # async fn example(of_the_user: &OAuthToken, own: Credentials) -> Result<()> {
/// let client = Client::builder()
///     .client_id("orders")
///     .client_secret_basic("s3cret")
///     .token_endpoint("https://as.example/token")?
///     .build();
/// let token = client
///     .token_exchange(of_the_user)
///     .actor(own)
///     .audience("billing")
///     .scope("read:invoices")
///     .get_token()
///     .await?;
/// # Ok(())
/// # }
/// ```
///
/// Its credentials repeat the exchange for as long as the subject's token is valid; then their errors [need a login](Error::needs_login),
/// or are those of the server. With credentials as the subject they last as long as those.
#[derive(Clone, Debug)]
#[must_use = "call `.credentials(..)` for a handle that keeps a token, or `.get_token()` or `.exchange()` for one token"]
pub struct TokenExchange {
    endpoint: TokenEndpoint,
    subject: SecurityToken,
    actor: Option<SecurityToken>,
    requested_token_type: Option<TokenTypeIdentifier>,
    /// The audience of a token that comes from a source.
    audience: String,
    parameters: RequestParameters,
}

impl TokenExchange {
    pub(crate) fn new(endpoint: TokenEndpoint, subject: SecurityToken, audience: String) -> Self {
        let parameters = RequestParameters::default();
        Self { endpoint, subject, actor: None, requested_token_type: None, audience, parameters }
    }

    /// Sets the actor, which acts for the subject (`actor_token`).
    pub fn actor(mut self, actor: impl Into<SecurityToken>) -> Self {
        self.actor = Some(actor.into());
        self
    }

    /// Sets the type of token to issue (`requested_token_type`); the server chooses unless set.
    pub fn requested_token_type(mut self, token_type: impl Into<TokenTypeIdentifier>) -> Self {
        self.requested_token_type = Some(token_type.into());
        self
    }

    /// The same with these parameters alone.
    pub(super) fn with_parameters(self, parameters: RequestParameters) -> Self {
        Self { parameters, ..self }
    }

    request_parameter_methods!();

    /// Requests one access token now, without the cache.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where a token of another kind is issued: see
    /// [`exchange`](Self::exchange). Or the error of the server or the network.
    pub async fn get_token(&self) -> Result<OAuthToken> {
        self.exchange().await?.into_access_token()
    }

    /// Requests one token of any type now, without the cache.
    ///
    /// # Errors
    ///
    /// The error of the server or the network. [Needs a login](Error::needs_login) if it was rejected and the subject's
    /// token is known to have expired.
    pub async fn exchange(&self) -> Result<ExchangedToken> {
        let mut form = Form::new();
        let time = self.endpoint.time();
        form.push("grant_type", GRANT_TYPE);
        self.subject.push(SUBJECT, &self.audience, time, &mut form).await?;
        if let Some(actor) = &self.actor {
            actor.push(ACTOR, &self.audience, time, &mut form).await?;
        }
        if let Some(token_type) = &self.requested_token_type {
            check(token_type)?;
            form.push("requested_token_type", token_type.as_str());
        }
        self.parameters.append_to(&mut form)?;
        let spends = self.parties().any(SecurityToken::may_be_spent);
        let repeat = if spends { Repeat::Never } else { Repeat::AfterLoss };
        self.endpoint.request_exchanged(form, repeat).await.map_err(|error| self.explain(error))
    }

    fn parties(&self) -> impl Iterator<Item = &SecurityToken> {
        std::iter::once(&self.subject).chain(&self.actor)
    }

    /// Whatever is wrong with a token is an `invalid_request` (RFC 8693 §2.2.2), or `invalid_grant` with some servers.
    fn explain(&self, error: Error) -> Error {
        let is_refusal = matches!(error.oauth_code(), Some("invalid_request" | "invalid_grant"));
        if is_refusal && self.parties().any(SecurityToken::has_expired) {
            return Error::login_required("the token that was to be exchanged has expired: exchange a new one")
                .with_source(error);
        }
        error
    }
}

#[async_trait]
impl Grant for TokenExchange {
    async fn get_token(&self) -> Result<OAuthToken> {
        self.get_token().await
    }

    async fn refresh(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.endpoint.refresh(refresh_token, &self.parameters.without_scopes()).await
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { endpoint, subject, actor, requested_token_type, audience, parameters } = self;
        let mut builder = Fingerprint::builder()
            .parameter("grant_type", GRANT_TYPE)
            .part("endpoint", endpoint.fingerprint())
            .part("subject", subject.fingerprint(audience))
            .part("parameters", parameters.fingerprint());
        if let Some(actor) = actor {
            builder = builder.part("actor", actor.fingerprint(audience));
        }
        if let Some(token_type) = requested_token_type {
            builder = builder.parameter("requested_token_type", token_type.as_str());
        }
        builder.build()
    }

    fn with_scopes(&self, scopes: &[&str]) -> Option<Arc<dyn Grant>> {
        Some(Arc::new(Self { parameters: self.parameters.with_scopes(scopes), ..self.clone() }))
    }

    fn endpoint(&self) -> &TokenEndpoint {
        &self.endpoint
    }
}

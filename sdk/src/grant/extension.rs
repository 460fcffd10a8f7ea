use async_trait::async_trait;
use url::Url;

use super::{Grant, RequestParameters, TokenEndpoint, request_parameter_methods};
use crate::error::{Error, Result};
use crate::fingerprint::{Fingerprint, FunctionIdentity, Numbered};
use crate::token::{OAuthToken, RefreshToken};
use crate::transport::Repeat;
use crate::wire::{AnswerHook, Form, TokenAnswer};

/// Any other grant, by its `grant_type` (RFC 6749 §4.5).
///
/// ```no_run
/// use grantkit::prelude::*;
///
/// # async fn example(code: &str) -> Result<()> {
/// let client = Client::builder()
///     .client_id("billing")
///     .client_secret_basic("s3cret")
///     .token_endpoint("https://as.example/token")?
///     .build();
/// let token = client
///     .extension_grant("http://auth0.com/oauth/grant-type/passwordless/otp")
///     .parameter("realm", "email")
///     .parameter("username", "alice@example.com")
///     .secret_parameter("otp", code)
///     .get_token()
///     .await?;
/// # Ok(())
/// # }
/// ```
///
/// Its credentials use the refresh token if the answer had one, and repeat the grant otherwise.
#[derive(Clone, Debug)]
#[must_use = "call `.credentials(..)` for a handle that keeps a token, or `.get_token()` for one token"]
pub struct ExtensionGrant {
    endpoint: TokenEndpoint,
    grant_type: String,
    secrets: Form,
    parameters: RequestParameters,
    repeat: Repeat,
}

impl ExtensionGrant {
    pub(crate) fn new(endpoint: TokenEndpoint, grant_type: String) -> Self {
        let parameters = RequestParameters::default();
        Self { endpoint, grant_type, secrets: Form::new(), parameters, repeat: Repeat::Never }
    }

    request_parameter_methods!();

    /// Adds a secret parameter: no error shows it, not even if the server quotes it.
    pub fn secret_parameter(mut self, name: impl Into<String>, value: &str) -> Self {
        self.secrets.push_secret(name.into(), value);
        self
    }

    /// Declares the request idempotent: it spends nothing single-use, so that it may be sent again where the server said
    /// that it did nothing: 429 and 503 with `Retry-After`.
    pub fn repeatable(mut self) -> Self {
        self.repeat = Repeat::WhenRefused;
        self
    }

    /// Sets a function that rewrites each answer before it is read, in place of the client's: see
    /// [`ClientBuilder::read_token_answer`](crate::client::ClientBuilder::read_token_answer).
    pub fn read_token_answer(
        mut self,
        identity: impl FunctionIdentity,
        change: impl Fn(&mut TokenAnswer) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.endpoint = self.endpoint.with_hook(AnswerHook::new(identity, change));
        self
    }

    /// Requests one token now, without the cache.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if the `grant_type` is neither a name nor an absolute URI; or the error of the
    /// server or the network.
    pub async fn get_token(&self) -> Result<OAuthToken> {
        self.check()?;
        let mut form = Form::new();
        form.push("grant_type", &*self.grant_type);
        for (name, value, _) in self.secrets.iter() {
            form.push_secret(name.to_owned(), value);
        }
        self.parameters.append_to(&mut form)?;
        self.endpoint.request(form, self.repeat).await
    }

    fn check(&self) -> Result<()> {
        // RFC 6749 appendix A.10.
        let is_name_char = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        let is_name = !self.grant_type.is_empty() && self.grant_type.chars().all(is_name_char);
        if !is_name && Url::parse(&self.grant_type).is_err() {
            return Err(Error::configuration(format!(
                "{:?} is not a grant type: one is a name or an absolute URI (RFC 6749 §4.5)",
                self.grant_type
            )));
        }
        let is_of_the_sdk = |name: &str| {
            matches!(
                name,
                "grant_type" | "client_id" | "client_secret" | "client_assertion" | "client_assertion_type" | "scope"
            )
        };
        match self.secrets.iter().find(|(name, ..)| is_of_the_sdk(name)) {
            Some((name, ..)) => {
                Err(Error::configuration(format!("the parameter `{name}` is set by the SDK, from what the client is")))
            }
            None => Ok(()),
        }
    }
}

#[async_trait]
impl Grant for ExtensionGrant {
    async fn get_token(&self) -> Result<OAuthToken> {
        self.get_token().await
    }

    async fn refresh(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.endpoint.refresh(refresh_token, &self.parameters.without_scopes()).await
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { endpoint, grant_type, secrets, parameters, repeat: _ } = self;
        // As a part of its own: a parameter that is called like something else of the key is not taken for it.
        let mut numbered = Numbered::default();
        let hidden = secrets
            .iter()
            .fold(Fingerprint::builder(), |all, (name, value, _)| all.guessable_secret(numbered.next(name), value));
        Fingerprint::builder()
            .parameter("grant_type", grant_type)
            .part("endpoint", endpoint.fingerprint())
            .part("secrets", hidden.build())
            .part("parameters", parameters.fingerprint())
            .build()
    }

    fn endpoint(&self) -> &TokenEndpoint {
        &self.endpoint
    }
}

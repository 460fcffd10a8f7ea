use std::sync::Arc;

use async_trait::async_trait;

use super::{Grant, RequestParameters, TokenEndpoint, request_parameter_methods};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::token::OAuthToken;
use crate::transport::Repeat;
use crate::wire::Form;

/// The client-credentials grant: a token for the client itself (RFC 6749 §4.4).
///
/// ```
/// use grantkit::prelude::*;
///
/// struct Billing {
///     token: grantkit::grant::ClientCredentials, // nothing generic to name
/// }
///
/// let client = Client::builder()
///     .client_id("billing")
///     .client_secret_basic("s3cret")
///     .token_endpoint("https://as.example/token")?
///     .build();
/// let billing = Billing { token: client.client_credentials().scope("read:invoices") };
/// let credentials = billing.token.credentials("billing");
/// # Ok::<(), grantkit::Error>(())
/// ```
///
/// One token for all processes of a fleet:
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::store::TokenStore;
///
/// fn billing(client: &Client, store: impl TokenStore) -> Credentials {
///     client.client_credentials().scope("read:invoices").credentials_in(store, "billing")
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use = "call `.credentials(..)` for a handle that keeps a token, or `.get_token()` for one token"]
pub struct ClientCredentials {
    endpoint: TokenEndpoint,
    parameters: RequestParameters,
}

impl ClientCredentials {
    pub(crate) fn new(endpoint: TokenEndpoint) -> Self {
        Self { endpoint, parameters: RequestParameters::default() }
    }

    request_parameter_methods!();

    /// Requests one token now, without the cache.
    ///
    /// # Errors
    ///
    /// The error of the server or the network.
    pub async fn get_token(&self) -> Result<OAuthToken> {
        let mut form = Form::new();
        form.push("grant_type", "client_credentials");
        self.parameters.append_to(&mut form)?;
        // It spends nothing, so it may be repeated.
        self.endpoint.request(form, Repeat::AfterLoss).await
    }
}

#[async_trait]
impl Grant for ClientCredentials {
    async fn get_token(&self) -> Result<OAuthToken> {
        self.get_token().await
    }

    // No refresh token should come with it (RFC 6749 §4.4.3), and to ask again takes as much.

    fn fingerprint(&self) -> Fingerprint {
        let Self { endpoint, parameters } = self;
        let builder = Fingerprint::builder().parameter("grant_type", "client_credentials");
        builder.part("endpoint", endpoint.fingerprint()).part("parameters", parameters.fingerprint()).build()
    }

    fn with_scopes(&self, scopes: &[&str]) -> Option<Arc<dyn Grant>> {
        Some(Arc::new(Self { parameters: self.parameters.with_scopes(scopes), ..self.clone() }))
    }

    fn endpoint(&self) -> &TokenEndpoint {
        &self.endpoint
    }
}

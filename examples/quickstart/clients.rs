//! The three shapes of a client.

use grantkit::prelude::*;
use grantkit_providers::OAuth2;
use grantkit_testkit::AuthorizationServer;
use serde::Deserialize;

/// 1. A provider picked by name, configured at run time.
#[derive(OAuthClient)]
#[oauth(provider = "oauth2", scopes("read:invoices"))]
pub(crate) struct Billing {
    client: ProviderClient,
}

/// 2. A provider picked by type: the fields are its configuration, checked by the compiler.
#[derive(OAuthClient)]
#[oauth(provider = OAuth2, name = "reports")]
pub(crate) struct Reports {
    token_endpoint: String,
    client_id: String,
    client_secret: SecretString,
}

/// 3. By hand: whatever it takes to get a token.
#[derive(Clone)]
pub(crate) struct Partner {
    grant: grantkit::grant::ClientCredentials,
}

#[async_trait]
impl OAuthClient for Partner {
    fn name(&self) -> &'static str {
        "partner"
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.grant.get_token().await
    }

    /// What tells two partners apart.
    fn fingerprint(&self) -> grantkit::credentials::Fingerprint {
        self.grant.identity()
    }
}

impl Billing {
    pub(crate) fn at(server: &AuthorizationServer) -> Result<Self> {
        // `Billing::from_env()` would read BILLING_TOKEN_ENDPOINT, BILLING_CLIENT_ID and BILLING_CLIENT_SECRET.
        Self::from_settings(
            ProviderSettings::new()
                .with("token_endpoint", server.token_endpoint())
                .with("client_id", "billing")
                .with("client_secret", "s3cret"),
        )
    }
}

impl Reports {
    pub(crate) fn at(server: &AuthorizationServer) -> Self {
        Self { token_endpoint: server.token_endpoint(), client_id: "reports".into(), client_secret: "s3cret".into() }
    }
}

impl Partner {
    pub(crate) fn at(server: &AuthorizationServer) -> Result<Self> {
        let client = Client::builder()
            .client_id("partner")
            .client_secret_post("s3cret")
            .token_endpoint(&server.token_endpoint())?
            .build();
        Ok(Self { grant: client.client_credentials() })
    }
}

/// What the API answers with.
#[derive(Debug, Deserialize)]
pub(crate) struct Invoice {
    pub(crate) id: String,
    pub(crate) amount_cents: u64,
    pub(crate) currency: String,
}

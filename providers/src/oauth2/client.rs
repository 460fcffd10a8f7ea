use async_trait::async_trait;
use grantkit::{Client, ClientCredentials, Fingerprint, OAuthClient, OAuthToken, Provider, Result, Transport};

use super::OAuth2;
use super::authentication::Authentication;

/// What is asked for, and for whom.
pub(super) struct Wanted {
    pub(super) client_id: String,
    pub(super) scopes: Vec<String>,
    pub(super) audience: Option<String>,
    pub(super) resource: Option<String>,
}

impl Wanted {
    pub(super) fn asked_of(&self, grant: ClientCredentials) -> ClientCredentials {
        let grant = grant.scopes(self.scopes.clone()).audiences(self.audience.clone());
        self.resource.iter().cloned().fold(grant, ClientCredentials::resource)
    }
}

/// Finds the server by its issuer whenever it wants a token; the SDK keeps the metadata for as long as the server says.
pub(super) struct Discovering {
    issuer: String,
    wanted: Wanted,
    authentication: Authentication,
    transport: Option<Transport>,
    fingerprint: Fingerprint,
}

impl Discovering {
    pub(super) fn new(
        issuer: String,
        wanted: Wanted,
        authentication: Authentication,
        transport: Option<Transport>,
    ) -> Result<Self> {
        // Said now what could only be wrong with the first token.
        let _ = Client::builder().issuer(&issuer)?;
        let fingerprint = Fingerprint::builder()
            .parameter("issuer", &issuer)
            .parameter("client_id", &wanted.client_id)
            .parameter("scope", wanted.scopes.join(" "));
        let named = |name: &'static str, value: &Option<String>| value.clone().map(|value| (name, value));
        let further = [named("audience", &wanted.audience), named("resource", &wanted.resource)];
        let fingerprint =
            further.into_iter().flatten().fold(fingerprint, |print, (name, value)| print.parameter(name, value));
        Ok(Self { issuer, wanted, authentication, transport, fingerprint: fingerprint.finish() })
    }
}

#[async_trait]
impl OAuthClient for Discovering {
    fn name(&self) -> &str {
        OAuth2::NAME
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        let client = self.authentication.builder(&self.wanted.client_id, self.transport.clone());
        let client = client.discover(&self.issuer).await?;
        self.wanted.asked_of(client.client_credentials()).get_token().await
    }

    fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}

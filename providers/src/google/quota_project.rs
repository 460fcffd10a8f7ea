use async_trait::async_trait;
use grantkit::{Fingerprint, OAuthClient, OAuthToken, ProviderClient, RefreshToken, RefreshTokenRotation, Result};

/// A client whose tokens tell which project their use is charged to.
pub(super) struct QuotaProject {
    client: ProviderClient,
    project: String,
}

impl QuotaProject {
    pub(super) fn new(client: ProviderClient, project: String) -> Self {
        Self { client, project }
    }

    fn noted_on(&self, token: OAuthToken) -> OAuthToken {
        token.with_extra("quota_project_id", self.project.as_str())
    }
}

#[async_trait]
impl OAuthClient for QuotaProject {
    fn name(&self) -> &str {
        self.client.name()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.client.get_token().await.map(|token| self.noted_on(token))
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.client.refresh_token(refresh_token).await.map(|token| self.noted_on(token))
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::builder()
            .part("client", self.client.fingerprint())
            .parameter("quota_project_id", &self.project)
            .finish()
    }

    fn refresh_key(&self) -> String {
        self.client.refresh_key()
    }

    fn configured_refresh_token(&self) -> Option<RefreshToken> {
        self.client.configured_refresh_token()
    }

    async fn check_refreshed(&self, token: OAuthToken, subject: Option<&str>) -> Result<OAuthToken> {
        self.client.check_refreshed(token, subject).await
    }

    fn subject(&self, token: &OAuthToken) -> Option<String> {
        self.client.subject(token)
    }

    fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        self.client.refresh_token_rotation()
    }

    fn announces_sending(&self) -> bool {
        self.client.announces_sending()
    }
}

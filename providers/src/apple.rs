//! Apple's client secret: a JWT that the client signs itself (Sign in with Apple, "Creating a client secret").

use std::time::Duration;

use async_trait::async_trait;
use grantkit::Result;
use grantkit::client_auth::{AssertionSource as _, AuthenticationRequest, ClientAuthentication};
use grantkit::credentials::Fingerprint;
use grantkit::grant::JwtAssertion;
use grantkit::keys::{Signer as _, SigningKey};
use secrecy::ExposeSecret as _;

/// The longest that Apple takes is six months; a new one costs nothing.
const LIFETIME: Duration = Duration::from_mins(5);

/// The secret of a client at Apple, made anew for each request.
#[derive(Clone, Debug)]
pub(crate) struct ClientSecret {
    team_id: String,
    issuer: String,
    key: SigningKey,
}

impl ClientSecret {
    /// `issuer` is Apple's, the audience of the secret.
    pub(crate) fn new(team_id: impl Into<String>, issuer: impl Into<String>, key: SigningKey) -> Self {
        Self { team_id: team_id.into(), issuer: issuer.into(), key }
    }
}

#[async_trait]
impl ClientAuthentication for ClientSecret {
    fn method(&self) -> &'static str {
        "client_secret_post"
    }

    fn identity(&self) -> Fingerprint {
        let Self { team_id, issuer, key } = self;
        Fingerprint::builder()
            .parameter("team_id", team_id)
            .parameter("issuer", issuer)
            .part("key", key.identity())
            .build()
    }

    async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> Result<()> {
        let client_id = request.client_id().to_owned();
        let secret = JwtAssertion::new(self.key.clone(), self.team_id.as_str(), client_id.as_str()).lifetime(LIFETIME);
        let secret = secret.assertion(&self.issuer).await?;
        request.parameter("client_id", client_id);
        request.secret_parameter("client_secret", secret.expose_secret());
        Ok(())
    }
}

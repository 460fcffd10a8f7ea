use std::sync::Arc;

use async_trait::async_trait;

use super::WebLoginBuilder;
use super::backchannel_logout::{Logout, LogoutTokens};
use crate::error::Result;
use crate::oidc::LogoutTokenVerifier;

impl WebLoginBuilder {
    /// Accepts back-channel logout requests, as by `client.logout_token_verifier()?` (OpenID Connect Back-Channel Logout 1.0): register
    /// the address of the route `backchannel-logout`, which is beside the callback, as the client's `backchannel_logout_uri`.
    ///
    /// The sessions of that `sid`, or of that user of that issuer, end, and each logout token counts once; the store of the sessions, or
    /// else of the tokens, keeps it for as long as a session may last, and is asked with each request. Tokens stay: what the server has not
    /// revoked goes on.
    pub fn backchannel_logout(mut self, tokens: LogoutTokenVerifier) -> Self {
        self.logout_tokens = Some(Arc::new(tokens));
        self
    }
}

#[async_trait]
impl LogoutTokens for LogoutTokenVerifier {
    async fn verify(&self, token: &str) -> Result<Logout> {
        let logout = LogoutTokenVerifier::verify(self, token).await?;
        Ok(Logout {
            issuer: logout.issuer().to_owned(),
            subject: logout.subject().map(str::to_owned),
            sid: logout.session().map(str::to_owned),
            id: logout.id().to_owned(),
        })
    }
}

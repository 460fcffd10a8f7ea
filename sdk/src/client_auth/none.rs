use async_trait::async_trait;

use super::{AuthenticationRequest, ClientAuthentication};
use crate::error::Result;
use crate::fingerprint::Fingerprint;

/// `none`: a public client, which only says its name (RFC 6749 §3.2.1).
#[derive(Debug)]
pub(crate) struct NoAuthentication;

#[async_trait]
impl ClientAuthentication for NoAuthentication {
    fn method(&self) -> &'static str {
        "none"
    }

    fn identity(&self) -> Fingerprint {
        let Self = self;
        Fingerprint::builder().build()
    }

    async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> Result<()> {
        request.form.push("client_id", request.client_id);
        Ok(())
    }
}

use std::sync::Arc;

use async_trait::async_trait;
use http::HeaderMap;

use super::ClientAuthentication;
use super::assertion::{self, AssertionTerms, JWT_BEARER};
use crate::error::Result;
use crate::fingerprint::FingerprintBuilder;
use crate::jose::{self, Signer};
use crate::wire::Form;

/// `private_key_jwt`: an assertion signed with a key whose public half the server knows (OpenID Connect Core §9).
#[derive(Debug)]
pub(crate) struct PrivateKeyJwt {
    pub(crate) signer: Arc<dyn Signer>,
    pub(crate) terms: AssertionTerms,
}

#[async_trait]
impl ClientAuthentication for PrivateKeyJwt {
    fn method(&self) -> &'static str {
        "private_key_jwt"
    }

    async fn authenticate(&self, client_id: &str, form: &mut Form, _: &mut HeaderMap) -> Result<()> {
        let claims = self.terms.claims(client_id)?;
        let assertion = jose::sign(&*self.signer, self.terms.typ(), &claims).await?;
        assertion::push(form, client_id, &assertion, JWT_BEARER);
        Ok(())
    }

    fn fingerprint(&self, fingerprint: FingerprintBuilder) -> FingerprintBuilder {
        match (self.signer.thumbprint(), self.signer.key_id()) {
            (Some(thumbprint), _) => fingerprint.parameter("jkt", thumbprint),
            (None, Some(key_id)) => fingerprint.parameter("kid", key_id),
            (None, None) => fingerprint,
        }
    }
}

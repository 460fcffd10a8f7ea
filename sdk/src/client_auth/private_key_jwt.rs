use async_trait::async_trait;

use super::assertion::{self, AssertionTerms, JWT_BEARER};
use super::{AuthenticationRequest, ClientAuthentication};
use crate::error::Result;
use crate::fingerprint::{Fingerprint, Identified};
use crate::keys::{self, Signer};

/// `private_key_jwt`: an assertion signed with a key whose public half the server knows (OpenID Connect Core §9).
#[derive(Debug)]
pub(crate) struct PrivateKeyJwt {
    pub(crate) signer: Identified<dyn Signer>,
    pub(crate) terms: AssertionTerms,
}

#[async_trait]
impl ClientAuthentication for PrivateKeyJwt {
    fn method(&self) -> &'static str {
        "private_key_jwt"
    }

    fn identity(&self) -> Fingerprint {
        let Self { signer, terms } = self;
        keys::signer_identity(signer).part("terms", terms.identity()).build()
    }

    async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> Result<()> {
        let claims = self.terms.claims(request.client_id, request.endpoint)?;
        let assertion = keys::sign(&*self.signer, self.terms.typ(), &claims).await?;
        assertion::push(request, &assertion, JWT_BEARER);
        Ok(())
    }
}

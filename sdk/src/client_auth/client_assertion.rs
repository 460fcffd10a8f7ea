use async_trait::async_trait;
use secrecy::ExposeSecret;

use super::assertion::{self, AssertionTerms};
use super::{AssertionSource, AuthenticationRequest, ClientAuthentication};
use crate::error::{Error, Result};
use crate::fingerprint::{Fingerprint, Identified};

/// An assertion about the client by a third party: the platform that it runs on (RFC 7521 §4.2).
#[derive(Debug)]
pub(crate) struct ClientAssertion {
    pub(crate) source: Identified<dyn AssertionSource>,
    pub(crate) terms: AssertionTerms,
}

#[async_trait]
impl ClientAuthentication for ClientAssertion {
    /// The method that a server checks such a JWT by; no other name is registered.
    fn method(&self) -> &'static str {
        "private_key_jwt"
    }

    fn identity(&self) -> Fingerprint {
        let Self { source, terms } = self;
        Fingerprint::builder().part("source", source.identity()).part("terms", terms.identity()).build()
    }

    async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> Result<()> {
        let assertion = self.source.assertion(self.terms.audience(request.endpoint)).await?;
        if assertion.expose_secret().is_empty() {
            return Err(Error::configuration("the client assertion that was given is empty"));
        }
        assertion::push(request, assertion.expose_secret(), self.source.assertion_type());
        Ok(())
    }
}

use std::sync::Arc;

use async_trait::async_trait;
use http::HeaderMap;
use secrecy::ExposeSecret;

use super::assertion::{self, AssertionTerms};
use super::{AssertionSource, ClientAuthentication};
use crate::error::{Error, Result};
use crate::wire::Form;

/// An assertion that somebody else makes about the client: the platform that it runs on (RFC 7521 §4.2).
#[derive(Debug)]
pub(crate) struct ClientAssertion {
    pub(crate) source: Arc<dyn AssertionSource>,
    pub(crate) terms: AssertionTerms,
}

#[async_trait]
impl ClientAuthentication for ClientAssertion {
    /// The method that a server checks such a JWT by; no other name is registered.
    fn method(&self) -> &'static str {
        "private_key_jwt"
    }

    async fn authenticate(&self, client_id: &str, form: &mut Form, _: &mut HeaderMap) -> Result<()> {
        let assertion = self.source.assertion(self.terms.audience()).await?;
        if assertion.expose_secret().is_empty() {
            return Err(Error::configuration("the client assertion that was given is empty"));
        }
        assertion::push(form, client_id, assertion.expose_secret(), self.source.assertion_type());
        Ok(())
    }
}

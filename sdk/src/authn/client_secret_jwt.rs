use async_trait::async_trait;
use http::HeaderMap;
use secrecy::{ExposeSecret, SecretString};

use super::ClientAuthentication;
use super::assertion::{self, AssertionTerms, JWT_BEARER};
use crate::error::{Error, Result};
use crate::jose::{self, HmacAlgorithm};
use crate::wire::Form;

/// `client_secret_jwt`: an assertion signed with the secret, which itself stays here (OpenID Connect Core §9).
#[derive(Debug)]
pub(crate) struct ClientSecretJwt {
    pub(crate) algorithm: HmacAlgorithm,
    pub(crate) secret: SecretString,
    pub(crate) terms: AssertionTerms,
}

#[async_trait]
impl ClientAuthentication for ClientSecretJwt {
    fn method(&self) -> &'static str {
        "client_secret_jwt"
    }

    fn check(&self) -> Result<()> {
        let shortest = self.algorithm.shortest_secret();
        if self.secret.expose_secret().len() < shortest {
            return Err(Error::configuration(format!(
                "the client secret is too short for client_secret_jwt with {}: it must have {shortest} bytes or more, or it \
                 could be found by trying (RFC 7518 §3.2)",
                self.algorithm
            )));
        }
        Ok(())
    }

    async fn authenticate(&self, client_id: &str, form: &mut Form, _: &mut HeaderMap) -> Result<()> {
        let claims = self.terms.claims(client_id)?;
        let secret = self.secret.expose_secret().as_bytes();
        let assertion = jose::sign_with_secret(self.algorithm, secret, self.terms.typ(), &claims)?;
        assertion::push(form, client_id, &assertion, JWT_BEARER);
        Ok(())
    }

    fn secret(&self) -> Option<&str> {
        Some(self.secret.expose_secret())
    }
}

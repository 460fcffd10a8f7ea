use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};

use super::assertion::{self, AssertionTerms, JWT_BEARER};
use super::{AuthenticationRequest, ClientAuthentication};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::keys::{self, HmacAlgorithm};

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

    fn identity(&self) -> Fingerprint {
        let Self { algorithm, secret, terms } = self;
        let builder = Fingerprint::builder().secret("client_secret", secret.expose_secret());
        builder.parameter("alg", algorithm.name()).part("terms", terms.identity()).build()
    }

    async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> Result<()> {
        let claims = self.terms.claims(request.client_id, request.endpoint)?;
        let secret = self.secret.expose_secret().as_bytes();
        let assertion = keys::sign_with_secret(self.algorithm, secret, self.terms.typ(), &claims)?;
        assertion::push(request, &assertion, JWT_BEARER);
        Ok(())
    }

    fn secret(&self) -> Option<&str> {
        Some(self.secret.expose_secret())
    }
}

use super::super::verifier::LoginIdTokenVerifier;
use super::SignedMessages;
use crate::discovery::ServerMetadata;
use crate::error::{Error, Result};
use crate::keys::{ContentEncryption, EncryptionKey, KeyManagementAlgorithm, KeySetCache};

/// How the server takes encrypted requests, by its metadata (OpenID Connect Discovery 1.0 §3).
#[derive(Clone, Debug, Default)]
pub(super) struct OfferedEncryption {
    algorithms: Vec<String>,
    encryptions: Vec<String>,
}

/// How a request is to be encrypted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RequestEncryption {
    /// In the best way that the server's metadata offers.
    AsOffered,
    With(KeyManagementAlgorithm, ContentEncryption),
}

impl OfferedEncryption {
    pub(super) fn of(metadata: &ServerMetadata) -> Self {
        Self {
            algorithms: metadata.request_object_encryption_alg_values_supported.clone(),
            encryptions: metadata.request_object_encryption_enc_values_supported.clone(),
        }
    }

    /// The best that both know; what every server knows that says nothing (OpenID Connect Registration §2).
    fn encryption(&self) -> Result<ContentEncryption> {
        if self.encryptions.is_empty() {
            return Ok(ContentEncryption::A128CbcHs256);
        }
        let offered = |own: &ContentEncryption| self.encryptions.iter().any(|name| name == own.name());
        ContentEncryption::ALL.into_iter().find(offered).ok_or_else(|| {
            Error::unsupported(
                "the server takes encrypted requests only with content encryptions that are not known here",
            )
        })
    }

    fn algorithms(&self) -> impl Iterator<Item = KeyManagementAlgorithm> {
        KeyManagementAlgorithm::ALL.into_iter().filter(|own| self.algorithms.iter().any(|name| name == own.name()))
    }
}

/// What the client sends.
impl SignedMessages {
    /// Puts a signed request into an encrypted one (RFC 9101 §6.1): to a key of the server's, or by the client's secret.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where there is no key for it; or why the server's keys could not be fetched.
    pub(crate) async fn encrypt_request(
        &self,
        request: &str,
        encryption: RequestEncryption,
        client_secret: Option<&str>,
    ) -> Result<String> {
        let offered = &self.0.offered;
        let (algorithms, encryption) = match encryption {
            RequestEncryption::With(algorithm, encryption) => (vec![algorithm], encryption),
            RequestEncryption::AsOffered => (offered.algorithms().collect(), offered.encryption()?),
        };
        let (key, algorithm) = self.encryption_key(&algorithms, client_secret).await?;
        key.encrypt_jwt(algorithm, encryption, request)
    }

    /// The first of the algorithms that there is a key for.
    async fn encryption_key(
        &self,
        algorithms: &[KeyManagementAlgorithm],
        client_secret: Option<&str>,
    ) -> Result<(EncryptionKey, KeyManagementAlgorithm)> {
        let (symmetric, asymmetric): (Vec<_>, Vec<_>) =
            algorithms.iter().copied().partition(|algorithm| algorithm.is_symmetric());
        if !asymmetric.is_empty()
            && let Some(found) = self.server_keys()?.encryption_key(&asymmetric).await?
        {
            return Ok(found);
        }
        if let (Some(algorithm), Some(secret)) = (symmetric.first(), client_secret) {
            return Ok((EncryptionKey::from_client_secret(secret.into()), *algorithm));
        }
        if algorithms.is_empty() {
            return Err(Error::unsupported(
                "the server's metadata offers no way of encrypting requests that is known here \
                 (`request_object_encryption_alg_values_supported`)",
            ));
        }
        let names: Vec<_> = algorithms.iter().map(|algorithm| algorithm.name()).collect();
        Err(Error::unsupported(format!(
            "there is no key to encrypt the request with by {}: neither in the server's JWK set nor, where the key is the client \
             secret, a secret",
            names.join(", ")
        )))
    }

    fn server_keys(&self) -> Result<&KeySetCache> {
        self.verifier().map(LoginIdTokenVerifier::keys).map_err(|error| {
            Error::configuration(
                "a request cannot be encrypted without the server's keys: give `.issuer(..)` and `.jwks_uri(..)` to the builder, \
                 or end that with `.discover(issuer)`",
            )
            .with_source(error)
        })
    }
}

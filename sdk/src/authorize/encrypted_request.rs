use super::AuthorizationCode;
use crate::discovery::ServerMetadata;
use crate::error::{Error, Result};
use crate::keys::{ContentEncryption, EncryptionKey, KeyManagementAlgorithm, KeySetCache};

/// How the server takes encrypted requests, by its metadata.
#[derive(Clone, Debug, Default)]
pub(crate) struct OfferedEncryption {
    algorithms: Vec<String>,
    encryptions: Vec<String>,
}

/// How the request is to be encrypted.
#[derive(Clone, Copy, Debug)]
pub(super) enum RequestEncryption {
    AsOffered,
    With(KeyManagementAlgorithm, ContentEncryption),
}

impl OfferedEncryption {
    pub(crate) fn of(metadata: &ServerMetadata) -> Self {
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

/// Encrypted requests (RFC 9101 §6.1).
impl AuthorizationCode {
    /// Encrypts the authorization request, once it is [signed](Self::request_signer), so that nobody but the server can read it,
    /// the person's browser included: in the best way that the server's metadata offers, to a key of its JWK set or, where it
    /// offers none of that kind, with the client secret.
    ///
    /// ```no_run
    /// use grantkit::prelude::*;
    /// use grantkit::keys::SigningKey;
    ///
    /// # async fn example(key: SigningKey) -> Result<()> {
    /// let client = Client::builder().client_id("app").public().discover("https://as.example").await?;
    /// let login = client.authorization_code(RedirectUri::new("https://app.example/callback")?)?;
    /// let (url, pending) = login.request_signer(key).encrypt_request().start_signed().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn encrypt_request(mut self) -> Self {
        self.request_encryption = Some(RequestEncryption::AsOffered);
        self
    }

    /// The same in this way and no other: the client's registered `request_object_encryption_alg` and
    /// `request_object_encryption_enc`. With `A128KW`, `dir` and their like the key is the client secret's (OpenID Connect Core §10.2).
    pub fn encrypt_request_with(mut self, algorithm: KeyManagementAlgorithm, encryption: ContentEncryption) -> Self {
        self.request_encryption = Some(RequestEncryption::With(algorithm, encryption));
        self
    }

    /// Encryption alone does not say whose the request is (RFC 9101 §6.1).
    pub(super) fn check_encryption(&self) -> Result<()> {
        if self.request_encryption.is_some() && self.request_signer.is_none() {
            return Err(Error::configuration(
                "a request that is encrypted has to be signed first (RFC 9101 §6.1): call `.request_signer(..)`",
            ));
        }
        Ok(())
    }

    /// Puts a signed request into an encrypted one, where that is wanted.
    pub(super) async fn encrypted(&self, request: String) -> Result<String> {
        let offered = self.offered_encryption();
        let (algorithms, encryption) = match self.request_encryption {
            None => return Ok(request),
            Some(RequestEncryption::With(algorithm, encryption)) => (vec![algorithm], encryption),
            Some(RequestEncryption::AsOffered) => (offered.algorithms().collect(), offered.encryption()?),
        };
        let (key, algorithm) = self.encryption_key(&algorithms).await?;
        key.encrypt_jwt(algorithm, encryption, &request)
    }

    /// The first of the algorithms that there is a key for.
    async fn encryption_key(
        &self,
        algorithms: &[KeyManagementAlgorithm],
    ) -> Result<(EncryptionKey, KeyManagementAlgorithm)> {
        let (symmetric, asymmetric): (Vec<_>, Vec<_>) =
            algorithms.iter().copied().partition(|algorithm| algorithm.is_symmetric());
        if !asymmetric.is_empty()
            && let Some(found) = self.server_keys()?.encryption_key(&asymmetric).await?
        {
            return Ok(found);
        }
        if let (Some(algorithm), Some(secret)) = (symmetric.first(), self.client_secret()) {
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
        self.id_tokens().map(crate::oidc::IdTokenVerifier::keys).map_err(|error| {
            Error::configuration(
                "a request cannot be encrypted without the server's keys: give `.issuer(..)` and `.jwks_uri(..)` to the builder, \
                 or end that with `.discover(issuer)`",
            )
            .with_source(error)
        })
    }
}

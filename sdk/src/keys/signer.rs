use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;

use super::SigningAlgorithm;
use crate::error::Result;
use crate::fingerprint::{Fingerprint, FingerprintBuilder, Identified};

/// Signs with a private key, wherever that is: in this process ([`SigningKey`](crate::keys::SigningKey)), in an HSM, at a key
/// service of a cloud.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::credentials::Fingerprint;
/// use grantkit::keys::{Signer, SigningAlgorithm};
///
/// #[derive(Debug)]
/// struct KeyService { key: String }
///
/// #[async_trait]
/// impl Signer for KeyService {
///     fn algorithm(&self) -> SigningAlgorithm {
///         SigningAlgorithm::Es256
///     }
///
///     fn key_id(&self) -> Option<&str> {
///         Some(&self.key)
///     }
///
///     fn identity(&self) -> Fingerprint {
///         Fingerprint::new("key", &self.key)
///     }
///
///     async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
///         let der = ask_the_service(&self.key, message).await?;
///         self.algorithm().signature_from_der(&der)
///     }
/// }
/// # async fn ask_the_service(_: &str, _: &[u8]) -> Result<Vec<u8>> { Ok(Vec::new()) }
///
/// let client = Client::builder()
///     .client_id("billing")
///     .private_key_jwt(KeyService { key: "billing-2026".to_owned() })
///     .token_endpoint("https://as.example/token")?
///     .build();
/// # Ok::<(), grantkit::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not sign",
    label = "no `Signer`",
    note = "give a `SigningKey` (`SigningKey::from_pem(pem)?`), or a type of your own with `#[async_trait] impl Signer for ..`"
)]
#[async_trait]
pub trait Signer: Send + Sync + Debug {
    /// The algorithm that it signs with.
    fn algorithm(&self) -> SigningAlgorithm;

    /// The key's ID, as it stands in the JWK set that the server has of this client: the `kid` of RFC 7515 §4.1.4.
    fn key_id(&self) -> Option<&str>;

    /// The SHA-256 thumbprint of the key's certificate, base64url, for a server that knows the key by that: the `x5t#S256` of RFC 7515
    /// §4.1.8.
    fn certificate_thumbprint(&self) -> Option<&str> {
        None
    }

    /// Identifies the key: its name at the key service, or the thumbprint of its public key (RFC 7638). The [`key_id`](Self::key_id) is
    /// not enough: it is public, and two keys can have the same. It is part of the cache key, so that a client with another key does not
    /// get this key's token.
    ///
    /// [`Fingerprint::unique`] for a key without an identity. Called once, when the signer is given to a client or an assertion.
    fn identity(&self) -> Fingerprint;

    /// Signs the message, which is not hashed yet. The signature has the form of RFC 7518 §3: for ECDSA the two numbers in full length,
    /// not DER (see [`SigningAlgorithm::signature_from_der`]).
    ///
    /// # Errors
    ///
    /// Why there is no signature; [`Error::temporary`](crate::Error::temporary) if another try may succeed.
    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>>;
}

/// What a signature depends on: the key, and what the header says of it.
pub(crate) fn signer_identity(signer: &Identified<dyn Signer>) -> FingerprintBuilder {
    let builder = Fingerprint::builder().part("key", signer.identity()).parameter("alg", signer.algorithm().name());
    let builder = match signer.key_id() {
        Some(key_id) => builder.parameter("kid", key_id),
        None => builder,
    };
    match signer.certificate_thumbprint() {
        Some(thumbprint) => builder.parameter("x5t#S256", thumbprint),
        None => builder,
    }
}

/// For one that several clients share.
#[async_trait]
impl<S: Signer + ?Sized> Signer for Arc<S> {
    fn algorithm(&self) -> SigningAlgorithm {
        (**self).algorithm()
    }

    fn key_id(&self) -> Option<&str> {
        (**self).key_id()
    }

    fn certificate_thumbprint(&self) -> Option<&str> {
        (**self).certificate_thumbprint()
    }

    fn identity(&self) -> Fingerprint {
        (**self).identity()
    }

    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        (**self).sign(message).await
    }
}

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, HeaderValue, Method};
use serde_json::Value;
use url::Url;

use super::nonces::Nonces;
use super::proof::{self, ProofContext};
use super::public_key::PublicKey;
use crate::error::{Error, Result};
use crate::keys::{AnnouncedAlgorithms, Signer, SigningAlgorithm, SigningKey, jws};
use crate::random::random_id;
use crate::time::Time;
use crate::token::AccessToken;

/// The key of sender-constrained tokens (DPoP, RFC 9449): a stolen token cannot be used without it.
///
/// Given to [`ClientBuilder::dpop`](crate::client::ClientBuilder::dpop), every token request carries a proof of the key, and so does
/// every request of an [`ApiClient`](crate::ApiClient). The nonces that servers ask for are kept here, one for each server.
/// A clone is cheap and shares them. `Debug` shows the public half only.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::keys::{DpopKey, SigningKey};
///
/// let client = Client::builder()
///     .client_id("billing")
///     .client_secret_basic("s3cret")
///     .token_endpoint("https://as.example/token")?
///     .dpop(DpopKey::generate()?)
///     .build();
///
/// // The same key in each run, so that tokens which were stored are of use in the next:
/// # let pem = "-----BEGIN PRIVATE KEY-----\n\
/// #     MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n\
/// #     -----END PRIVATE KEY-----";
/// let key = DpopKey::from(SigningKey::from_pem(pem)?);
/// assert_eq!(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone)]
pub struct DpopKey {
    shared: Arc<Shared>,
    /// What proofs are dated by.
    time: Time,
}

struct Shared {
    key: ProofKey,
    algorithm: SigningAlgorithm,
    public: PublicKey,
    /// Of each proof, as it stands in it.
    header: String,
    /// Those of the key, under whatever name its algorithm goes.
    nonces: Arc<Nonces>,
}

/// What the messages call it.
const WHAT: &str = "the DPoP key";

/// What signs.
#[derive(Clone)]
enum ProofKey {
    /// With any algorithm that the key is for.
    Here(SigningKey),
    Elsewhere(Arc<dyn Signer>),
}

impl ProofKey {
    fn signer(&self) -> &dyn Signer {
        match self {
            Self::Here(key) => key,
            Self::Elsewhere(signer) => &**signer,
        }
    }

    fn known_to(&self, server: &AnnouncedAlgorithms) -> Result<Self> {
        Ok(match self {
            Self::Here(key) => Self::Here(server.signing_key(WHAT, key)?),
            Self::Elsewhere(signer) => Self::Elsewhere(server.signer(WHAT, signer)?),
        })
    }

    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        match self {
            Self::Here(key) => key.sign_here(message),
            Self::Elsewhere(signer) => signer.sign(message).await,
        }
    }
}

impl Shared {
    fn new(key: ProofKey, public: PublicKey, nonces: Arc<Nonces>) -> Arc<Self> {
        let algorithm = key.signer().algorithm();
        let header = jws::header_with_jwk(algorithm, proof::TYP, &public.jwk);
        Arc::new(Self { key, algorithm, public, header, nonces })
    }
}

/// Making one.
impl DpopKey {
    /// A new key for ES256, which every server with DPoP knows. It lives as long as the program: tokens that outlast it are
    /// of no use.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the machine's cryptography fails.
    pub fn generate() -> Result<Self> {
        SigningKey::generate(SigningAlgorithm::Es256).map(Self::from)
    }

    /// A key that is elsewhere, in an HSM or at a key service, with its public half as a JWK (RFC 7517 §4).
    ///
    /// It signs once for each request.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the JWK is no public key, or none for the signer's algorithm.
    pub fn from_signer(signer: impl Signer + 'static, public_jwk: &Value) -> Result<Self> {
        let public = PublicKey::read(public_jwk, signer.algorithm())?;
        Ok(Self::new(ProofKey::Elsewhere(Arc::new(signer)), public))
    }

    fn new(key: ProofKey, public: PublicKey) -> Self {
        Self { shared: Shared::new(key, public, Arc::default()), time: Time::System }
    }

    /// The same key with an algorithm that this server knows, its own if it can be: Ed25519 goes by two names (RFC 9864 §2.2).
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the server knows none that the key is for.
    pub(crate) fn known_to(&self, server: &AnnouncedAlgorithms) -> Result<Self> {
        let Shared { key, public, nonces, .. } = &*self.shared;
        let key = key.known_to(server)?;
        if key.signer().algorithm() == self.algorithm() {
            return Ok(self.clone());
        }
        Ok(Self { shared: Shared::new(key, public.clone(), Arc::clone(nonces)), time: self.time.clone() })
    }

    /// Refuses it, as it is, where this server does not know its algorithm.
    pub(crate) fn check_known_to(&self, server: &AnnouncedAlgorithms) -> Result<()> {
        server.choose(WHAT, &[self.algorithm()]).map(drop)
    }

    /// The same key, with proofs that are dated by this clock.
    pub(crate) fn with_time(&self, time: &Time) -> Self {
        Self { shared: Arc::clone(&self.shared), time: time.clone() }
    }
}

/// What a server may know of it.
impl DpopKey {
    /// The algorithm that proofs are signed with.
    pub fn algorithm(&self) -> SigningAlgorithm {
        self.shared.algorithm
    }

    /// The public half, as it is in each proof: the members that make the key, and no other.
    pub fn public_jwk(&self) -> Value {
        Value::Object(self.shared.public.jwk.clone())
    }

    /// The SHA-256 thumbprint of the public half (RFC 7638), base64url: the `dpop_jkt` of an authorization request, and the
    /// `jkt` of a token that is bound to it (RFC 9449 §6.1, §10).
    pub fn thumbprint(&self) -> &str {
        &self.shared.public.thumbprint
    }
}

/// For requests that the SDK does not send.
impl DpopKey {
    /// The `DPoP` header of one request for a token (RFC 9449 §5), marked sensitive. It is good once, and for a short time.
    ///
    /// # Errors
    ///
    /// Why the signer does not sign; [`is_retryable`](Error::is_retryable) where the machine has no random numbers.
    pub async fn proof(&self, method: &Method, url: &Url) -> Result<HeaderValue> {
        self.prove(method, url, None, None).await
    }

    /// The `DPoP` header of one request that carries this access token (RFC 9449 §7.1).
    ///
    /// # Errors
    ///
    /// As [`proof`](Self::proof).
    pub async fn proof_with_token(&self, method: &Method, url: &Url, token: &AccessToken) -> Result<HeaderValue> {
        self.prove(method, url, Some(&token.ath()), None).await
    }

    /// Keeps the nonce of an answer (`DPoP-Nonce`, RFC 9449 §8.2) for the next proof to that server; tells whether it has one.
    ///
    /// To be called for each answer, whatever its status.
    pub fn keep_nonce(&self, url: &Url, headers: &HeaderMap) -> bool {
        self.shared.nonces.remember(url, headers)
    }

    /// What an answer leaves for the next proof: its nonce or, if it has none, the nonce that this request had (`own`).
    ///
    /// Not for an answer that asks for a nonce, if the request is sent again with it: no other request may have it until then.
    pub(crate) fn keep_after(&self, url: &Url, answer: Option<&HeaderMap>, own: Option<&str>) {
        let has_new = answer.is_some_and(|answer| self.keep_nonce(url, answer));
        if let Some(own) = own.filter(|_| !has_new) {
            self.shared.nonces.put(url, own);
        }
    }

    /// A proof for a request with the token of this hash ([`AccessToken::ath`]), with the nonce of one answer rather than the
    /// latest: some servers take each but once, and requests that run at the same time must not take each other's.
    pub(crate) async fn prove(
        &self,
        method: &Method,
        url: &Url,
        ath: Option<&str>,
        nonce: Option<&str>,
    ) -> Result<HeaderValue> {
        let Shared { key, algorithm, header, nonces, .. } = &*self.shared;
        let message = {
            let latest = if nonce.is_none() { nonces.of(url) } else { None };
            let circumstances =
                ProofContext { jti: &random_id()?, iat: self.time.issued_at()?, nonce: nonce.or(latest.as_deref()) };
            jws::message(header, &proof::claims(method, url, ath, circumstances), algorithm.signature_length())?
        };
        let signature = key.sign(message.as_bytes()).await?;
        let proof = jws::signed(*algorithm, message, &signature)?;
        let mut header = HeaderValue::try_from(proof)
            .map_err(|_| Error::configuration("the proof of possession cannot stand in a header"))?;
        header.set_sensitive(true);
        Ok(header)
    }
}

impl From<SigningKey> for DpopKey {
    fn from(key: SigningKey) -> Self {
        let (jwk, thumbprint) = (key.public_members(), key.thumbprint());
        Self::new(ProofKey::Here(key), PublicKey { jwk, thumbprint })
    }
}

impl fmt::Debug for DpopKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DpopKey")
            .field("algorithm", &self.algorithm())
            .field("thumbprint", &self.thumbprint())
            .finish_non_exhaustive()
    }
}

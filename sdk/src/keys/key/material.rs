use std::sync::OnceLock;

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, RsaParameters,
    RsaPublicKeyComponents,
};
use openidconnect::SignatureVerificationError;
use zeroize::Zeroizing;

use crate::keys::Algorithm;

/// What a key verifies with.
pub(super) enum Material {
    Rsa(Box<RsaKey>),
    /// A key whose curve decides on the algorithm.
    Curve(ParsedPublicKey),
    /// The client secret, never a key from a JWK set.
    Secret(Zeroizing<Vec<u8>>),
}

impl Material {
    /// The caller has made sure that the algorithm is one that the key is for.
    pub(super) fn verify(
        &self,
        algorithm: &Algorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureVerificationError> {
        let unusable = |reason: &str| SignatureVerificationError::InvalidKey(reason.to_owned());
        let verified = match self {
            Self::Rsa(key) => {
                let key = key.parsed_for(algorithm).ok_or_else(|| unusable("the RSA key is malformed"))?;
                key.verify_sig(message, signature)
            }
            Self::Curve(key) => key.verify_sig(message, signature),
            Self::Secret(secret) => {
                let hash = hmac_hash(algorithm).ok_or_else(|| unusable("the key is for another algorithm"))?;
                // RFC 7518 §3.2, OpenID Connect Core §16.19: a shorter one could be found by trying.
                if secret.len() < hash.digest_algorithm().output_len() {
                    return Err(unusable(
                        "the client secret is shorter than the hash (RFC 7518 §3.2), so that anyone could find it by \
                         trying",
                    ));
                }
                hmac::verify(&hmac::Key::new(hash, secret), message, signature)
            }
        };
        verified.map_err(|_| SignatureVerificationError::CryptoError("it does not match".to_owned()))
    }
}

/// aws-lc-rs binds a parsed key to one padding and hash, so there is a parsed key for each that was asked for.
pub(super) struct RsaKey {
    modulus: Vec<u8>,
    exponent: Vec<u8>,
    parsed: [OnceLock<Option<ParsedPublicKey>>; RSA.len()],
}

static RSA: [(Algorithm, &RsaParameters); 6] = [
    (Algorithm::RsaSsaPkcs1V15Sha256, &RSA_PKCS1_2048_8192_SHA256),
    (Algorithm::RsaSsaPkcs1V15Sha384, &RSA_PKCS1_2048_8192_SHA384),
    (Algorithm::RsaSsaPkcs1V15Sha512, &RSA_PKCS1_2048_8192_SHA512),
    (Algorithm::RsaSsaPssSha256, &RSA_PSS_2048_8192_SHA256),
    (Algorithm::RsaSsaPssSha384, &RSA_PSS_2048_8192_SHA384),
    (Algorithm::RsaSsaPssSha512, &RSA_PSS_2048_8192_SHA512),
];

impl RsaKey {
    /// Both numbers big-endian, without leading zeros; `first` is the algorithm that the key is most likely used with.
    pub(super) fn new(modulus: Vec<u8>, exponent: Vec<u8>, first: &Algorithm) -> Option<Self> {
        let key = Self { modulus, exponent, parsed: Default::default() };
        key.parsed_for(first).is_some().then_some(key)
    }

    fn parsed_for(&self, algorithm: &Algorithm) -> Option<&ParsedPublicKey> {
        let (slot, (_, parameters)) = self.parsed.iter().zip(&RSA).find(|(_, (known, _))| known == algorithm)?;
        let parse = || RsaPublicKeyComponents { n: &self.modulus, e: &self.exponent }.to_parsed_public_key(parameters);
        slot.get_or_init(|| parse().ok()).as_ref()
    }
}

fn hmac_hash(algorithm: &Algorithm) -> Option<hmac::Algorithm> {
    match algorithm {
        Algorithm::HmacSha256 => Some(hmac::HMAC_SHA256),
        Algorithm::HmacSha384 => Some(hmac::HMAC_SHA384),
        Algorithm::HmacSha512 => Some(hmac::HMAC_SHA512),
        _ => None,
    }
}

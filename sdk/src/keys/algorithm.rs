use aws_lc_rs::digest::{self, SHA256, SHA384, SHA512, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A signature algorithm as `openidconnect` names it (RFC 7518 §3.1, RFC 8037 §3.1).
pub(crate) type Algorithm = openidconnect::core::CoreJwsSigningAlgorithm;

/// Every algorithm with a public key that [`Key`](super::Key) verifies.
pub(crate) const ASYMMETRIC: [Algorithm; 10] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::RsaSsaPssSha384,
    Algorithm::RsaSsaPssSha512,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EcdsaP521Sha512,
    Algorithm::EdDsa,
];

const SYMMETRIC: [Algorithm; 3] = [Algorithm::HmacSha256, Algorithm::HmacSha384, Algorithm::HmacSha512];

/// The algorithm of that name, which is case-sensitive (RFC 7515 §4.1.1). `none` is not among them.
pub(crate) fn algorithm_by_name(name: &str) -> Option<Algorithm> {
    // The name that says which curve (RFC 9864 §2.2); it is the only one that `EdDSA` stands for here.
    if name == "Ed25519" {
        return Some(Algorithm::EdDsa);
    }
    ASYMMETRIC.into_iter().chain(SYMMETRIC).find(|known| algorithm_name(known) == name)
}

pub(crate) fn algorithm_name(algorithm: &Algorithm) -> &'static str {
    match algorithm {
        Algorithm::HmacSha256 => "HS256",
        Algorithm::HmacSha384 => "HS384",
        Algorithm::HmacSha512 => "HS512",
        Algorithm::RsaSsaPkcs1V15Sha256 => "RS256",
        Algorithm::RsaSsaPkcs1V15Sha384 => "RS384",
        Algorithm::RsaSsaPkcs1V15Sha512 => "RS512",
        Algorithm::RsaSsaPssSha256 => "PS256",
        Algorithm::RsaSsaPssSha384 => "PS384",
        Algorithm::RsaSsaPssSha512 => "PS512",
        Algorithm::EcdsaP256Sha256 => "ES256",
        Algorithm::EcdsaP384Sha384 => "ES384",
        Algorithm::EcdsaP521Sha512 => "ES512",
        Algorithm::EdDsa => "EdDSA",
        _ => "none",
    }
}

/// The hash that goes with the algorithm; `EdDSA` is Ed25519 here, and that is SHA-512.
pub(super) fn hash(algorithm: &Algorithm) -> Option<&'static digest::Algorithm> {
    Some(match algorithm {
        Algorithm::HmacSha256
        | Algorithm::RsaSsaPkcs1V15Sha256
        | Algorithm::RsaSsaPssSha256
        | Algorithm::EcdsaP256Sha256 => &SHA256,
        Algorithm::HmacSha384
        | Algorithm::RsaSsaPkcs1V15Sha384
        | Algorithm::RsaSsaPssSha384
        | Algorithm::EcdsaP384Sha384 => &SHA384,
        Algorithm::HmacSha512
        | Algorithm::RsaSsaPkcs1V15Sha512
        | Algorithm::RsaSsaPssSha512
        | Algorithm::EcdsaP521Sha512
        | Algorithm::EdDsa => &SHA512,
        _ => return None,
    })
}

/// The left half of the hash of `text`, base64url: `at_hash`, `c_hash`, `s_hash` (OpenID Connect Core §3.1.3.6).
pub(crate) fn half_hash(algorithm: &Algorithm, text: &str) -> Option<String> {
    let whole = digest(hash(algorithm)?, text.as_bytes());
    let (left, _) = whole.as_ref().split_at_checked(whole.as_ref().len() / 2)?;
    Some(URL_SAFE_NO_PAD.encode(left))
}

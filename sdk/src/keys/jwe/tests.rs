mod keys;
mod oracles;
mod rfc_vectors;
mod round_trip;

use serde_json::Value;

use super::*;

/// Encrypted to that JWK, as another library would.
fn encrypt_to(jwk: &Value, algorithm: KeyManagementAlgorithm, encryption: ContentEncryption, text: &str) -> String {
    let key = EncryptionKey::from_jwk(jwk.as_object().unwrap(), algorithm).unwrap();
    key.encrypt_jwt(algorithm, encryption, text).unwrap()
}

//! Encrypted JSON (RFC 7516) in the compact serialisation. All cryptography is aws-lc-rs.
//!
//! What is left out, on purpose: `RSA1_5`, whose padding tells an attacker too much (RFC 8725 §3.2); `PBES2-…`, whose
//! sender says how long the receiver has to work; and `zip`, whose sender says how much memory it takes.

mod aes;
mod aes_gcm;
mod aes_key_wrap;
mod agreement;
mod algorithm;
mod cbc_hmac;
mod compact;
mod content;
mod decryption;
mod decryption_key;
mod encryption_key;
#[cfg(test)]
mod tests;

pub use algorithm::KeyManagementAlgorithm;
pub use content::ContentEncryption;
pub use decryption_key::DecryptionKey;

pub(crate) use compact::is_encrypted;
pub(crate) use decryption::decrypt;
pub(crate) use encryption_key::EncryptionKey;

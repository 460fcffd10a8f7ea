//! The private key of a service account.

use grantkit::keys::SigningKey;
use grantkit::{Error, Result, SecretString};
use secrecy::ExposeSecret as _;

use crate::pem;

/// Reads a key in PEM. One that came through an environment variable has its line ends as `\n`, two characters: they are mended.
pub(super) fn read(pem: &SecretString, key_id: Option<&str>) -> Result<SigningKey> {
    let pem = pem.expose_secret();
    if !pem.contains("-----BEGIN") {
        return Err(Error::configuration(
            "the service account's `private_key` is not valid PEM (`-----BEGIN PRIVATE KEY-----`): create a key of the type JSON for it, and \
             give the whole file",
        ));
    }
    let key = pem::signing_key(pem)?;
    Ok(match key_id {
        Some(id) => key.with_key_id(id),
        None => key,
    })
}

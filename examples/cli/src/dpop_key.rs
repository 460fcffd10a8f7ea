//! The key that a profile's tokens are bound to (DPoP, RFC 9449): made once, and kept with the login.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use grantkit::keys::{DpopKey, SigningKey};

use crate::failure::Failure;
use crate::vault::Vault;

/// The name of its record.
pub(crate) const NAME: &str = "dpop-key";

/// The key of the profile; a new one where there is none yet. All copies of the program use the same.
pub(crate) async fn of_profile(vault: &Vault, profile: &str) -> Result<DpopKey, Failure> {
    if let Some(record) = vault.get(profile, NAME).await? {
        return Ok(SigningKey::from_der(record.content())?.into());
    }
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
        .map_err(|_| Failure::general("this machine could make no key"))?;
    if vault.put_first(profile, NAME, key.as_ref()).await? {
        return Ok(SigningKey::from_der(key.as_ref())?.into());
    }
    match vault.get(profile, NAME).await? {
        Some(record) => Ok(SigningKey::from_der(record.content())?.into()),
        None => Err(Failure::temporary("another copy of the program is logging this profile out")),
    }
}

//! The key that a profile's tokens are bound to (DPoP, RFC 9449): made once, and kept with the login.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use grantkit::SecretString;
use grantkit::keys::{DpopKey, SigningKey};
use grantkit::store::StoreRecord;

use crate::failure::Failure;
use crate::vault::Vault;

/// The name of its record.
pub(crate) const NAME: &str = "dpop-key";

/// The key of the profile; a new one where there is none yet. All copies of the program use the same.
pub(crate) async fn of_profile(vault: &Vault, profile: &str) -> Result<DpopKey, Failure> {
    Ok(SigningKey::from_der(record(vault, profile).await?.content())?.into())
}

/// The same as PEM (RFC 7468), for the key of a provider.
pub(crate) async fn pem_of_profile(vault: &Vault, profile: &str) -> Result<SecretString, Failure> {
    let key = BASE64_STANDARD.encode(record(vault, profile).await?.content());
    Ok(format!("-----BEGIN PRIVATE KEY-----\n{key}\n-----END PRIVATE KEY-----\n").into())
}

/// The key in PKCS#8.
async fn record(vault: &Vault, profile: &str) -> Result<StoreRecord, Failure> {
    if let Some(record) = vault.get(profile, NAME).await? {
        return Ok(record);
    }
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
        .map_err(|_| Failure::general("this machine could make no key").or_next("the same command again"))?;
    vault.put_first(profile, NAME, key.as_ref()).await?;
    // Another copy may have been faster.
    let record = vault.get(profile, NAME).await?;
    record.ok_or_else(|| {
        Failure::temporary("another copy of the program is logging this profile out").or_next("the same command again")
    })
}

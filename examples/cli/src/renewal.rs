//! Whether the login of a profile came with a refresh token: a token as it is read from the store is without.

use crate::failure::Failure;
use crate::vault::Vault;

/// The name of its record, which is there if it did.
pub(crate) const NAME: &str = "renewal";

/// Keeps what the login came with.
pub(crate) async fn keep(vault: &Vault, profile: &str, can_be_refreshed: bool) -> Result<(), Failure> {
    if can_be_refreshed { vault.put(profile, NAME, b"1").await } else { vault.remove(profile, NAME).await }
}

pub(crate) async fn is_kept(vault: &Vault, profile: &str) -> Result<bool, Failure> {
    Ok(vault.get(profile, NAME).await?.is_some())
}

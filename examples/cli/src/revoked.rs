//! The tokens of a profile that were revoked, by their digests: none is given out, also where the next one cannot be fetched yet.

use aws_lc_rs::digest::{SHA256, SHA256_OUTPUT_LEN, digest};

use crate::failure::Failure;
use crate::vault::Vault;

/// The name of its record.
pub(crate) const NAME: &str = "revoked";

/// A profile has one token at a time; the others are such that were found somewhere.
const MAX_KEPT: usize = 64;

/// Keeps in mind that the token is revoked.
pub(crate) async fn mark(vault: &Vault, profile: &str, token: &str) -> Result<(), Failure> {
    let new = digest(&SHA256, token.as_bytes());
    vault
        .change(profile, NAME, |kept| {
            let older = kept.chunks_exact(SHA256_OUTPUT_LEN).filter(|digest| *digest != new.as_ref());
            let all = older.chain([new.as_ref()]).collect::<Vec<_>>();
            all.get(all.len().saturating_sub(MAX_KEPT)..).unwrap_or_default().concat()
        })
        .await
}

pub(crate) async fn is_marked(vault: &Vault, profile: &str, token: &str) -> Result<bool, Failure> {
    let Some(record) = vault.get(profile, NAME).await? else { return Ok(false) };
    let digest = digest(&SHA256, token.as_bytes());
    Ok(record.content().chunks_exact(SHA256_OUTPUT_LEN).any(|kept| kept == digest.as_ref()))
}

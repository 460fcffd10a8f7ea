//! The metadata of a profile's issuer, kept so that a token that is stored is given out, or refreshed, without asking for the document.

use std::time::{Duration, SystemTime};

use grantkit::discovery::ServerMetadata;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::vault::Vault;

/// The name of its record.
pub(crate) const NAME: &str = "metadata";

/// Servers change their endpoints seldom, and leave the old ones for longer.
const LIFETIME: Duration = Duration::from_hours(24);

#[derive(Deserialize, Serialize)]
struct Kept {
    fetched_at: u64,
    metadata: ServerMetadata,
}

/// How old the document may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Age {
    /// A day; older, where the server is away.
    Kept,
    /// Of now.
    Fetched,
}

/// The issuer's document.
pub(crate) async fn of_issuer(vault: &Vault, profile: &str, issuer: &str, age: Age) -> Result<ServerMetadata, Failure> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let kept = match age {
        Age::Kept => kept(vault, profile).await?.filter(|kept| kept.metadata.issuer == issuer),
        Age::Fetched => None,
    };
    if let Some(kept) = &kept
        && now.checked_sub(Duration::from_secs(kept.fetched_at)).is_some_and(|age| age < LIFETIME)
    {
        return Ok(kept.metadata.clone());
    }
    match (ServerMetadata::discover(issuer).await, kept) {
        (Ok(metadata), _) => {
            let kept = Kept { fetched_at: now.as_secs(), metadata: ServerMetadata::clone(&metadata) };
            let json = serde_json::to_vec(&kept).map_err(|error| Failure::general("no JSON").caused_by(&error))?;
            vault.put(profile, NAME, &json).await?;
            Ok(kept.metadata)
        }
        (Err(error), Some(kept)) if error.is_retryable() => Ok(kept.metadata),
        (Err(error), _) => Err(error.into()),
    }
}

/// What an older version wrote may not be readable.
async fn kept(vault: &Vault, profile: &str) -> Result<Option<Kept>, Failure> {
    let record = vault.get(profile, NAME).await?;
    Ok(record.and_then(|record| serde_json::from_slice(record.content()).ok()))
}

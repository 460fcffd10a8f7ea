//! Without the feature `oidc` nothing that comes encrypted is read.

use grantkit::Result;
use grantkit::provider::{ConfigErrors, ProviderSettings};

use super::connect::Authenticated;
use crate::catalogue::Entry;

pub(super) fn check(_: &Entry, _: &ProviderSettings, _: &mut ConfigErrors) {}

#[expect(clippy::unnecessary_wraps, reason = "with the feature a key may be none")]
pub(super) fn with_keys(_: &Entry, _: &ProviderSettings, builder: Authenticated) -> Result<Authenticated> {
    Ok(builder)
}

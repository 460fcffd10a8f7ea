//! Without the feature `oidc` nothing that comes encrypted is read.

use grantkit::Result;
use grantkit::provider::{ConfigMistakes, Settings};

use super::connect::Authenticated;
use crate::catalogue::Entry;

pub(super) fn check(_: &Entry, _: &Settings, _: &mut ConfigMistakes) {}

#[expect(clippy::unnecessary_wraps, reason = "with the feature a key may be none")]
pub(super) fn with_keys(_: &Entry, _: &Settings, builder: Authenticated) -> Result<Authenticated> {
    Ok(builder)
}

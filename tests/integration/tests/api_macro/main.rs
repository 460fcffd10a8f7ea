//! `#[api]`: typed clients of traits, by what they send and what they make of the answers.

#![expect(clippy::unwrap_used, reason = "in a test, that is how to stop")]

mod answers;
mod constructors;
mod forms_with_files;
mod headers;
mod pages;
mod requests;
mod scopes;
mod traits;

use grantkit::prelude::*;

/// A token that no server gave.
#[derive(Clone)]
pub(crate) struct FixedToken;

#[async_trait]
impl OAuthClient for FixedToken {
    async fn get_token(&self) -> Result<OAuthToken> {
        OAuthToken::new("fixed")
    }
}

pub(crate) fn credentials() -> Credentials {
    FixedToken.credentials()
}

use async_trait::async_trait;

use super::OAuthClient;
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::token::OAuthToken;

/// In place of a client that cannot be told from others of its type: it gives no token, and says what is missing.
pub(super) struct Unidentified {
    name: String,
    type_name: &'static str,
}

impl Unidentified {
    pub(super) fn new<C: OAuthClient>(client: &C) -> Self {
        Self { name: client.name().to_owned(), type_name: std::any::type_name::<C>() }
    }
}

#[async_trait]
impl OAuthClient for Unidentified {
    fn name(&self) -> &str {
        &self.name
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::new("unidentified", self.type_name)
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        let Self { name, type_name } = self;
        Err(Error::configuration(format!(
            "the client {name:?} has no identity: `{type_name}` has fields, and its `OAuthClient` does not say which of them tell \
             its tokens apart. Add `fn fingerprint(&self) -> Fingerprint {{ Fingerprint::new(\"user\", &self.user) }}`, with what \
             counts, or `Fingerprint::of_type::<Self>()` if nothing does; or hold one handle, made by `Credentials::new`"
        )))
    }
}

use std::sync::Arc;

use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::Fingerprint;
use grantkit::keys::{Signer as _, SigningKey};
use grantkit::time::Clock;
use grantkit::{Result, SecretString};
use serde_json::{Map, Value};

use super::jwt;
use crate::google::endpoints::TOKEN_ENDPOINT;
use crate::google::options::time_of;

/// An assertion that is signed for each request. Its audience is Google's token endpoint, wherever it is sent: a proxy in between is
/// not its audience.
#[derive(Debug)]
pub(super) struct SignedAssertion {
    key: SigningKey,
    claims: Map<String, Value>,
    clock: Option<Arc<dyn Clock>>,
}

impl SignedAssertion {
    pub(super) fn new(key: SigningKey, claims: Map<String, Value>, clock: Option<Arc<dyn Clock>>) -> Self {
        Self { key, claims, clock }
    }
}

#[async_trait]
impl AssertionSource for SignedAssertion {
    async fn assertion(&self, _: &str) -> Result<SecretString> {
        let mut claims = self.claims.clone();
        claims.insert("aud".to_owned(), TOKEN_ENDPOINT.into());
        Ok(jwt::sign(&self.key, claims, time_of(self.clock.as_deref())).await?.0.into())
    }

    fn identity(&self) -> Fingerprint {
        // By which clock it is dated is in the identity of the client that sends it.
        let Self { key, claims, clock: _ } = self;
        Fingerprint::builder()
            .part("key", key.identity())
            .parameter("key_id", key.key_id().unwrap_or_default())
            .parameter("claims", Value::Object(claims.clone()).to_string())
            .build()
    }

    fn speaks_for_this_machine(&self) -> bool {
        false
    }
}

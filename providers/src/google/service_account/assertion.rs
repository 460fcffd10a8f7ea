use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::Fingerprint;
use grantkit::keys::{Signer as _, SigningKey};
use grantkit::{Result, SecretString};
use serde_json::{Map, Value};

use super::jwt;
use crate::google::endpoints::TOKEN_ENDPOINT;

/// An assertion that is signed for each request. Its audience is Google's token endpoint, wherever it is sent: a proxy in between is
/// not its audience.
#[derive(Debug)]
pub(super) struct SignedAssertion {
    key: SigningKey,
    claims: Map<String, Value>,
}

impl SignedAssertion {
    pub(super) fn new(key: SigningKey, claims: Map<String, Value>) -> Self {
        Self { key, claims }
    }
}

#[async_trait]
impl AssertionSource for SignedAssertion {
    async fn assertion(&self, _: &str) -> Result<SecretString> {
        let mut claims = self.claims.clone();
        claims.insert("aud".to_owned(), TOKEN_ENDPOINT.into());
        Ok(jwt::sign(&self.key, claims).await?.0.into())
    }

    fn identity(&self) -> Fingerprint {
        let Self { key, claims } = self;
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

use std::sync::Arc;

use super::ClientAuthentication;
use crate::error::{Error, Result};
use crate::fingerprint::FingerprintBuilder;

/// Who a client is: its ID and how it proves it. A clone is cheap.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    client_id: Arc<str>,
    authentication: Arc<dyn ClientAuthentication>,
}

impl Identity {
    pub(crate) fn new(client_id: impl Into<Arc<str>>, authentication: impl ClientAuthentication) -> Self {
        Self { client_id: client_id.into(), authentication: Arc::new(authentication) }
    }

    pub(crate) fn client_id(&self) -> &str {
        &self.client_id
    }

    pub(crate) fn authentication(&self) -> &dyn ClientAuthentication {
        &*self.authentication
    }

    /// Refuses what no server can accept, before anything is sent.
    pub(crate) fn check(&self) -> Result<()> {
        if self.client_id.trim().is_empty() {
            return Err(Error::configuration(
                "the client ID is empty: give the `client_id` that the authorization server registered",
            ));
        }
        if self.authentication.secret().is_some_and(str::is_empty) {
            return Err(Error::configuration(
                "the client secret is empty: give the secret, or `.public()` for a client that has none",
            ));
        }
        self.authentication.check()
    }

    /// What tells this client from another: its ID. How it proves it, with a new assertion each time, does not.
    pub(crate) fn fingerprint(&self, fingerprint: FingerprintBuilder) -> FingerprintBuilder {
        fingerprint.parameter("client_id", self.client_id())
    }
}

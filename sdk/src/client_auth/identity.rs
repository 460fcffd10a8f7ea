use std::sync::Arc;

use super::ClientAuthentication;
use crate::error::{Error, Result};
use crate::fingerprint::{Fingerprint, Identified};
use crate::keys::dpop::DpopKey;
use crate::time::Time;
use crate::token::RefreshTokenRotation;

/// Who a client is: its ID, how it proves it, and the key that its tokens are bound to. A clone is cheap.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    client_id: Arc<str>,
    authentication: Identified<dyn ClientAuthentication>,
    dpop: Option<DpopKey>,
    requires_dpop: bool,
    /// What the server does with refresh tokens: no part of who the client is.
    rotation: RefreshTokenRotation,
    /// The program's clock: no part of who the client is either, but of what its tokens are cached under.
    time: Time,
}

impl Identity {
    pub(crate) fn new(client_id: impl Into<Arc<str>>, authentication: impl ClientAuthentication) -> Self {
        let identity = authentication.identity();
        Self::identified(client_id, Identified::new(Arc::new(authentication), identity))
    }

    /// The same where the identity was taken already.
    pub(crate) fn identified(
        client_id: impl Into<Arc<str>>,
        authentication: Identified<dyn ClientAuthentication>,
    ) -> Self {
        Self {
            client_id: client_id.into(),
            authentication,
            dpop: None,
            requires_dpop: false,
            rotation: RefreshTokenRotation::Unknown,
            time: Time::System,
        }
    }

    /// The same with tokens that are bound to this key, and, where it is registered so, with none that are not.
    pub(crate) fn with_dpop(self, dpop: Option<DpopKey>, requires_dpop: bool) -> Self {
        Self { dpop, requires_dpop, ..self }
    }

    /// The same at a server of this habit.
    pub(crate) fn with_refresh_token_rotation(self, rotation: RefreshTokenRotation) -> Self {
        Self { rotation, ..self }
    }

    /// The same by this clock.
    pub(crate) fn with_time(self, time: Time) -> Self {
        Self { time, ..self }
    }

    /// The clock for what the client signs and checks.
    pub(crate) fn time(&self) -> &Time {
        &self.time
    }

    /// What the server does with a refresh token that is used.
    pub(crate) fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        self.rotation
    }

    /// What its tokens are bound to (RFC 9449).
    pub(crate) fn dpop(&self) -> Option<&DpopKey> {
        self.dpop.as_ref()
    }

    pub(crate) fn client_id(&self) -> &str {
        &self.client_id
    }

    pub(crate) fn authentication(&self) -> &dyn ClientAuthentication {
        &*self.authentication
    }

    /// The same for what outlives this.
    pub(super) fn shared_authentication(&self) -> Identified<dyn ClientAuthentication> {
        self.authentication.clone()
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

    /// Refuses to ask for a token if the server gives none without a key (RFC 9449 §5.2).
    pub(crate) fn check_dpop(&self) -> Result<()> {
        if self.requires_dpop && self.dpop.is_none() {
            return Err(Error::configuration(
                "the client is registered for tokens that are bound to a key (`dpop_bound_access_tokens`, RFC 9449 §5.2), and has \
                 no key: call `.dpop(key)` on its builder",
            ));
        }
        Ok(())
    }

    /// What tells this client from another that may have no more than its ID: how it proves who it is, and what with. One that
    /// is given another secret asks the server anew.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        let Self { client_id: _, authentication, dpop, requires_dpop, rotation: _, time: _ } = self;
        let builder = Fingerprint::builder()
            .part("login", self.login_fingerprint())
            .parameter("method", authentication.method())
            .part("proof", authentication.identity());
        // It takes no token that is not bound, also where another client has got one.
        if *requires_dpop && dpop.is_none() { builder.parameter("dpop", "required").build() } else { builder.build() }
    }

    /// What stays the same when its secret changes: its ID, and the key without which its tokens are of no use.
    pub(crate) fn login_fingerprint(&self) -> Fingerprint {
        let Self { client_id, authentication: _, dpop, requires_dpop: _, rotation: _, time: _ } = self;
        let builder = Fingerprint::builder().parameter("client_id", &**client_id);
        match dpop {
            Some(key) => builder.parameter("dpop_jkt", key.thumbprint()).build(),
            None => builder.build(),
        }
    }
}

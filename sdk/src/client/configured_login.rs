use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use http::StatusCode;

use crate::dpop::DpopKey;
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::grant::{Grant, RefreshTokenGrant};
use crate::token::{OAuthToken, RefreshToken};

/// A refresh token that was configured, as a client.
///
/// It is taken to be one that the server leaves as it is, since one that it replaces would not outlast the program. Where
/// the server does replace it, its successor is used, and it is not sent again (RFC 6749 §6, RFC 9700 §4.14).
#[derive(Clone)]
pub(super) struct ConfiguredLogin {
    grant: RefreshTokenGrant,
    /// What to begin with; `None` while it is not known what became of a successor.
    current: Arc<Mutex<Option<RefreshToken>>>,
}

impl ConfiguredLogin {
    pub(super) fn new(grant: RefreshTokenGrant) -> Self {
        let current = Arc::new(Mutex::new(Some(grant.refresh_token().clone())));
        Self { grant, current }
    }

    fn current(&self) -> Option<RefreshToken> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn begin_with(&self, token: Option<RefreshToken>) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = token;
    }

    async fn spend(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        if refresh_token != self.grant.refresh_token() {
            // It is one that the server replaces: until the answer is there, nobody else begins with it.
            self.begin_with(None);
        }
        let outcome = self.grant.spend(refresh_token).await;
        match &outcome {
            Ok(token) => self.begin_with(Some(token.refresh_token().unwrap_or(refresh_token).clone())),
            Err(error) if was_not_spent(error) => self.begin_with(Some(refresh_token.clone())),
            Err(_) => {}
        }
        outcome
    }
}

/// The server has not seen the request, or said that it did nothing.
fn was_not_spent(error: &Error) -> bool {
    let is_busy = |status| status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE;
    let lacks_nonce = error.oauth_code() == Some("use_dpop_nonce");
    error.was_not_sent() || error.status().is_some_and(is_busy) || lacks_nonce
}

#[async_trait]
impl Grant for ConfiguredLogin {
    async fn get_token(&self) -> Result<OAuthToken> {
        match self.current() {
            Some(refresh_token) => self.spend(&refresh_token).await,
            None => Err(Error::login_required(
                "the server has replaced the refresh token that was configured, and its successor is of no use any more: \
                 configure a new one",
            )),
        }
    }

    async fn refresh(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.spend(refresh_token).await
    }

    fn fingerprint(&self) -> Fingerprint {
        self.grant.fingerprint()
    }

    /// Whatever is asked for with one refresh token, its successor is one.
    fn login(&self) -> Fingerprint {
        self.grant.login()
    }

    fn configured_refresh_token(&self) -> Option<RefreshToken> {
        Some(self.grant.refresh_token().clone())
    }

    fn dpop_key(&self) -> Option<&DpopKey> {
        self.grant.dpop()
    }
}

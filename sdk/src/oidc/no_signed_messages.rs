//! `signed_messages` without the feature `oidc`: the same calls, which refuse what they could not verify.

#![allow(clippy::unused_self, clippy::unused_async, reason = "the calls are those of the real ones")]

use serde_json::{Map, Value};

use super::id_token_expectations::{IdTokenExpectations, PreviousLogin};
use super::refreshed_id_token::Refreshed;
use crate::client_auth::Identity;
use crate::discovery::ServerMetadata;
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
#[cfg(any(feature = "axum", feature = "loopback"))]
use crate::lenient::JsonObject;
use crate::token::{IdTokenClaims, OAuthToken};
use crate::transport::Transport;
use crate::wire::EndpointUrl;

#[derive(Clone, Debug)]
pub(crate) struct SignedMessages;

#[derive(Clone, Debug, Default)]
pub(crate) struct SignedMessageTerms;

/// There is no way to encrypt a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RequestEncryption {}

impl SignedMessageTerms {
    pub(crate) fn announced_by(self, _: &ServerMetadata) -> Self {
        self
    }

    pub(crate) fn with_lazy_issuer(self, _: &str) -> Self {
        self
    }

    #[allow(clippy::unnecessary_wraps, reason = "as the real one")]
    pub(crate) fn take_over<'a>(&mut self, _: impl Fn(&str) -> Option<&'a Value>) -> Result<()> {
        Ok(())
    }
}

impl SignedMessages {
    pub(crate) fn new(
        _: &SignedMessageTerms,
        _: &Identity,
        _: Option<&str>,
        _: Option<&EndpointUrl>,
        _: &Result<Transport>,
    ) -> Self {
        Self
    }

    pub(crate) fn rules(&self) -> Fingerprint {
        Fingerprint::new("id_tokens", "unverified")
    }

    pub(crate) fn check_id_token_support(&self) -> Result<()> {
        Err(no_id_tokens())
    }

    pub(crate) async fn prepare(&self) -> Result<()> {
        Err(no_id_tokens())
    }

    pub(crate) async fn verify_login(&self, _: &OAuthToken, _: IdTokenExpectations<'_>) -> Result<IdTokenClaims> {
        Err(no_id_tokens())
    }

    pub(crate) async fn verify_hybrid(&self, _: Option<&str>, _: IdTokenExpectations<'_>) -> Result<String> {
        Err(no_id_tokens())
    }

    pub(crate) async fn verify_refreshed(&self, _: &str, _: &str, _: PreviousLogin<'_>) -> Result<Refreshed> {
        Ok(Refreshed::NotChecked)
    }

    #[allow(clippy::unnecessary_wraps, reason = "as the real one")]
    pub(crate) fn check_stored(&self, _: Option<&str>) -> Result<()> {
        Ok(())
    }

    pub(crate) async fn verify_userinfo(&self, _: &[u8]) -> Result<Map<String, Value>> {
        Err(Error::unsupported("the userinfo answer is signed, and verifying it needs the feature `oidc`"))
    }

    #[allow(clippy::unnecessary_wraps, reason = "as the real one")]
    pub(crate) fn check_plain_userinfo(&self) -> Result<()> {
        Ok(())
    }

    pub(crate) fn requires_signed_introspection(&self) -> bool {
        false
    }

    pub(crate) async fn verify_introspection(&self, _: &[u8]) -> Result<Map<String, Value>> {
        Err(Error::unsupported("signed introspection answers need the feature `oidc`, which verifies them"))
    }

    pub(crate) fn check_response_support(&self) -> Result<()> {
        Err(Error::unsupported("signed answers (JARM) need the feature `oidc`, which verifies them"))
    }

    pub(crate) async fn verify_response(&self, _: &str) -> Result<Map<String, Value>> {
        self.check_response_support().map(|()| Map::new())
    }

    #[cfg(any(feature = "axum", feature = "loopback"))]
    #[allow(clippy::unnecessary_wraps, reason = "as the real one")]
    pub(crate) fn peek_response(&self, _: &str) -> Result<Option<JsonObject>> {
        Ok(None)
    }

    pub(crate) async fn encrypt_request(
        &self,
        _: &str,
        encryption: RequestEncryption,
        _: Option<&str>,
    ) -> Result<String> {
        match encryption {}
    }
}

fn no_id_tokens() -> Error {
    Error::unsupported(
        "an ID token is asked for, by the scope `openid` or with a nonce: switch on the feature `oidc`, which verifies it",
    )
}

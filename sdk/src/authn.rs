//! Client authentication: how a client proves to the authorization server who it is, a file a method.

mod assertion;
mod assertion_source;
mod authenticated;
mod client_assertion;
mod client_secret_basic;
mod client_secret_jwt;
mod client_secret_post;
mod identity;
mod none;
mod private_key_jwt;
mod tls_client_auth;

use std::fmt::Debug;

use async_trait::async_trait;
use http::HeaderMap;

pub use assertion::AssertionAudience;
pub use assertion_source::{AssertionFile, AssertionSource};

pub(crate) use assertion::AssertionTerms;
pub(crate) use authenticated::Authenticated;
pub(crate) use client_assertion::ClientAssertion;
pub(crate) use client_secret_basic::ClientSecretBasic;
pub(crate) use client_secret_jwt::ClientSecretJwt;
pub(crate) use client_secret_post::ClientSecretPost;
pub(crate) use identity::Identity;
pub(crate) use none::NoAuthentication;
pub(crate) use private_key_jwt::PrivateKeyJwt;
pub(crate) use tls_client_auth::TlsClientAuth;

use crate::error::Result;
use crate::fingerprint::FingerprintBuilder;
use crate::wire::Form;

/// One way to authenticate (`token_endpoint_auth_method`, RFC 7591 §2): adds what it needs to a request.
///
/// Asynchronous, since a signature may come from a key that is elsewhere.
#[async_trait]
pub(crate) trait ClientAuthentication: Debug + Send + Sync + 'static {
    /// The method's name in the registry of RFC 7591.
    fn method(&self) -> &'static str;

    /// Refuses what no server should accept, before anything is sent.
    fn check(&self) -> Result<()> {
        Ok(())
    }

    /// Called for each request anew, one that is sent again included: an assertion is good for one.
    async fn authenticate(&self, client_id: &str, form: &mut Form, headers: &mut HeaderMap) -> Result<()>;

    /// Whether it is the certificate of the connection that says who the client is (RFC 8705).
    fn is_by_certificate(&self) -> bool {
        false
    }

    /// What it proves with, where that can be told: who has another one must not be served what was got with this one.
    fn fingerprint(&self, fingerprint: FingerprintBuilder) -> FingerprintBuilder {
        match self.secret() {
            Some(secret) => fingerprint.secret("client_secret", secret),
            None => fingerprint,
        }
    }

    /// What must not appear in an error, beside the secrets in the form.
    fn secret(&self) -> Option<&str> {
        None
    }
}

//! Client authentication: how a client proves to the authorization server who it is, a file a method.

mod authenticated;
mod client_secret_basic;
mod client_secret_post;
mod identity;
mod none;

use std::fmt::Debug;

use async_trait::async_trait;
use http::HeaderMap;

pub(crate) use authenticated::Authenticated;
pub(crate) use client_secret_basic::ClientSecretBasic;
pub(crate) use client_secret_post::ClientSecretPost;
pub(crate) use identity::Identity;
pub(crate) use none::NoAuthentication;

use crate::error::Result;
use crate::wire::Form;

/// One way to authenticate (`token_endpoint_auth_method`, RFC 7591 §2): adds what it needs to a request.
///
/// Asynchronous, since a signature may come from a key that is elsewhere.
#[async_trait]
pub(crate) trait ClientAuthentication: Debug + Send + Sync + 'static {
    /// The method's name in the registry of RFC 7591.
    fn method(&self) -> &'static str;

    async fn authenticate(&self, client_id: &str, form: &mut Form, headers: &mut HeaderMap) -> Result<()>;

    /// What must not appear in an error, beside the secrets in the form.
    fn secret(&self) -> Option<&str> {
        None
    }
}

//! What people type where it is not: it does not compile, and the compiler says where it is.

use super::OAuthToken;

/// No type implements it: it carries the message. (A bound with a lifetime is checked where the method is called.)
#[diagnostic::on_unimplemented(
    message = "an `OAuthToken` has several secrets",
    label = "which one?",
    note = "the access token: `.access_token().secret()`; the refresh token: `.refresh_token()`, which is an `Option`",
    note = "for a request: `.authorization_header()`, or `credentials.headers().await?`"
)]
pub trait OneSecret<'a> {}

#[doc(hidden)]
impl OAuthToken {
    pub fn secret<'a>(&'a self) -> &'a str
    where
        Self: OneSecret<'a>,
    {
        ""
    }
}

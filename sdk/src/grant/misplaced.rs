//! What people type where it is not: it does not compile, and the compiler says where it is.

use super::Login;
use crate::token::AccessToken;

/// No type implements it: it carries the message. (A bound with a lifetime is checked where the method is called.)
#[diagnostic::on_unimplemented(
    message = "a `Login` has a token, which has the access token",
    label = "stands behind `.token()`",
    note = "`login.token().access_token().secret()`; to call an API: `login.credentials(\"a name\").await?`, which keeps it fresh"
)]
pub trait AccessTokenOfTheLogin<'a> {}

#[doc(hidden)]
impl Login {
    pub fn access_token<'a>(&'a self) -> &'a AccessToken
    where
        Self: AccessTokenOfTheLogin<'a>,
    {
        self.token().access_token()
    }
}

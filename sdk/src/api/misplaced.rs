//! What people type where it is not: it does not compile, and the compiler says where it is.

use super::ApiRequest;

/// No type implements it: it carries the message.
#[diagnostic::on_unimplemented(
    message = "an `ApiRequest` has its token already",
    label = "leave it out",
    note = "the token comes from the credentials that the `ApiClient` was given, is refreshed, and is sent with each request"
)]
pub trait TokenOfTheRequest {}

#[doc(hidden)]
impl ApiRequest {
    pub fn bearer_auth(self, _: impl TokenOfTheRequest) -> Self {
        self
    }
}

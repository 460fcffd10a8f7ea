use std::sync::Arc;

use super::{Credentials, OAuthClient};

/// A token source of an [`ApiClient`](crate::ApiClient): [`Credentials`], or a client that has a name.
///
/// | given | credentials |
/// |---|---|
/// | `credentials`, `&credentials` | a clone of the handle |
/// | a struct that derives [`OAuthClient`], or a reference to one | those of its name |
/// | a [`ProviderClient`](crate::ProviderClient), or a reference to one | the provider's |
/// | `client.client_credentials().named("billing")`, or a reference to it | the grant's |
/// | an [`Arc`] of any `OAuthClient`, or a reference to one | that client's |
///
/// A client that is implemented by hand gives them by [`.credentials()`](OAuthClient::credentials), or implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as the credentials of an API client",
    label = "no credentials",
    note = "give `Credentials`, or a client that has a name: a derived one, a `ProviderClient`, or a reference to either",
    note = "a `Client`: call `.client_credentials().credentials(\"a name\")` on it; another grant: `.credentials(\"a name\")`",
    note = "a `StoredLogin`: call `.credentials_in(store)` on it",
    note = "a `Login`: call `.credentials(\"a name\").await?`; an `OAuthClient` of your own: `.credentials()`",
    note = "a token that is at hand: an `OAuthClient` of your own gives it by `get_token`"
)]
pub trait IntoCredentials {
    /// The handle. Handles of the same client share its token.
    fn into_credentials(self) -> Credentials;
}

impl IntoCredentials for Credentials {
    fn into_credentials(self) -> Credentials {
        self
    }
}

impl IntoCredentials for &Credentials {
    fn into_credentials(self) -> Credentials {
        self.clone()
    }
}

impl<C: OAuthClient> IntoCredentials for Arc<C> {
    fn into_credentials(self) -> Credentials {
        self.credentials()
    }
}

impl<C: OAuthClient> IntoCredentials for &Arc<C> {
    fn into_credentials(self) -> Credentials {
        OAuthClient::credentials(self)
    }
}

impl IntoCredentials for Arc<dyn OAuthClient> {
    fn into_credentials(self) -> Credentials {
        OAuthClient::credentials(&self)
    }
}

impl IntoCredentials for &Arc<dyn OAuthClient> {
    fn into_credentials(self) -> Credentials {
        OAuthClient::credentials(self)
    }
}

/// `IntoCredentials` for clients that can be cloned, by value and by reference.
macro_rules! into_credentials {
    ($client:ty) => {
        impl $crate::credentials::IntoCredentials for $client {
            fn into_credentials(self) -> $crate::credentials::Credentials {
                $crate::credentials::OAuthClient::credentials(&self)
            }
        }

        impl $crate::credentials::IntoCredentials for &$client {
            fn into_credentials(self) -> $crate::credentials::Credentials {
                $crate::credentials::OAuthClient::credentials(self)
            }
        }
    };
}
pub(crate) use into_credentials;

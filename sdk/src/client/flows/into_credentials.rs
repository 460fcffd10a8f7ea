//! Where grants meet credentials: each grant as an `OAuthClient` under a name, and credentials as what is exchanged.

use async_trait::async_trait;
use secrecy::SecretString;

use super::configured_refresh_token::ConfiguredRefreshToken;
use super::named_grant::NamedGrant;
use crate::client_auth::AssertionSource;
use crate::credentials::token_store::TokenStore;
use crate::credentials::{Credentials, CredentialsBuilder};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::grant::{
    Assertion, AssertionGrant, ClientCredentials, ExtensionGrant, Grant as _, IdentityAssertionGrant, Login,
    RefreshTokenGrant, ResourceOwnerPassword, SecurityToken, StoredLogin, TokenExchange,
};
use crate::token::TokenTypeIdentifier;

macro_rules! credential_methods {
    ($($(#[$attribute:meta])* $grant:ty => $kept:expr;)+) => {
        $(
            impl $grant {
                /// The handle that keeps a token of this grant; the name is its cache key, together with what is asked for
                /// and with what.
                $(#[$attribute])*
                pub fn credentials(self, name: impl Into<String>) -> Credentials {
                    let name: String = name.into();
                    NamedGrant::credentials_of(&name, $kept(self))
                }

                /// The same with the token in this store, so that other processes, or the next run, use it too: those that ask for the same
                /// by the same name. For a refresh policy as well: [`credentials_builder`](Self::credentials_builder).
                pub fn credentials_in(self, store: impl TokenStore, name: impl Into<String>) -> Credentials {
                    self.credentials_builder(name).store(store).build()
                }

                /// The handle under the name, with a policy, a clock, a cache or a store of its own.
                pub fn credentials_builder(self, name: impl Into<String>) -> CredentialsBuilder {
                    Credentials::builder(self.named(name))
                }

                /// The identity of its token: for the [`fingerprint`](crate::OAuthClient::fingerprint) of a client that
                /// wraps it.
                pub fn identity(&self) -> Fingerprint {
                    self.fingerprint()
                }

                /// This grant as an [`OAuthClient`](crate::OAuthClient) with that name.
                pub fn named(self, name: impl Into<String>) -> NamedGrant {
                    NamedGrant::new(name, $kept(self))
                }
            }
        )+
    };
}

credential_methods! {
    AssertionGrant => std::convert::identity;
    ClientCredentials => std::convert::identity;
    ExtensionGrant => std::convert::identity;
    IdentityAssertionGrant => std::convert::identity;
    ///
    /// A refresh token that the server gives in place of the first is used from then on, for as long as the program runs.
    RefreshTokenGrant => ConfiguredRefreshToken::new;
    ResourceOwnerPassword => std::convert::identity;
    TokenExchange => std::convert::identity;
}

impl Login {
    /// Returns the credentials of this login, which refresh its token for as long as its refresh token lasts; then their errors
    /// [need a login](crate::Error::needs_login).
    ///
    /// Two users never share a token, whatever the name: it is cached under the name and the user.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](crate::Error::is_invalid_response) if the token has expired already.
    pub async fn credentials(self, name: impl Into<String> + Send) -> Result<Credentials> {
        self.credentials_builder(name).await
    }
}

/// A login that outlasts the program, or serves several of them.
impl Login {
    /// Stores the login under the name, replacing any login there, and returns its credentials. Another process, or the next run, gets
    /// the same by [`Client::stored_login`](crate::client::Client::stored_login).
    ///
    /// The name identifies the user: a second login under a name replaces the first; a process that holds an access token of the first
    /// goes on with it until it expires or is rejected. A client whose tokens are bound to a key (DPoP) needs the same key each time.
    ///
    /// # Errors
    ///
    /// As [`Credentials::put`].
    pub async fn credentials_in(self, store: impl TokenStore, name: impl Into<String> + Send) -> Result<Credentials> {
        self.credentials_builder(name).store(store).await
    }
}

impl StoredLogin {
    /// Returns the credentials of the login in the store. Nothing is sent or read yet: the first token shows whether there is a
    /// login.
    pub fn credentials_in(self, store: impl TokenStore) -> Credentials {
        self.credentials_builder().store(store).build()
    }

    /// As an [`OAuthClient`](crate::OAuthClient), for [`Credentials::builder`].
    pub fn named(self) -> NamedGrant {
        let (name, refresh) = self.into_parts();
        NamedGrant::new(name, refresh)
    }
}

/// The access token of the moment, so that an exchange lasts as long as the credentials do.
impl From<Credentials> for SecurityToken {
    fn from(credentials: Credentials) -> Self {
        Self::with_text(TokenTypeIdentifier::ACCESS_TOKEN, Assertion::from_source(TokenOf(credentials)))
    }
}

#[derive(Debug)]
struct TokenOf(Credentials);

#[async_trait]
impl AssertionSource for TokenOf {
    fn identity(&self) -> Fingerprint {
        let Self(credentials) = self;
        credentials.identity()
    }

    /// What they are, their identity says, and how far it reaches.
    fn speaks_for_this_machine(&self) -> bool {
        false
    }

    async fn assertion(&self, _: &str) -> Result<SecretString> {
        Ok(self.0.token().await?.access_token().secret().into())
    }
}

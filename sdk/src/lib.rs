//! OAuth 2.x and OpenID Connect access tokens for any program: obtained, kept fresh, and used to call APIs.
//!
//! Three words carry it all:
//!
//! | you … | type | it does |
//! |---|---|---|
//! | **implement** (or derive) | [`OAuthClient`] | says how one named client gets and refreshes a token |
//! | **hold** | [`Credentials`] | cached, shared, renewed ahead of expiry; a clone is cheap |
//! | **call** | [`ApiClient`] | sends authorised requests under one base URL, once more when the token was refused |
//!
//! # Where to begin
//!
//! - A provider that there is a plug-in for, by its name: `#[derive(OAuthClient)]`, see [`OAuthClient`].
//! - Any other server: [`Client::builder`], which the compiler checks for completeness.
//! - A token from somewhere else: [`OAuthClient`] by hand, one method.
//! - Nothing but an API's URL: [`ResourceAccess`].
//! - A person who logs in: [`AuthorizationCode`], [`DeviceAuthorization`] where there is no browser, or [`Ciba`] where the
//!   person is asked on their own device.
//! - A token for another token or an assertion: [`TokenExchange`], [`AssertionGrant`]; anything else: [`ExtensionGrant`].
//! - Tokens that are of no use to a thief: [`DpopKey`].
//! - A provider of one's own: [`Provider`].
//!
//! # Features
//!
//! | feature | default | brings |
//! |---|---|---|
//! | `derive` | yes | `#[derive(OAuthClient)]`, `#[derive(ProviderConfig)]` |
//! | `loopback` | yes | `LoopbackListener`, for native apps |
//! | `browser` | no | opens the person's browser for `AuthorizationCode::native` |
//! | `oidc` | no | ID tokens; brings in `openidconnect`, and with it the `rsa` crate, none of whose private-key operations is used (RUSTSEC-2023-0071) |
//! | `tracing` | no | spans and events of what happens to tokens and requests, for any `tracing` subscriber; `docs/observability.md` has their names |
//! | `metrics` | no | counters and histograms of the same, for any recorder of the `metrics` crate |
//!
//! # Safe unless told otherwise
//!
//! Endpoints are `https`, no redirect is followed, answers are bounded in size and time, PKCE is always used, `state`, `nonce`
//! and `iss` are checked, no secret is shown, and tokens are wiped from memory. What gives one of these up is called
//! `danger_…`.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod api;
mod authn;
mod authorize;
mod client;
mod credentials;
mod discovery;
mod dpop;
mod endpoint;
mod error;
mod fingerprint;
mod grant;
mod http_client;
mod jose;
#[cfg(feature = "oidc")]
mod oidc;
pub mod registry;
mod sealing;
mod store;
mod telemetry;
mod token;
mod transport;
mod wire;

pub use api::{ApiClient, ApiClientBuilder, ApiPath, ApiRequest, ApiResponse, IntoPath};
pub use authn::{AssertionAudience, AssertionFile, AssertionSource};
#[cfg(feature = "loopback")]
pub use authorize::{LoopbackAddress, LoopbackBuilder, LoopbackListener, NativeLogin};
pub use authorize::{AuthorizationCode, DisplayMode, PendingLogin, Prompt, RedirectUri, ResponseMode};
pub use client::{
    AccessDiscovery, Client, ClientBuilder, ClientIdMetadataDocument, Discovered, Endpoints, NamedGrant, ResourceAccess,
};
pub use credentials::{
    AuthorizationHeaders, CacheKey, Clock, CredentialCache, Credentials, CredentialsBuilder, Moment, OAuthClient,
    RenewalControl, RenewalDriver, RenewalPolicy, StoreKey, StoreLease, StoreRecord, SystemClock, TokenStore, TokioClock,
};
pub use discovery::{ProtectedResource, ResourceDiscovery, ResourceMetadata, ServerMetadata};
pub use dpop::DpopKey;
pub use endpoint::{
    ClientMetadata, FrontchannelLogout, Introspection, LogoutRequest, PendingLogout, RegisteredClient, Registration,
    Revocation, TokenIntrospection, Userinfo, UserinfoClaims,
};
pub use error::{Challenge, Error, Result};
pub use fingerprint::{Fingerprint, FingerprintBuilder};
pub use grant::{
    Assertion, AssertionGrant, Ciba, CibaHint, CibaNotification, ClientCredentials, DeviceAuthorization,
    ExtensionGrant, JsonTokenRequest, JwtAssertion, Login, PendingCiba, PendingDevice, RefreshTokenGrant,
    ResourceOwnerPassword, SecurityToken, StoredLogin, TokenExchange,
};
#[cfg(feature = "derive")]
pub use grantkit_macros::{OAuthClient, ProviderConfig};
pub use jose::{HmacAlgorithm, Signer, SigningAlgorithm, SigningKey};
#[cfg(feature = "oidc")]
pub use jose::{ContentEncryption, DecryptionKey, KeyManagementAlgorithm};
#[cfg(feature = "oidc")]
pub use oidc::{IdTokenClaims, LogoutToken, LogoutTokenVerifier};
pub use registry::{Provider, ProviderClient, ProviderConfig, Settings};
pub use sealing::SealingKey;
pub use secrecy::SecretString;
#[cfg(feature = "file")]
pub use store::FileStore;
#[cfg(feature = "memory")]
pub use store::MemoryStore;
#[cfg(feature = "redis")]
pub use store::{RedisStore, RedisStoreBuilder};
#[cfg(feature = "metrics")]
pub use telemetry::describe_metrics;
pub use token::{AccessToken, ExchangedToken, OAuthToken, RefreshToken, StoredToken, TokenType, TokenTypeIdentifier};
pub use transport::{Transport, TransportBuilder};

/// The states of [`ClientBuilder`] and [`Client`], and what each step requires of them; the compiler's to name.
pub mod client_state {
    pub use crate::client::{
        Absent, AlreadyGiven, AuthenticationGiven, AuthenticationNotGiven, AuthorizationEndpointGiven,
        BackchannelAuthenticationEndpointGiven, ClientIdGiven, ClientIdNotGiven, DeviceAuthorizationEndpointGiven,
        EndSessionEndpointGiven, EndpointNotGiven, IntrospectionEndpointGiven, IssuerGiven, JwksUriGiven,
        NeedsAuthentication, NeedsClientId, NeedsTokenEndpoint, NoEndpointGiven, Present,
        PushedAuthorizationRequestEndpointGiven, RegistrationEndpointGiven, RevocationEndpointGiven, TokenEndpointGiven,
        TokenEndpointNotGiven, UserinfoEndpointGiven,
    };
}

/// What most programs need: `use grantkit::prelude::*;`.
pub mod prelude {
    #[cfg(feature = "loopback")]
    pub use crate::LoopbackListener;
    #[doc(no_inline)]
    pub use crate::{
        ApiClient, AuthorizationCode, Client, Credentials, Error, OAuthClient, OAuthToken, ProviderClient, RedirectUri,
        RefreshToken, Result, SecretString, Settings,
    };
    #[doc(no_inline)]
    pub use async_trait::async_trait;
}

/// What generated code names; not for people.
#[doc(hidden)]
pub mod __private {
    pub use std::sync::Arc;
    pub use std::vec::Vec;

    pub use {async_trait::async_trait, http, inventory, serde_json};
}

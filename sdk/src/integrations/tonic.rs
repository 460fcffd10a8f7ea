//! Authorised gRPC calls of `tonic`: by a layer on the channel, or an interceptor.
//!
//! ```
//! use grantkit::integrations::tonic::ReplayRecorded;
//! use grantkit::integrations::tower::AuthorizationLayer;
//! use tower::Layer;
//!
//! # fn example<C>(channel: C, credentials: grantkit::Credentials) -> grantkit::Result<()> {
//! let layer = AuthorizationLayer::new("https://api.example", &credentials)?.replay(ReplayRecorded::new());
//! let channel = layer.layer(channel); // for `HealthClient::new(channel)`, or any other generated client
//! # Ok(())
//! # }
//! ```
//!
//! | | [`AuthorizationLayer`](super::tower::AuthorizationLayer) with [`ReplayRecorded`] | [`AuthorizationInterceptor`] |
//! |---|---|---|
//! | no token yet | waits for it | the call fails with `UNAVAILABLE`, and the token is requested |
//! | `UNAUTHENTICATED` | refreshes the token, and repeats the call | the call fails, as the interceptor sees no answers |
//! | sender-constrained tokens (DPoP) | yes | no: they need a proof for each call |
//! | where the token goes | with calls below the path of the base URL, wherever the channel leads | wherever the channel leads |
//!
//! A channel puts its own server into each call, below any layer: give it the same server as the base URL, with `https`.

mod interceptor;
mod replay_recorded;
mod status;

pub use interceptor::AuthorizationInterceptor;
pub use replay_recorded::ReplayRecorded;
pub use status::status_of;

//! An embedded OAuth 2.x / OpenID Connect authorization server and a protected API, for tests of OAuth clients.
//!
//! Both run inside the test, each on a loopback port of its own, with real HTTP, real tokens and real signatures.
//! They count and record what they are asked, and go wrong when told to: [`Faults`].
//!
//! ```
//! use grantkit_testkit::{AuthorizationServer, Fault, ProtectedApi};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await?;
//! let api = ProtectedApi::start(&server).await?;
//! server.faults().next("/token", 1, Fault::status(503).header("retry-after", "1"));
//!
//! // The program under test goes here; this one is reqwest, by hand.
//! let http = reqwest::Client::new();
//! let ask = || {
//!     http.post(server.token_endpoint())
//!         .basic_auth("billing", Some("s3cret"))
//!         .header("content-type", "application/x-www-form-urlencoded")
//!         .body("grant_type=client_credentials&scope=read%3Ainvoices")
//!         .send()
//! };
//! assert_eq!(ask().await?.status(), 503);
//! let answer: serde_json::Value = serde_json::from_str(&ask().await?.text().await?)?;
//! let token = answer["access_token"].as_str().unwrap_or_default();
//! let invoice = http.get(api.url("/v1/invoices/42")).bearer_auth(token).send().await?;
//! assert_eq!(invoice.status(), 200);
//!
//! server.revoke_all_access_tokens();
//! let refused = http.get(api.url("/v1/invoices/42")).bearer_auth(token).send().await?;
//! assert_eq!(refused.status(), 401);
//! assert_eq!(server.counters().client_credentials, 2);
//! assert_eq!(server.requests()[0].form_value("scope").as_deref(), Some("read:invoices"));
//! # Ok(())
//! # }
//! ```
//!
//! # What the server speaks
//!
//! | endpoint | standard |
//! |---|---|
//! | `POST /token` | RFC 6749: `client_credentials`, `authorization_code`, `refresh_token`; device codes (RFC 8628), token exchange (RFC 8693), JWT bearer (RFC 7523), identity assertions (ID-JAG) between two servers, CIBA; PKCE (RFC 7636, S256 only); `resource` (RFC 8707) |
//! | `POST /oauth/token` | the same, where a tenant of Auth0 has it: the server's issuer is the `tenant` of `grantkit-providers` |
//! | `GET`, `POST /authorize` | RFC 6749; the user consents at once; `iss` in the answer (RFC 9207) |
//! | `POST /par` | RFC 9126 |
//! | `POST /bc-authorize` | OpenID Connect CIBA, poll mode; the user decides at `AuthorizationServer::approve` |
//! | `POST /register`, `GET`, `PUT`, `DELETE /register/{id}` | RFC 7591, RFC 7592 |
//! | `GET`, `POST /end_session` | OpenID Connect RP-Initiated Logout |
//! | `POST /device_authorization`, `GET /device` | RFC 8628; who opens the page has consented |
//! | the same, and `/userinfo` | DPoP (RFC 9449), for those who send a proof: ES256, with nonces where the server asks for them |
//! | `POST /revoke` | RFC 7009 |
//! | `POST /introspect` | RFC 7662 |
//! | `GET`, `POST /userinfo`, ID tokens, `GET /jwks` | OpenID Connect Core |
//! | `GET /.well-known/oauth-authorization-server` | RFC 8414 |
//! | `GET /.well-known/openid-configuration` | OpenID Connect Discovery |
//!
//! With the feature `catalogue`, `provider("github")` plays a service of the catalogue of `grantkit-providers`: its paths, its requests,
//! its quirks, its profile.
//!
//! [`GoogleCloud`] plays the endpoints that Google's credentials use: the token endpoint, the Security Token Service, the IAM Credentials API and
//! the metadata server, which check the signatures of those who ask and sign what they give.
//!
//! Expiry is tested without waiting by a [`ManualClock`].
//!
//! Refresh tokens rotate, and one that is used twice revokes its whole family; a code that is redeemed twice revokes
//! the tokens it yielded (RFC 9700).
//!
//! This is a test server: it logs every visitor in, keeps every secret readable and compares none in constant time.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod authn;
mod authorization_server;
mod bearer;
mod clock;
mod counters;
mod dpop;
mod endpoint;
mod fault;
mod form;
mod google_cloud;
mod grant;
mod jws;
mod keys;
mod oauth_error;
mod protected_api;
#[cfg(feature = "catalogue")]
mod provider;
mod random;
mod recorded_request;
mod scope;
mod socket;
mod state;
mod sync;
mod user;

pub use self::authorization_server::{AuthorizationServer, AuthorizationServerBuilder};
pub use self::clock::ManualClock;
pub use self::counters::{ApiCounters, Counters};
pub use self::fault::{Fault, FaultBody, Faults};
pub use self::google_cloud::GoogleCloud;
pub use self::keys::SigningAlgorithm;
pub use self::protected_api::ProtectedApi;
#[cfg(feature = "catalogue")]
pub use self::provider::{PlayedProvider, ProviderBuilder, provider};
pub use self::recorded_request::RecordedRequest;
pub use self::state::{MetadataDocuments, RefreshTokens};
pub use self::user::User;

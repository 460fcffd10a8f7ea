//! The login of a web application, for axum: its routes, sessions in encrypted cookies or a store, and extractors of who has logged in
//! and of their credentials.
//!
//! ```no_run
//! use axum::{Router, routing::get};
//! use grantkit::integrations::axum::WebLogin;
//! use grantkit::keys::SealingKey;
//! use grantkit::prelude::*;
//! use grantkit::provider::Person;
//!
//! # #[cfg(feature = "oidc")]
//! async fn app(secret: SecretString, key: SealingKey) -> Result<Router> {
//!     let client = Client::builder().client_id("web").client_secret(secret).discover("https://as.example").await?;
//!     let login = client.authorization_code("https://app.example/callback")?.scopes(["openid", "offline_access", "read:invoices"]);
//!     let login = WebLogin::builder(login, key)
//!         .revocation(client.revocation()?)
//!         .logout_request(client.logout_request()?.post_logout_redirect_uri("https://app.example/"))
//!         .build()?;
//!     Ok(Router::new().route("/", get(home)).merge(login.routes()).with_state(login))
//! }
//!
//! async fn home(person: Person, credentials: Credentials) -> Result<String> {
//!     let api = ApiClient::new("https://api.example/v1", credentials)?;
//!     let invoice: serde_json::Value = api.get(["invoices", "42"]).fetch().await?;
//!     Ok(format!("{} owes {}", person.name().unwrap_or("Somebody"), invoice["amount"]))
//! }
//! # fn main() {}
//! ```
//!
//! Features: `axum`; `oidc` for ID tokens and back-channel logout.
//!
//! A request to `/` without a session is redirected to the login, and back afterwards. [`Session`], [`Person`](crate::provider::Person) and
//! [`Credentials`](crate::Credentials) are extractors, `Option` of each too; a handler may return [`Error`](crate::Error).
//! By a provider's name: `WebLogin::builder(github.login(redirect_uri)?, key).provider(&github)`.
//!
//! # What is safe by default
//!
//! - The login is bound to the browser that began it, by a cookie of its own: the answer to another's login is not taken (login CSRF,
//!   RFC 6749 §10.12). PKCE, `state`, `nonce` and `iss` are those of [`AuthorizationCode`](crate::AuthorizationCode). It is finished once,
//!   within 15 minutes.
//! - Cookies are encrypted (AES-256-GCM, [`SealingKey`](crate::keys::SealingKey), with rotation), `HttpOnly`, `SameSite=Lax`, `Secure`, and
//!   named `__Host-..`, so that no other host can set them. By plain `http` on this machine, where a redirect URI may be, they are neither
//!   `Secure` nor so named, and have the port in their name.
//! - Tokens are in a [store](WebLoginBuilder::tokens_in), never in a cookie. A session has a new ID after each login, and ends after
//!   [12 hours](WebLoginBuilder::session_lifetime); one that was ended goes on with no copy of its cookie.
//! - Persons are known by the issuer of their ID token, which was verified, and their ID: two of two tenants may have the same `sub`. One whose
//!   ID [may be another person's later](crate::provider::Person::is_id_reassignable), as a user name, is refused
//!   ([`danger_accept_reassignable_ids`](WebLoginBuilder::danger_accept_reassignable_ids)).
//! - The browser is sent to paths of this application alone after a login.
//! - Logout is a POST of this application's form (CSRF protection): `Sec-Fetch-Site` or `Origin` say so, or the form carries
//!   [`csrf_token`](Session::csrf_token).
//!
//! # While a store does not answer
//!
//! Each call of a store has as long as its [`call_timeout`](crate::store::TokenStore::call_timeout) says; what is independent is asked for at
//! once. If the store gives no answer, the safe case is assumed:
//!
//! | what | then |
//! |---|---|
//! | the session of a request, and whether it has ended | the request is not taken as logged in: it is answered 503, with `Option<Session>` too |
//! | a login | there is none, and no cookie: 503 |
//! | a logout, [`end_sessions_of`](WebLogin::end_sessions_of) | an error that can be retried; the cookie stays, so that the person can |
//! | the server's word of a logout | 400, by which it knows that the sessions may go on |
//! | whether a logout token came before | it counts: sessions end |
//! | the end of the session that a new login replaces | the new one is there all the same; an event says so (`tracing`) |

mod addresses;
mod backchannel_logout;
mod bounded_store;
mod builder;
mod callback;
mod cookies;
mod ended_sessions;
mod extractors;
mod log_out;
#[cfg(feature = "oidc")]
mod logout_tokens;
mod of_person;
mod page;
mod pending_cookie;
mod return_path;
mod session;
mod session_keeper;
mod start;
mod web_login;

pub use builder::WebLoginBuilder;
pub use extractors::Rejection;
pub use session::Session;
pub use web_login::WebLogin;

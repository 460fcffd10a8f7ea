//! The authorization server's handle.

mod builder;

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

pub use self::builder::AuthorizationServerBuilder;
#[cfg(feature = "catalogue")]
pub(crate) use self::builder::Plan;
use crate::counters::Counters;
use crate::endpoint;
use crate::fault::Faults;
use crate::recorded_request::RecordedRequest;
use crate::socket::{Serving, Site};
use crate::state::{RefreshToken, State};
use crate::sync::lock;
use crate::user::User;

/// An OAuth 2.x / OpenID Connect authorization server on a loopback port.
///
/// A clone is another handle to the same server; the server stops when the last one is dropped, or at
/// [`shutdown`](Self::shutdown). It runs on the tokio runtime that called
/// [`start`](AuthorizationServerBuilder::start) and stops with it, but may be asked from any other: a test that
/// builds and drops runtimes of its own keeps one more for the server. Tokens expire by the system's clock, also
/// where `tokio::time` is paused.
///
/// ```
/// use std::time::Duration;
/// use grantkit_testkit::{AuthorizationServer, Fault, User};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let server = AuthorizationServer::builder()
///     .confidential_client("billing", "s3cret")
///     .public_client("cli", ["http://127.0.0.1/callback"])
///     .user(User::new("alice"))
///     .access_token_lifetime(Duration::from_secs(2))
///     .start()
///     .await?;
/// server.faults().next("/token", 2, Fault::lose_answer()); // the next two requests are processed, and not answered
/// server.deny_next_login("access_denied");
///
/// // The program under test runs against `server.issuer()` here; then:
/// assert_eq!(server.counters().token_requests, 0);
/// assert!(server.requests().is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AuthorizationServer {
    state: Arc<State>,
    site: Arc<Site>,
    serving: Arc<Serving>,
}

impl AuthorizationServer {
    /// Begins to describe a server.
    pub fn builder() -> AuthorizationServerBuilder {
        AuthorizationServerBuilder::new()
    }

    /// Returns the issuer identifier, `http://127.0.0.1:PORT`.
    pub fn issuer(&self) -> String {
        self.state.issuer.clone()
    }

    /// Returns the URL of a path on this server.
    pub fn url(&self, path: &str) -> String {
        format!("{}/{}", self.state.base_url, path.trim_start_matches('/'))
    }

    /// Returns the URL of `/token`.
    pub fn token_endpoint(&self) -> String {
        self.url(endpoint::TOKEN)
    }

    /// Returns the URL of `/authorize`.
    pub fn authorization_endpoint(&self) -> String {
        self.url(endpoint::AUTHORIZE)
    }

    /// Returns the URL of `/bc-authorize`.
    pub fn backchannel_authentication_endpoint(&self) -> String {
        self.url(endpoint::BACKCHANNEL_AUTHENTICATION)
    }

    /// Returns the URL of `/end_session`.
    pub fn end_session_endpoint(&self) -> String {
        self.url(endpoint::END_SESSION)
    }

    /// Returns the URL of `/par`.
    pub fn pushed_authorization_request_endpoint(&self) -> String {
        self.url(endpoint::PUSH)
    }

    /// Returns the URL of `/register`.
    pub fn registration_endpoint(&self) -> String {
        self.url(endpoint::REGISTER)
    }

    /// Returns the URL of `/device_authorization`.
    pub fn device_authorization_endpoint(&self) -> String {
        self.url(endpoint::DEVICE_AUTHORIZATION)
    }

    /// Returns the URL of `/revoke`.
    pub fn revocation_endpoint(&self) -> String {
        self.url(endpoint::REVOKE)
    }

    /// Returns the URL of `/introspect`.
    pub fn introspection_endpoint(&self) -> String {
        self.url(endpoint::INTROSPECT)
    }

    /// Returns the URL of `/userinfo`.
    pub fn userinfo_endpoint(&self) -> String {
        self.url(endpoint::USERINFO)
    }

    /// Returns the URL of `/jwks`.
    pub fn jwks_uri(&self) -> String {
        self.url(endpoint::JWKS)
    }

    /// Counts what was asked so far.
    pub fn counters(&self) -> Counters {
        self.state.tally.snapshot()
    }

    /// Returns the last requests, oldest first: 10 000 unless the builder said otherwise.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.site.recorder.requests()
    }

    /// Forgets the requests of so far; the counters go on.
    pub fn clear_requests(&self) {
        self.site.recorder.clear();
    }

    /// Returns the faults, to queue more.
    pub fn faults(&self) -> &Faults {
        &self.site.faults
    }

    /// Whether this is an access or refresh token of this server that is good: known, neither expired nor revoked nor spent.
    pub fn is_active(&self, token: &str) -> bool {
        let tokens = &self.state.tokens;
        let is_good = |token: Arc<RefreshToken>| !token.is_revoked() && token.spent_for().is_none();
        tokens.good_access_token(token).is_ok() || tokens.refresh_token(token).is_some_and(is_good)
    }

    /// Revokes one access token behind the client's back; says whether there was one.
    pub fn revoke_access_token(&self, token: &str) -> bool {
        let token = self.state.tokens.access_token(token);
        token.inspect(|token| token.revoke()).is_some()
    }

    /// Revokes all access tokens of so far behind the clients' backs; refresh tokens stay good.
    pub fn revoke_all_access_tokens(&self) {
        self.state.tokens.revoke_all_access_tokens();
    }

    /// Revokes all refresh tokens of so far behind the clients' backs; access tokens stay good.
    pub fn revoke_all_refresh_tokens(&self) {
        self.state.tokens.revoke_all_refresh_tokens();
    }

    /// Sets the lifetime of the access tokens to come.
    pub fn set_access_token_lifetime(&self, lifetime: Duration) {
        lock(&self.state.live).access_token_lifetime = lifetime;
    }

    /// Sets how long each token request waits before it is processed; a client that goes away takes it with it.
    pub fn set_latency(&self, latency: Duration) {
        lock(&self.state.live).latency = latency;
    }

    /// Asks for a nonce in each proof of possession from now on (DPoP, RFC 9449 §8); called again, for another one.
    ///
    /// # Errors
    ///
    /// If the machine has no random numbers.
    pub fn renew_dpop_nonce(&self) -> io::Result<()> {
        self.state.proofs.renew_nonce().map_err(io::Error::other)
    }

    /// The user consents to what a device or a backchannel request waits for, by its `user_code` or `auth_req_id`; says whether there is one.
    ///
    /// Where a denial [waits](Self::deny_next_login), the user refuses with it.
    pub fn approve(&self, code: &str) -> bool {
        let Some(code) = self.state.tokens.device_code_of(code) else { return false };
        code.decide(self.state.decision());
        true
    }

    /// Sets who logs in from now on.
    pub fn set_user(&self, user: User) {
        lock(&self.state.live).user = user;
    }

    /// Makes the next login that would succeed end with this error, for example `access_denied`.
    ///
    /// Called several times, it decides on as many logins. A request that is wrong in itself gets its own error and
    /// uses no denial up.
    pub fn deny_next_login(&self, error: impl Into<String>) {
        lock(&self.state.live).denials.push_back(error.into());
    }

    /// Puts a claim into each ID token to come, over whatever stood there; `null` takes the claim out.
    ///
    /// For ID tokens that a client must refuse: a wrong `aud`, an `exp` in the past, no `nonce`.
    pub fn set_id_token_claim(&self, name: impl Into<String>, value: impl Into<Value>) {
        lock(&self.state.live).id_token_claims.insert(name.into(), value.into());
    }

    /// Undoes [`set_id_token_claim`](Self::set_id_token_claim) for all claims.
    pub fn reset_id_token_claims(&self) {
        lock(&self.state.live).id_token_claims.clear();
    }

    /// Signs with a new key from now on, and publishes that key alone.
    ///
    /// # Errors
    ///
    /// If the cryptographic library fails to make a key; the old one stays.
    pub fn rotate_keys(&self) -> io::Result<()> {
        self.state.keys.rotate(false).map_err(io::Error::other)
    }

    /// Signs with a new key from now on, and goes on publishing the old ones.
    ///
    /// # Errors
    ///
    /// If the cryptographic library fails to make a key; the old one stays.
    pub fn rotate_keys_keeping_old(&self) -> io::Result<()> {
        self.state.keys.rotate(true).map_err(io::Error::other)
    }

    /// Signs any claims as a JWT with the key of now.
    ///
    /// # Errors
    ///
    /// If the cryptographic library fails to sign.
    pub fn sign_jwt(&self, claims: &Value) -> io::Result<String> {
        self.state.keys.sign(claims).map_err(io::Error::other)
    }

    /// Closes the port and all connections, and returns when that is done; every handle stays readable.
    pub async fn shutdown(&self) {
        self.serving.shutdown().await;
    }

    pub(crate) fn state(&self) -> &Arc<State> {
        &self.state
    }
}

impl fmt::Debug for AuthorizationServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationServer")
            .field("issuer", &self.state.issuer)
            .field("counters", &self.counters())
            .finish_non_exhaustive()
    }
}

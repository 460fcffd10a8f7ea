use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};

use super::addresses::{Addresses, BACKCHANNEL_LOGOUT, LOGIN, LOGOUT};
use super::backchannel_logout::{self, LogoutTokens};
use super::builder::WebLoginBuilder;
use super::cookies::Cookies;
use super::page::not_kept;
use super::session_keeper::SessionKeeper;
use super::{callback, log_out, start};
use crate::authorize::AuthorizationCode;
use crate::credentials::token_store::TokenStore;
use crate::endpoint::{LogoutRequest, Revocation};
use crate::error::{Error, Result};
use crate::keys::SealingKey;
use crate::provider::ProviderClient;
use crate::telemetry;

use super::Session;

/// An answer by form post may be as long.
const MAX_BODY: usize = 64 * 1024;

/// The login of a web application: its routes, its cookies, its sessions. A clone is the same.
///
/// It is the state of the router, or a part of it ([`FromRef`](axum::extract::FromRef)); the extractors find it there. See the
/// [module](super) for the whole.
#[derive(Clone)]
pub struct WebLogin(Arc<Inner>);

pub(super) struct Inner {
    pub(super) login: AuthorizationCode,
    pub(super) provider: Option<ProviderClient>,
    pub(super) accepts_reassignable_ids: bool,
    pub(super) revocation: Option<Revocation>,
    pub(super) keeps_tokens: bool,
    pub(super) logout_request: Option<LogoutRequest>,
    pub(super) logout_tokens: Option<Arc<dyn LogoutTokens>>,
    pub(super) addresses: Addresses,
    pub(super) cookies: Cookies,
    pub(super) sessions: SessionKeeper,
    /// Where the persons' logins are.
    pub(super) tokens: Arc<dyn TokenStore>,
    pub(super) after_login: String,
    /// At a page of our own where there is none.
    pub(super) after_logout: Option<String>,
    pub(super) error_page: ErrorPage,
}

pub(super) type ErrorPage = Arc<dyn Fn(&Error) -> Response + Send + Sync>;

impl WebLogin {
    /// Configures a login, such as `client.authorization_code(redirect_uri)?.scopes(["openid", "offline_access"])` or
    /// `provider.login(redirect_uri)?`. The key seals its cookies: 32 bytes that all processes of the application share.
    pub fn builder(login: AuthorizationCode, cookies: SealingKey) -> WebLoginBuilder {
        WebLoginBuilder::new(login, cookies)
    }

    pub(super) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    pub(super) fn inner(&self) -> &Inner {
        &self.0
    }

    /// The routes, to be merged: the path of the redirect URI and those beside it. For `https://app.example/auth/callback`:
    ///
    /// | route | does |
    /// |---|---|
    /// | `GET /auth/login` | sends the browser to the authorization server; `?return_to=/path` says where it lands in the end. Where another site sent the browser and there is a session, a page asks first |
    /// | `GET`, `POST /auth/callback` | takes it back, and begins a session |
    /// | `POST /auth/logout` | ends the session |
    /// | `POST /auth/backchannel-logout` | where the server tells of logouts, if [`backchannel_logout`](WebLoginBuilder::backchannel_logout) is set |
    pub fn routes<S>(&self) -> Router<S> {
        self.routes_in(self.inner().addresses.folder())
    }

    /// The same for a router that is nested, under the path of the redirect URI without its last segment: here
    /// `.nest("/auth", login.routes_to_nest())`.
    pub fn routes_to_nest<S>(&self) -> Router<S> {
        self.routes_in("/")
    }

    fn routes_in<S>(&self, folder: &str) -> Router<S> {
        let at = |name: &str| format!("{folder}{name}");
        let mut router = Router::new()
            .route(&at(LOGIN), get(start::start).head(no_head))
            .route(
                &at(self.inner().addresses.callback()),
                get(callback::by_query).post(callback::by_form).head(no_head),
            )
            .route(&at(LOGOUT), post(log_out::log_out));
        if self.inner().logout_tokens.is_some() {
            router = router.route(&at(BACKCHANNEL_LOGOUT), post(backchannel_logout::take));
        }
        router.layer(DefaultBodyLimit::max(MAX_BODY)).with_state(self.clone())
    }

    /// Where a link leads to log in.
    pub fn login_path(&self) -> String {
        self.inner().addresses.path(LOGIN)
    }

    /// Where a form is posted to log out.
    pub fn logout_path(&self) -> String {
        self.inner().addresses.path(LOGOUT)
    }

    /// The session that a request with these headers belongs to: for middleware, and what is no handler. Handlers extract it.
    ///
    /// # Errors
    ///
    /// That of the store, where it cannot be reached or does not answer in time: whether the session has ended is unknown then, so treat the
    /// request as not logged in.
    pub async fn session(&self, headers: &HeaderMap) -> Result<Option<Session>> {
        let inner = self.inner();
        let found = inner.sessions.find(&inner.cookies, headers, inner.login.time()).await?;
        Ok(found.map(|content| Session::new(self.clone(), content)))
    }

    /// The page of an error, which the operator sees too.
    pub(super) fn failed(&self, error: &Error) -> Response {
        telemetry::web_login_failed(error);
        not_kept((self.inner().error_page)(error))
    }
}

/// Nothing begins or ends by a request that only looks whether something is there, as those of link checkers.
async fn no_head() -> StatusCode {
    StatusCode::METHOD_NOT_ALLOWED
}

impl fmt::Debug for WebLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebLogin").field("login_path", &self.login_path()).finish_non_exhaustive()
    }
}

use std::fmt;
use std::iter;
use std::sync::Arc;
use std::time::Duration;

use axum::response::IntoResponse;

use super::WebLogin;
use super::addresses::{Addresses, LOGIN};
use super::backchannel_logout::LogoutTokens;
use super::bounded_store::BoundedStore;
use super::cookies::Cookies;
use super::ended_sessions::EndedSessions;
use super::page;
use super::pending_cookie::Begun;
use super::return_path::ReturnPath;
use super::session_keeper::{KIND, SessionKeeper};
use super::web_login::{ErrorPage, Inner};
use crate::authorize::AuthorizationCode;
use crate::credentials::token_store::TokenStore;
use crate::endpoint::{LogoutRequest, Revocation};
use crate::error::{Error, Result};
use crate::keys::SealingKey;
use crate::provider::ProviderClient;
use crate::random::random_id;
use crate::store::MemoryStore;
use crate::wire::TENANT;

/// A working day.
const LIFETIME: Duration = Duration::from_hours(12);

/// Configures a [`WebLogin`].
#[must_use = "call `.build()`"]
pub struct WebLoginBuilder {
    login: AuthorizationCode,
    key: SealingKey,
    provider: Option<ProviderClient>,
    accepts_reassignable_ids: bool,
    revocation: Option<Revocation>,
    keeps_tokens: bool,
    logout_request: Option<LogoutRequest>,
    pub(super) logout_tokens: Option<Arc<dyn LogoutTokens>>,
    tokens: Option<Arc<dyn TokenStore>>,
    sessions: Option<Arc<dyn TokenStore>>,
    lifetime: Duration,
    after_login: String,
    after_logout: Option<String>,
    error_page: Option<ErrorPage>,
}

impl WebLoginBuilder {
    pub(super) fn new(login: AuthorizationCode, key: SealingKey) -> Self {
        Self {
            login,
            key,
            provider: None,
            accepts_reassignable_ids: false,
            revocation: None,
            keeps_tokens: false,
            logout_request: None,
            logout_tokens: None,
            tokens: None,
            sessions: None,
            lifetime: LIFETIME,
            after_login: "/".to_owned(),
            after_logout: None,
            error_page: None,
        }
    }

    /// Asks this provider who has logged in ([`identity`](ProviderClient::identity)), and revokes tokens there at a logout. Without
    /// it, the ID token says who that is, so that the login needs the scope `openid`.
    pub fn provider(mut self, provider: &ProviderClient) -> Self {
        self.provider = Some(provider.clone());
        self
    }

    /// Accepts persons whose ID may be another person's later ([`Person::is_id_reassignable`](crate::provider::Person::is_id_reassignable)), at a
    /// provider without an ID that stays; without it their logins fail. Who takes the user name that another person has given up gets that
    /// person's stored login, and their account with a program that finds it by the ID.
    pub fn danger_accept_reassignable_ids(mut self) -> Self {
        self.accepts_reassignable_ids = true;
        self
    }

    /// Revokes the person's tokens at a logout (RFC 7009), and those of a login that can begin no session, as by `client.revocation()?`.
    /// Without it, they are forgotten.
    pub fn revocation(mut self, revocation: Revocation) -> Self {
        self.revocation = Some(revocation);
        self
    }

    /// Keeps the person's tokens when they log out: for a program that works for them meanwhile, with
    /// [`credentials_of`](WebLogin::credentials_of), and so that what they have open in other browsers goes on. All sessions of a person
    /// share one stored login, which is found by the issuer and their ID.
    pub fn keep_tokens_at_logout(mut self) -> Self {
        self.keeps_tokens = true;
        self
    }

    /// Sends the browser to the server at a logout, to be logged out there as well (OpenID Connect RP-Initiated Logout 1.0): a
    /// `client.logout_request()?.post_logout_redirect_uri("https://app.example/")`. The ID token of the login goes along.
    ///
    /// A content security policy of the page with the form must let `form-action` lead there: browsers apply it to the redirect, too.
    pub fn logout_request(mut self, request: LogoutRequest) -> Self {
        self.logout_request = Some(request);
        self
    }

    /// Stores the persons' tokens here; in the memory of this process unless set. Several processes need a `RedisStore`, or one of
    /// their own. Which sessions have ended before their time is there, too: without this and [`sessions_in`](Self::sessions_in), all
    /// sessions end when the program does, and with a `MemoryStore` of your own, one that was ended may go on after that.
    pub fn tokens_in(mut self, store: impl TokenStore) -> Self {
        self.tokens = Some(Arc::new(store));
        self
    }

    /// Keeps sessions here, and in the cookie their ID alone. Unless set, the cookie holds the session, encrypted: who the person is, as
    /// it was said at the login, in up to 4.5 KiB of cookies. Which sessions have ended before their time is there then, and not with the
    /// tokens. Without [`tokens_in`](Self::tokens_in), tokens stay in this process: a session that outlasts it logs in again for the first call.
    pub fn sessions_in(mut self, store: impl TokenStore) -> Self {
        self.sessions = Some(Arc::new(store));
        self
    }

    /// How long a session lasts, however much it is used; 12 hours unless set.
    pub fn session_lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// The path where a login ends that did not begin at a page; `/` unless set.
    pub fn after_login(mut self, path: impl Into<String>) -> Self {
        self.after_login = path.into();
        self
    }

    /// The path where a logout ends: a page that needs no login, as the server may log the person in again without asking. Unless set,
    /// a plain page that says that they are logged out.
    pub fn after_logout(mut self, path: impl Into<String>) -> Self {
        self.after_logout = Some(path.into());
        self
    }

    /// The page for a person whose login failed, in place of a plain one.
    ///
    /// | question | then |
    /// |---|---|
    /// | [`is_denied`](Error::is_denied) | the person refused |
    /// | [`needs_login`](Error::needs_login) | the login has expired, or there is none under way in this browser |
    /// | [`is_security`](Error::is_security) | it is not the answer to this browser's login, or was finished before |
    /// | [`is_retryable`](Error::is_retryable) | the server cannot be reached for now |
    ///
    /// The error's text is for operators: it is an event of `tracing`, with that feature.
    pub fn error_page<R: IntoResponse>(mut self, page: impl Fn(&Error) -> R + Send + Sync + 'static) -> Self {
        self.error_page = Some(Arc::new(move |error| page(error).into_response()));
        self
    }

    /// The login.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the redirect URI is none of a web application's (`https`, or `http` on this
    /// machine), nothing says who has logged in, or of which tenant they are where the issuer is a template of many, a path is none, the
    /// answer would be in the fragment, which no server sees, what is kept of a login is too long for a cookie, or the login could not begin, as
    /// [`start`](crate::AuthorizationCode::start) says; [`is_unsupported`](Error::is_unsupported) where it asks for the
    /// scope `openid` and the feature `oidc` is off.
    pub fn build(self) -> Result<WebLogin> {
        let redirect_uri = self.login.redirect_uri()?.as_str();
        let addresses = Addresses::beside(redirect_uri)?;
        let pending = self.login.check()?;
        if self.provider.is_none() && !self.login.asks_for_id_token() {
            return Err(Error::configuration(
                "nothing says who has logged in: ask for the scope `openid`, or give the provider by `.provider(..)`",
            ));
        }
        // The same ID is another person's at another tenant, and only a verified ID token says which tenant it is.
        if self.login.server_name().contains(TENANT) && !self.login.asks_for_id_token() {
            return Err(Error::configuration(
                "the issuer is a template, and nothing says of which tenant a person is: ask for the scope `openid`, or make a \
                 `WebLogin` for each tenant, with its own issuer",
            ));
        }
        for path in iter::once(&self.after_login).chain(&self.after_logout) {
            if ReturnPath::new(path).is_none() {
                return Err(Error::configuration(format!(
                    "{path:?} is no path of this application: write it with the slash that it begins with"
                )));
            }
        }
        let server_name = self.login.server_name().to_owned();
        let owner = format!("{}\0{redirect_uri}\0{server_name}", self.login.client_id());
        let cookies = Cookies::new(self.key, owner.clone(), &addresses);
        Begun::check(&cookies, pending)?;
        // What is only in this process's memory is forgotten with it: a session that was ended would go on after a restart.
        let is_of_this_run = self.tokens.is_none() && self.sessions.is_none();
        let sealed_for = if is_of_this_run { format!("{KIND} {}", random_id()?) } else { KIND.to_owned() };
        let tokens = self.tokens.unwrap_or_else(|| Arc::new(MemoryStore::new()));
        let ended_in = self.sessions.as_ref().unwrap_or(&tokens);
        let ended_in = BoundedStore::new(Arc::clone(ended_in));
        let sessions = SessionKeeper {
            ended: EndedSessions::new(ended_in, owner, self.lifetime),
            store: self.sessions.map(BoundedStore::new),
            sealed_for,
            server_name,
            lifetime: self.lifetime,
            hears_of_logouts: self.logout_tokens.is_some(),
        };
        let login_path = addresses.path(LOGIN);
        let error_page =
            self.error_page.unwrap_or_else(|| Arc::new(move |error| page::of_error(error, Some(&login_path))));
        Ok(WebLogin::new(Inner {
            cookies,
            addresses,
            login: self.login,
            provider: self.provider,
            accepts_reassignable_ids: self.accepts_reassignable_ids,
            revocation: self.revocation,
            keeps_tokens: self.keeps_tokens,
            logout_request: self.logout_request,
            logout_tokens: self.logout_tokens,
            sessions,
            tokens,
            after_login: self.after_login,
            after_logout: self.after_logout,
            error_page,
        }))
    }
}

impl fmt::Debug for WebLoginBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebLoginBuilder").field("login", &self.login).finish_non_exhaustive()
    }
}

use std::sync::Arc;

use super::WebLogin;
use super::ended_sessions::Ended;
use super::session::digest_text;
use super::web_login::Inner;
use crate::credentials::Credentials;
use crate::error::{Error, Result};
use crate::grant::Login;
use crate::provider::Person;
use crate::random::random_id;
use crate::telemetry;
use crate::wire::{TENANT, is_issuer};

impl WebLogin {
    /// Ends all sessions of a person, in every browser: for a "log out everywhere", a password that was changed, an account that was
    /// closed. Their tokens are revoked and forgotten as at a logout, unless [they are kept](super::WebLoginBuilder::keep_tokens_at_logout).
    ///
    /// The person is known by [`id`](Person::id) and [`issuer`](Person::issuer): a `Person` that a handler extracts, or
    /// `Person::new(id)` with the ID that the program has kept. A login that is under way meanwhile begins no session that goes on; the person can log
    /// in again after that. The server's own session goes on, and would log them in again without asking: see
    /// [`logout_request`](super::WebLoginBuilder::logout_request).
    ///
    /// ```
    /// use grantkit::integrations::axum::WebLogin;
    /// use grantkit::prelude::*;
    /// use grantkit::provider::Person;
    ///
    /// async fn log_out_everywhere(login: &WebLogin, person: &Person) -> Result<()> {
    ///     login.end_sessions_of(person).await
    /// }
    ///
    /// async fn close_account(login: &WebLogin, id: &str) -> Result<()> {
    ///     login.end_sessions_of(&Person::new(id)).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The store's, [retryable](Error::is_retryable) where it does not answer: the sessions may go on until the call is repeated.
    /// [`is_configuration`](Error::is_configuration) where the person is of another issuer than those who log in here, or is named without
    /// an issuer where persons of many tenants log in. That a token could not be revoked is no error, as at a logout.
    pub async fn end_sessions_of(&self, person: &Person) -> Result<()> {
        let inner = self.inner();
        let issuer = inner.issuer_of(person)?;
        let ended = Ended::OfPerson { issuer, id: person.id() };
        let are_over = inner.sessions.ended.end(ended, inner.login.time()).await;
        inner.give_tokens_up(&inner.credentials(Some(issuer), person.id())).await;
        are_over
    }

    /// The credentials of a person who has logged in here, by [`id`](Person::id) and [`issuer`](Person::issuer): for a program that works
    /// for them while they are away. Nothing is sent or read yet.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) as [`end_sessions_of`](Self::end_sessions_of).
    pub fn credentials_of(&self, person: &Person) -> Result<Credentials> {
        let inner = self.inner();
        Ok(inner.credentials(Some(inner.issuer_of(person)?), person.id()))
    }
}

impl Inner {
    /// The stored login of the person with this ID at this issuer; at that of the login where no ID token said it.
    pub(super) fn credentials(&self, issuer: Option<&str>, id: &str) -> Credentials {
        self.login.stored_login(self.login_name(issuer, id)).credentials_in(Arc::clone(&self.tokens))
    }

    /// What that is stored under. Such names are in spans and in the store's keys, and do not show the ID; a reader who can list all IDs of
    /// the issuer finds out whose one is. No key goes into them: with one that is replaced, logins and ends would be lost.
    pub(super) fn login_name(&self, issuer: Option<&str>, id: &str) -> String {
        digest_text(&["login", issuer.unwrap_or(self.login.server_name()), id])
    }

    /// Revokes the tokens and forgets them, unless they are kept. One that could not be revoked ends by itself.
    pub(super) async fn give_tokens_up(&self, credentials: &Credentials) {
        if !self.keeps_tokens {
            self.revoke(credentials).await;
        }
    }

    /// Revokes the tokens of a login that began no session, and is stored nowhere. Its name is its own: what is of the same person stays.
    pub(super) async fn give_login_up(&self, login: Login) {
        let given_up = async { login.credentials(random_id()?).await };
        match given_up.await {
            Ok(credentials) => self.revoke(&credentials).await,
            Err(error) => telemetry::web_login_failed(&error),
        }
    }

    /// The same of one that could not be stored as these credentials, unless tokens are kept: this process would go on with it.
    pub(super) async fn give_unstored_login_up(&self, login: Login, credentials: &Credentials) {
        if credentials.holds(login.token()) {
            if self.keeps_tokens {
                return;
            }
            // No logout, which would wait for the store.
            credentials.clear().await.unwrap_or_else(|error| telemetry::web_login_failed(&error));
        }
        self.give_login_up(login).await;
    }

    async fn revoke(&self, credentials: &Credentials) {
        let ended = match (&self.revocation, &self.provider) {
            (Some(revocation), _) => credentials.log_out(revocation).await,
            (None, Some(provider)) => provider.log_out(credentials).await,
            (None, None) => credentials.clear().await,
        };
        ended.unwrap_or_else(|error| telemetry::web_login_failed(&error));
    }

    /// The issuer of a person that the program names. Sessions have it of the verified ID token.
    fn issuer_of<'a>(&'a self, person: &'a Person) -> Result<&'a str> {
        let own = self.login.server_name();
        match person.issuer() {
            Some(issuer) if is_issuer(own, issuer) => Ok(issuer),
            Some(_) => Err(Error::configuration(format!(
                "the person is of another issuer than {own:?}, at which this application's persons log in"
            ))),
            None if own.contains(TENANT) => Err(Error::configuration(
                "persons of many tenants log in here, and two of them may have one ID: say whose it is by `Person::with_issuer`",
            )),
            None => Ok(own),
        }
    }
}

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use super::{AuthorizationCode, RedirectUri, Server};
use crate::error::{Error, Result};
use crate::grant::LoginServer;

/// Finds a login's server when the login begins, and when it ends.
#[async_trait]
pub(crate) trait LoginFinder: fmt::Debug + Send + Sync {
    /// The login at the server that was found.
    async fn find(&self, redirect_uri: RedirectUri) -> Result<AuthorizationCode>;
}

impl AuthorizationCode {
    /// The same at a server that is yet to be found: what it has stands for that until then.
    pub(crate) fn with_finder(mut self, finder: Arc<dyn LoginFinder>) -> Self {
        self.finder = Some(finder);
        self
    }

    /// The login at the server itself. Its tokens are told from others as before, so that a stored login is found again without the
    /// server.
    pub(super) async fn found(&self) -> Result<Cow<'_, Self>> {
        let Some(finder) = &self.finder else { return Ok(Cow::Borrowed(self)) };
        let Self { server, push_endpoint, has_to_be_pushed, .. } = finder.find(self.redirect_uri()?.clone()).await?;
        let token_endpoint = self.server.login.token_endpoint.clone();
        let mut login = self.clone();
        login.server = Server { login: LoginServer { token_endpoint, ..server.login }, ..server };
        login.push_endpoint = push_endpoint;
        login.has_to_be_pushed = has_to_be_pushed;
        login.finder = None;
        Ok(Cow::Owned(login))
    }

    /// Refuses to send a browser where the server is not known yet.
    pub(super) fn check_found(&self) -> Result<()> {
        if self.finder.is_some() {
            return Err(Error::configuration(
                "this login's server is yet to be discovered, by its issuer: call `.begin().await` instead of `.start()`",
            ));
        }
        Ok(())
    }
}

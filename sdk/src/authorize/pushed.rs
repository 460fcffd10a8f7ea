use url::Url;

use super::{AuthorizationCode, PendingLogin};
use crate::client_auth::AuthenticatedEndpoint;
use crate::error::{Error, Result};
use crate::lenient::Members;
use crate::telemetry::Endpoint;
use crate::transport::Repeat;
use crate::wire::Form;

const WHAT: &str = "pushed authorization request endpoint";

impl AuthorizationCode {
    /// As [`start`](Self::start), with the request pushed to the server by the authenticated client (PAR, RFC 9126): it cannot be
    /// read or changed on the way, and may have any length.
    ///
    /// The URL is usually valid for about a minute ([`request_expires_in`](PendingLogin::request_expires_in)): send the browser there
    /// at once.
    ///
    /// ```no_run
    /// use grantkit::prelude::*;
    ///
    /// # async fn example() -> Result<()> {
    /// let client = Client::builder()
    ///     .client_id("app")
    ///     .client_secret_basic("s3cret")
    ///     .token_endpoint("https://as.example/token")?
    ///     .authorization_endpoint("https://as.example/authorize")?
    ///     .pushed_authorization_request_endpoint("https://as.example/par")?
    ///     .build();
    /// let login = client.pushed_authorization_code(RedirectUri::new("https://app.example/callback")?);
    /// let (url, pending) = login.push().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As `start`; [`is_unsupported`](Error::is_unsupported) if the server has no such endpoint; or why the request failed.
    pub async fn push(&self) -> Result<(Url, PendingLogin)> {
        self.found().await?.push_found().await
    }

    async fn push_found(&self) -> Result<(Url, PendingLogin)> {
        let endpoint = self.push_endpoint.as_ref().ok_or_else(|| {
            let otherwise = if self.has_to_be_pushed { "" } else { ", where the server has one, or call `.start()`" };
            Error::unsupported(format!(
                "the client knows of no `pushed_authorization_request_endpoint`: give it to the builder{otherwise}"
            ))
        })?;
        let (parameters, mut pending) = self.request()?;
        // It spends nothing: an unused request expires.
        let reply = endpoint.post(self.signed(parameters).await?, Repeat::AfterLoss).await?;
        if !reply.answer.status().is_success() {
            return Err(reply.failure(WHAT));
        }
        let mut pushed = Members::read(
            reply.answer.body(),
            "the answer of the pushed authorization request endpoint",
            "RFC 9126 §2.2",
        )?;
        let request_uri = pushed.required_text("request_uri")?;
        pending.request_expires_in = pushed.seconds("expires_in").map(|lifetime| lifetime.as_secs());
        let mut reference = Form::new();
        reference.push("client_id", self.client_id());
        reference.push("request_uri", request_uri);
        Ok((self.address(&reference), pending))
    }

    /// Requests can be pushed there.
    pub(crate) fn pushed_to(mut self, endpoint: AuthenticatedEndpoint) -> Self {
        let endpoint = endpoint.with_endpoint_kind(Endpoint::PushedAuthorizationRequest);
        self.push_endpoint = Some(endpoint.proving_possession());
        self
    }

    /// And have to be.
    pub(crate) fn pushed_only(mut self) -> Self {
        self.has_to_be_pushed = true;
        self
    }

    /// Refuses to send the request with the browser where it has to be pushed.
    pub(super) fn check_not_pushed(&self) -> Result<()> {
        if self.has_to_be_pushed {
            return Err(Error::configuration(
                "this login's request has to be pushed (RFC 9126), as the server, the client's registration or the program says: call \
                 `.push().await` instead of `.start()`",
            ));
        }
        Ok(())
    }
}

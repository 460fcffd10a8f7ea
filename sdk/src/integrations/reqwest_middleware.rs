//! Authorised requests of `reqwest-middleware`.
//!
//! ```
//! use grantkit::integrations::reqwest_middleware::AuthorizationMiddleware;
//! use reqwest_middleware::ClientBuilder;
//!
//! # use grantkit_testkit::{AuthorizationServer, ProtectedApi};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await?;
//! # let invoices = ProtectedApi::start(&server).await?;
//! # let client = grantkit::Client::builder().client_id("billing").client_secret("s3cret").discover(&server.issuer()).await?;
//! # let credentials = client.client_credentials().credentials("billing");
//! let authorization = AuthorizationMiddleware::new(&invoices.url("v1"), &credentials)?;
//! let http = reqwest::Client::builder().redirect(authorization.redirect_policy()).build()?;
//! let http = ClientBuilder::new(http).with(authorization).build();
//!
//! let answer = http.get(invoices.url("v1/invoices/42")).send().await?;
//! assert_eq!(answer.status(), 200);
//! # Ok(())
//! # }
//! ```

use async_trait::async_trait;
use http::Extensions;
use reqwest::{Request, Response};
use reqwest_middleware::{Middleware, Next, Result};
use url::Url;

use super::authorizer::{Authorizer, Exchange, Resend};
use crate::credentials::{AuthorizationHeaders, IntoCredentials};
use crate::error::Error;

/// Authorises the requests that go below a base URL.
///
/// - Each such request gets the token; one that is bound to a key (DPoP, RFC 9449) goes with a proof, and with the nonce that the API
///   asks for. A request elsewhere goes on as it is.
/// - If the API rejects the token (401), it is refreshed once for all requests, and the request is sent once more, unless its body is a
///   stream.
/// - The middleware does not see the redirects that reqwest follows by itself, only where they ended: give the client the
///   [`redirect_policy`](Self::redirect_policy), which follows none out of the base URL. Without it, an answer that a redirect led to with the
///   token, on the same server outside of the base URL, is an error, as is any from elsewhere where a header other than `Authorization` has the
///   secret, but the token may have gone there. What a redirect led to is not sent again: it may be another request than the one that was
///   sent.
///
/// Add it last, behind a middleware that retries: then each retry has a good token.
///
/// # Errors
///
/// `reqwest_middleware::Error::Middleware` with the [`Error`] for which there is no token; `downcast_ref` finds it. A temporary
/// failure to refresh a token that was rejected is none: the API's answer stands.
#[derive(Clone, Debug)]
pub struct AuthorizationMiddleware {
    authorizer: Authorizer,
}

impl AuthorizationMiddleware {
    /// Authorises requests to `base` and below it.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where `base` is no `https` URL (or `http` on a loopback address), or has a user, a
    /// query or a fragment.
    pub fn new(base: &str, credentials: impl IntoCredentials) -> crate::error::Result<Self> {
        Ok(Self { authorizer: Authorizer::new(base, credentials)? })
    }

    /// The same for a base URL of plain `http` on any host: an attacker on the network can read the token, and use it.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn danger_allow_plain_http(base: &str, credentials: impl IntoCredentials) -> crate::error::Result<Self> {
        Ok(Self { authorizer: Authorizer::danger_allow_plain_http(base, credentials)? })
    }

    /// Follows redirects, at most ten, as long as they stay below the base URL; any other is the answer. For
    /// `reqwest::Client::builder().redirect(..)`. A proof of possession (DPoP) is made for one URL, so that such tokens follow none with success.
    pub fn redirect_policy(&self) -> reqwest::redirect::Policy {
        let base = self.authorizer.base().clone();
        reqwest::redirect::Policy::custom(move |attempt| {
            let is_too_much = attempt.previous().len() > 10;
            if is_too_much || !base.covers(attempt.url()) { attempt.stop() } else { attempt.follow() }
        })
    }

    /// Authorises one request, if it goes below the base URL, for clients that have a hook before a request in place of middleware, as those
    /// that `progenitor` generates of an `OpenAPI` document. Nothing is seen of the answer there: a token is refreshed when it expires, and
    /// not when the API rejects it (401). Give the generated client a reqwest client with the [`redirect_policy`](Self::redirect_policy).
    ///
    /// ```text
    /// progenitor::generate_api!(
    ///     spec = "invoices.json",
    ///     inner_type = grantkit::integrations::reqwest_middleware::AuthorizationMiddleware,
    ///     pre_hook_async = grantkit::integrations::reqwest_middleware::AuthorizationMiddleware::authorize,
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Credentials::headers_for`](crate::Credentials::headers_for).
    pub async fn authorize(&self, request: &mut Request) -> crate::error::Result<()> {
        if self.authorizer.base().covers(request.url()) {
            let credentials = self.authorizer.credentials();
            credentials.headers_for(request.method(), request.url()).await?.apply(request.headers_mut());
        }
        Ok(())
    }

    /// Whether the token stayed where it belongs, now that redirects may have been followed.
    fn check_place(&self, answered_by: &Url, sent: &AuthorizationHeaders) -> Result<()> {
        let base = self.authorizer.base();
        let may_have_left = base.url().origin() == answered_by.origin() || sent.has_other_headers();
        if base.covers(answered_by) || !may_have_left {
            return Ok(());
        }
        Err(Self::error(Error::security(format!(
            "the HTTP client followed a redirect out of the API's base URL {}, and the token may have gone with it: build the client \
             with `.redirect(authorization.redirect_policy())`",
            base.as_str()
        ))))
    }

    fn error(error: Error) -> reqwest_middleware::Error {
        reqwest_middleware::Error::middleware(error)
    }
}

fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}

#[async_trait]
impl Middleware for AuthorizationMiddleware {
    async fn handle(&self, mut request: Request, extensions: &mut Extensions, next: Next<'_>) -> Result<Response> {
        if !self.authorizer.base().covers(request.url()) {
            return next.run(request, extensions).await;
        }
        let credentials = self.authorizer.credentials();
        let headers = credentials.headers_for(request.method(), request.url()).await.map_err(Self::error)?;
        let copy = request.try_clone();
        headers.clone().apply(request.headers_mut());
        let mut exchange = Exchange::new(credentials, headers);
        loop {
            let asked = without_fragment(request.url());
            let response = next.clone().run(request, extensions).await?;
            // What a redirect led to was another request, of another method maybe, and its nonce another server's.
            if without_fragment(response.url()) != asked {
                self.check_place(response.url(), exchange.sent())?;
                return Ok(response);
            }
            let (status, answer) = (response.status(), response.headers());
            let Some(rejection) = exchange.rejection(status, answer) else { return Ok(response) };
            let again = copy.as_ref().and_then(Request::try_clone).map(Resend::of);
            let again = exchange.renew(rejection, status, answer, again).await.map_err(Self::error)?;
            let Some(again) = again else { return Ok(response) };
            request = again;
            exchange.sent().clone().apply(request.headers_mut());
        }
    }
}

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method};
use tower::retry::budget::TpsBudget;

use super::base::Base;
use super::http::Http;
use super::token_place::TokenPlace;
use super::{ApiClientBuilder, ApiRequest, IntoPath, RetryPolicy};
use crate::credentials::{Credentials, IntoCredentials};
use crate::error::Result;

/// Sends authorised requests under one base URL. A clone is cheap and shares connections and token.
///
/// - The token comes from the [`Credentials`]; reading a cached token takes some tens of nanoseconds.
/// - A sender-constrained token (DPoP, RFC 9449) is sent with a proof, and with the nonce that the API asks for.
/// - It never leaves the base URL: not by `..`, not by an absolute path, not by a redirect (none is followed).
/// - If the API rejects the token (401), the token is refreshed and the request sent once more, if its body can be repeated.
/// - A status of 400 and above, or a redirect, is an error that quotes the API's answer.
///
/// ```
/// use grantkit::{ApiClient, Client};
/// use grantkit_testkit::{AuthorizationServer, ProtectedApi};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Deserialize)]
/// struct Invoice { id: String, amount_cents: u64 }
///
/// #[derive(Serialize)]
/// struct NewInvoice<'a> { customer: &'a str, amount_cents: u64 }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await?;
/// let invoices = ProtectedApi::start(&server).await?;
/// let billing = Client::builder()
///     .client_id("billing")
///     .client_secret_basic("s3cret")
///     .token_endpoint(&server.token_endpoint())?
///     .build()
///     .client_credentials();
///
/// let api = ApiClient::new(&invoices.url("v1"), billing.named("billing"))?;
/// let invoice: Invoice = api.get(["invoices", "42"]).fetch().await?;
/// assert_eq!(invoice.id, "42");
///
/// let new = NewInvoice { customer: "Acme GmbH", amount_cents: 1999 };
/// let created: Invoice = api.post("invoices").json(&new).fetch().await?;
///
/// server.revoke_all_access_tokens();      // The API rejects the token now: it is refreshed.
/// let again: Invoice = api.get(("invoices", &created.id)).fetch().await?;
/// assert_eq!(server.counters().client_credentials, 2);
///
/// let error = api.delete("nothing").send().await.unwrap_err();
/// assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
/// # Ok(())
/// # }
/// ```
///
/// # Paths
///
/// A path is appended to the base; [`IntoPath`] lists the forms. Put user input into a list of segments, `["invoices", id]`: they are
/// encoded, so that no `id` changes the path.
///
/// # Errors
///
/// An invalid path, header or body is reported when the request is sent, before anything is. [`ApiRequest::send`] lists all errors.
#[derive(Clone)]
pub struct ApiClient {
    shared: Arc<Shared>,
}

/// What all clones, and the requests under way, share.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) base: Base,
    pub(super) http: Http,
    pub(super) credentials: Credentials,
    pub(super) settings: Settings,
    pub(super) retry_budget: Arc<TpsBudget>,
}

#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) headers: HeaderMap,
    pub(super) timeout: Duration,
    pub(super) error_for_status: bool,
    pub(super) body_limit: usize,
    pub(super) token: TokenPlace,
    pub(super) retry: RetryPolicy,
    pub(super) retry_budget_percent: u8,
}

impl ApiClient {
    /// Creates a client for the API at `base`, with the defaults. The token comes from [`Credentials`], or from a client that has a
    /// name: a derived client, a [`ProviderClient`](crate::ProviderClient), or a reference to one; see [`IntoCredentials`].
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where `base` is no `https` URL (or `http` on a loopback
    /// address), or has a user, a query or a fragment.
    pub fn new(base: &str, credentials: impl IntoCredentials) -> Result<Self> {
        Self::builder(base, credentials).build()
    }

    /// Configures a time-out, headers or an HTTP client.
    pub fn builder(base: &str, credentials: impl IntoCredentials) -> ApiClientBuilder {
        ApiClientBuilder::new(base, credentials.into_credentials())
    }

    /// A `GET` request.
    pub fn get(&self, path: impl IntoPath) -> ApiRequest {
        self.request(Method::GET, path)
    }

    /// A `POST` request.
    pub fn post(&self, path: impl IntoPath) -> ApiRequest {
        self.request(Method::POST, path)
    }

    /// A `PUT` request.
    pub fn put(&self, path: impl IntoPath) -> ApiRequest {
        self.request(Method::PUT, path)
    }

    /// A `PATCH` request.
    pub fn patch(&self, path: impl IntoPath) -> ApiRequest {
        self.request(Method::PATCH, path)
    }

    /// A `DELETE` request.
    pub fn delete(&self, path: impl IntoPath) -> ApiRequest {
        self.request(Method::DELETE, path)
    }

    /// A `HEAD` request; its answer has headers and no body.
    pub fn head(&self, path: impl IntoPath) -> ApiRequest {
        self.request(Method::HEAD, path)
    }

    /// A request of any method.
    pub fn request(&self, method: Method, path: impl IntoPath) -> ApiRequest {
        let url = self.shared.base.join(path.into_path());
        ApiRequest::new(Arc::clone(&self.shared), method, url)
    }

    /// A client for a part of the API: the same token, connections and settings under a longer base URL.
    ///
    /// ```no_run
    /// # fn example(api: grantkit::ApiClient, id: u64) -> grantkit::Result<()> {
    /// let customer = api.nested(("customers", id))?;
    /// let invoices = customer.get("invoices");    // …/customers/7/invoices
    /// let everyone = customer.get("../");         // an error: it would leave the part
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where the path leaves the base or has a query.
    pub fn nested(&self, path: impl IntoPath) -> Result<Self> {
        let base = self.shared.base.below(path.into_path())?;
        Ok(Self::from_shared(Shared { base, ..Shared::clone(&self.shared) }))
    }

    /// The same client with tokens of these scopes alone: [`Credentials::with_scopes`] for the same base URL, connections and settings.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the credentials' client cannot choose the scopes of a token, as after a
    /// person's login.
    pub fn with_scopes<S: AsRef<str>>(&self, scopes: impl IntoIterator<Item = S>) -> Result<Self> {
        Ok(self.with_credentials(self.shared.credentials.with_scopes(scopes)?))
    }

    /// The same client with other credentials: connections, settings and base URL stay.
    pub fn with_credentials(&self, credentials: impl IntoCredentials) -> Self {
        let credentials = credentials.into_credentials();
        Self::from_shared(Shared { credentials, ..Shared::clone(&self.shared) })
    }

    /// The base URL, as it was given.
    pub fn base_url(&self) -> &str {
        self.shared.base.as_str()
    }

    /// The credentials that its token comes from.
    pub fn credentials(&self) -> &Credentials {
        &self.shared.credentials
    }

    pub(super) fn from_shared(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }
}

impl fmt::Debug for ApiClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiClient").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}

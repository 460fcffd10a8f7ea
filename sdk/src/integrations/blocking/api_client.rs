use http::Method;

use super::{ApiRequest, Credentials};
use crate::api::{self, IntoPath};
use crate::credentials::IntoCredentials;
use crate::error::Result;

/// Sends authorised requests under one base URL: [`ApiClient`](api::ApiClient) whose requests block.
///
/// ```no_run
/// use grantkit::integrations::blocking::ApiClient;
/// use grantkit::prelude::*;
///
/// # #[derive(serde::Deserialize)]
/// # struct Invoice { id: String }
/// # fn example(credentials: Credentials) -> Result<()> {
/// let api = ApiClient::new("https://api.example/v1", credentials)?;
/// let invoice: Invoice = api.get(["invoices", "42"]).fetch()?;
/// # Ok(())
/// # }
/// ```
///
/// With time-outs, headers or connections of its own, it is made of the async client, which shares them:
/// `ApiClient::from(grantkit::ApiClient::builder(base, credentials).timeout(limit).build()?)`.
#[derive(Clone, Debug)]
pub struct ApiClient(api::ApiClient);

impl ApiClient {
    /// Creates a client for the API at `base`, with the defaults.
    ///
    /// # Errors
    ///
    /// As [`ApiClient::new`](api::ApiClient::new).
    pub fn new(base: &str, credentials: impl IntoCredentials) -> Result<Self> {
        api::ApiClient::new(base, credentials).map(Self)
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
        self.0.request(method, path).into()
    }

    /// A client for a part of the API, as [`ApiClient::nested`](api::ApiClient::nested).
    pub fn nested(&self, path: impl IntoPath) -> Result<Self> {
        self.0.nested(path).map(Self)
    }

    /// The same client with tokens of these scopes alone, as [`ApiClient::with_scopes`](api::ApiClient::with_scopes).
    pub fn with_scopes<S: AsRef<str>>(&self, scopes: impl IntoIterator<Item = S>) -> Result<Self> {
        self.0.with_scopes(scopes).map(Self)
    }

    /// The same client with other credentials.
    pub fn with_credentials(&self, credentials: impl IntoCredentials) -> Self {
        Self(self.0.with_credentials(credentials))
    }

    /// The base URL, as it was given.
    pub fn base_url(&self) -> &str {
        self.0.base_url()
    }

    /// The credentials that its token comes from.
    pub fn credentials(&self) -> Credentials {
        Credentials::new(self.0.credentials())
    }

    /// The async client with the same token, connections and settings.
    pub fn as_async(&self) -> &api::ApiClient {
        &self.0
    }
}

impl From<api::ApiClient> for ApiClient {
    fn from(client: api::ApiClient) -> Self {
        Self(client)
    }
}
